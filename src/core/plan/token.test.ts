import fc from "fast-check";
import { expect, test } from "vitest";
import { normalise } from "./token.ts";

test.each([
  ["auth-005", "AUTH-5"],
  ["AUTH-5", "AUTH-5"],
  ["T025", "T25"],
  ["AUTH-005.01", "AUTH-5.1"],
  ["BACK-222.1", "BACK-222.1"],
  [" AUTH–005 ", "AUTH-5"],
  ["AUTH\u2011005", "AUTH-5"],
  ["WO-NAV-LANDING-FOOTER-FIX-001", "WO-NAV-LANDING-FOOTER-FIX-1"],
  ["LI-W1-MON", "LI-W1-MON"],
  ["007", "7"],
  ["T-000", "T-0"],
  ["AUTH-100", "AUTH-100"],
  ["1.02.003", "1.2.3"],
  ["bd-a05", "BD-A05"],
  ["bd-05a", "BD-05A"],
])("%s is the task %s", (written, token) => {
  expect(normalise(written)).toBe(token);
});

test("long numbers are compared digit by digit", () => {
  expect(normalise("X-9007199254740993")).not.toBe(normalise("X-9007199254740992"));
});

test("a token is its own token", () => {
  fc.assert(fc.property(fc.string({ unit: "binary" }), (id) => normalise(normalise(id)) === normalise(id)));
});
