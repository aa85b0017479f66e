import { expect, test } from "vitest";
import { remembered } from "./remembered.ts";

test("a long text is read once, a short one each time", () => {
  const seen: string[] = [];
  const read = remembered((text) => seen.push(text), { from: 5, characters: 100 });
  for (const text of ["abc", "abcdef", "abc", "abcdef"]) read(text);
  expect(seen).toEqual(["abc", "abcdef", "abc"]);
});

test("the oldest answers are forgotten when too much text is held", () => {
  const seen: string[] = [];
  const read = remembered((text) => seen.push(text), { from: 1, characters: 10 });
  for (const text of ["aaaa", "bbbb", "cccc", "bbbb", "aaaa"]) read(text);
  expect(seen).toEqual(["aaaa", "bbbb", "cccc", "aaaa"]);
});

test("a text longer than all that may be held is still read", () => {
  const read = remembered((text) => text.length, { from: 1, characters: 3 });
  expect([read("aaaaaa"), read("bb"), read("aaaaaa")]).toEqual([6, 2, 6]);
});
