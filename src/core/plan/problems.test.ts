import { expect, test } from "vitest";
import { problem, problems } from "./problems.ts";
import { quoted } from "./quoted.ts";

test.each(Object.entries(problems))("%s has an explanation and an example", (code, { explanation, example }) => {
  expect(code).toMatch(/^[a-z0-9]+(?:-[a-z0-9]+)*$/);
  expect(explanation).toMatch(/\.$/);
  expect(example).not.toBe("");
});

test("a problem has the severity of its kind", () => {
  expect(problem("duplicate-id", { path: "a", line: 1, column: 2 }, "twice")).toEqual({
    code: "duplicate-id",
    severity: "error",
    message: "twice",
    path: "a",
    line: 1,
    column: 2,
  });
});

test.each([
  ["short", "“short”"],
  ["two\nlines", "“two lines”"],
  ["\u001b[31mred\u0007", "“[31mred”"],
  ["x".repeat(100), `“${"x".repeat(59)}…”`],
  [`a${"\n".repeat(10_000)}b`, "“a…”"],
])("%j is quoted on one line without what a terminal would obey", (text, expected) => {
  expect(quoted(text)).toBe(expected);
});
