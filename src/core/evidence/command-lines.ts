import { gap, markup } from "./characters.ts";
import { markdownPassages } from "./markdown-passages.ts";

/**
 * The lines of a comment that begin with `/word`, as a reader of the page sees them. They stand in paragraphs of the text itself: not in
 * lists, quotes, code or HTML. Of an edited comment (`before` = the text it had) only those that it did not hold so often before.
 */
export function commandLines(text: string, before: string | null): readonly string[] {
  const left = new Map<string, number>();
  for (const line of before === null ? [] : linesIn(before)) left.set(line, (left.get(line) ?? 0) + 1);
  return linesIn(text).filter((line) => {
    const count = left.get(line) ?? 0;
    left.set(line, count - 1);
    return count <= 0;
  });
}

function linesIn(text: string): readonly string[] {
  if (!slashFirst.test(text)) return [];
  return markdownPassages(text, { code: "read" })
    .filter((passage) => passage.top)
    .flatMap((passage) => passage.text.split(/[\n\r]+/))
    .filter((line) => slashFirst.test(line))
    .map(asSeen);
}

const slashFirst = /^[ \t]*\/[a-z]/im;

const blanks = new RegExp(`[\\s${gap}]+`, "g");

const asSeen = (line: string): string => line.replaceAll(markup, "").replace(blanks, " ").trim();
