import { oneLine } from "../one-line.ts";
import type { Plain } from "./plain-text.ts";

/** A text as a cell of a table can hold it, its Markdown and all: bars escaped, line breaks as `<br>`. */
export function cellWords(text: string): string {
  const lines = text.trim().replace(/[ \t]*(?:\r\n|[\r\n\u2028\u2029])\s*/g, "<br>");
  // Parsers differ over a bar behind a backslash, so such a bar stands as its number.
  return lines.replace(/(\\*)\|/g, (_, slashes: string) => (slashes === "" ? "\\|" : `${slashes}&#124;`));
}

/** A text as a cell must hold it so that it reads as that very text, on one line; null where no way is known. */
export function exactCellWords(text: string, plain: Plain): string | null {
  return exact(text, [cellWords(text), cellWords(escaped(text)), cellWords(oneLine(text))], (cell) => plain(cell.replaceAll("\\|", "|")));
}

/** The same for words that stand on a line of their own, as behind `Owner:`. */
export function exactLineWords(text: string, plain: Plain): string | null {
  const line = oneLine(text);
  return exact(text, [line, escaped(line)], plain);
}

const exact = (text: string, ways: readonly string[], read: (written: string) => string): string | null =>
  ways.find((way) => read(way) === oneLine(text)) ?? null;

const escaped = (text: string): string => text.replace(/[\\`*_[\]<>&~]/g, "\\$&");
