import { expect, test } from "vitest";
import { lineIndex } from "./line-index.ts";

test.each([
  ["a\nbc\n", 2, { line: 2, column: 1 }],
  ["a\r\nbc", 4, { line: 2, column: 2 }],
  ["a\rbc", 3, { line: 2, column: 2 }],
  ["a\nb", 1, { line: 1, column: 2 }],
  ["", 0, { line: 1, column: 1 }],
  ["a\n", 99, { line: 2, column: 1 }],
])("in %j offset %i stands at %o", (text, offset, place) => {
  expect(lineIndex(text).placeOf(offset)).toEqual(place);
});

test("lines are counted whatever ends them", () => {
  expect(lineIndex("a\nb\r\nc\rd").lines).toBe(4);
});
