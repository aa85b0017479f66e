import { expect, test } from "vitest";
import { parseBlocks } from "./parse.ts";

test("a box behind an empty item is nobody's box", () => {
  const { children } = parseBlocks("- [x] a\r\n-\n[ ] b\r\n");

  expect(children.map(({ type }) => type)).toEqual(["list", "paragraph"]);
  const [list] = children;
  expect(list?.type === "list" && list.children.map(({ checked }) => checked)).toEqual([true, null]);
});
