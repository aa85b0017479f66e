import { expect, test } from "vitest";
import { bytesOf, fitted, roomInBytes } from "./fitted.ts";

test("the size of a text is that of its bytes, because GitHub counts those", () => {
  for (const text of ["plain", "▓▓░░ 41 %", "é漢🚀", "👩‍💻"]) expect(bytesOf(text)).toBe(Buffer.byteLength(text));
});

test("the fullest level that fits is taken", () => {
  const tried: number[] = [];
  const text = fitted([100_000, 50_000, 10], (size) => {
    tried.push(size);
    return "x".repeat(size);
  });

  expect(text.length).toBe(50_000);
  expect(tried).toEqual([100_000, 50_000]);
});

test("a text that fits at no level is cut after a whole line and says so", () => {
  const text = fitted([1], () => `${"é".repeat(99)}\n`.repeat(1000));

  expect(bytesOf(text)).toBeLessThanOrEqual(roomInBytes);
  expect(text).toMatch(/\né{99}\n\n… The rest is left out: GitHub takes no longer texts here.\n$/);
});
