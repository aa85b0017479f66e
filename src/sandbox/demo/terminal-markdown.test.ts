import fc from "fast-check";
import { expect, test } from "vitest";
import { coloured, plain, widthOf } from "./paint.ts";
import { markdownLines } from "./terminal-markdown.ts";

const shown = (markdown: string, width = 60) => markdownLines(markdown, { width, paint: plain });

test("a link is shown as its text, a comment not at all", () => {
  expect(shown("<!-- marker -->\n\nsee [`A-1`](http://github.test/a) **now**")).toEqual(["see A-1 now"]);
});

test("a table stands in columns, and wide cells are broken between words", () => {
  const lines = shown("| Task | Why |\n| --- | --- |\n| A-1 | waiting for the keys to production |\n| A-22 | red |", 22);

  expect(lines).toEqual(["Task  Why", "A-1   waiting for the", "      keys to", "      production", "A-22  red"]);
});

test("lists, quotes and headings keep their shape", () => {
  expect(shown("## Plan\n\n> careful\n\n- one\n- two")).toEqual(["Plan", "", "▌ careful", "", "• one", "• two"]);
});

test("control signs in what people wrote do not reach the terminal", () => {
  expect(shown("title \u001b[2J\u0007 `code\u001b[1m`").join()).not.toMatch(/[\u001b\u0007]/);
});

test("colours take no columns", () => {
  const markdown = "| **Task** | Why |\n| --- | --- |\n| `A-1` | red |";
  const paint = (colours: typeof plain) => markdownLines(markdown, { width: 40, paint: colours });

  expect(paint(coloured).map(widthOf)).toEqual(paint(plain).map(widthOf));
});

test("no paragraph is wider than the terminal, whatever it says", () => {
  fc.assert(
    fc.property(fc.lorem({ maxCount: 30 }), fc.integer({ min: 10, max: 80 }), (words, width) => {
      const lines = shown(words.repeat(3), width);
      expect(lines.every((line) => widthOf(line) <= width)).toBe(true);
      expect(lines.join("").replaceAll(" ", "")).toBe(words.repeat(3).replaceAll(" ", ""));
    }),
  );
});
