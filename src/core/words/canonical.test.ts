import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson, sameJson } from "./canonical.ts";

const anyJson = fc.jsonValue({ maxDepth: 3 });

test("two values are the same where their canonical texts are", () => {
  fc.assert(
    fc.property(anyJson, anyJson, (a, b) => {
      expect(sameJson(a, b)).toBe(canonicalJson(a) === canonicalJson(b));
      expect(sameJson(a, JSON.parse(JSON.stringify(a)))).toBe(true);
    }),
  );
  expect(sameJson({ a: 1, b: undefined }, { a: 1 })).toBe(true);
  expect(sameJson({ a: undefined }, { b: undefined })).toBe(true);
  expect(sameJson([1], { 0: 1 })).toBe(false);
});
