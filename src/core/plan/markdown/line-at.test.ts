import { expect, test } from "vitest";
import { lineAt, linesIn } from "./line-at.ts";

test("a line ends before its line end, whichever sign of it one stands on", () => {
  const text = "one\r\ntwo\nthree\rfour";

  expect([3, 4].map((offset) => lineAt(text, offset))).toEqual([0, 0].map(() => ({ from: 0, to: 3, next: 5 })));
  expect(linesIn(text).map(({ from, to }) => text.slice(from, to))).toEqual(["one", "two", "three", "four"]);
  expect(lineAt("\r\n", 0)).toEqual({ from: 0, to: 0, next: 2 });
});
