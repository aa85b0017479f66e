import type { Delimiter, Span } from "./records.ts";

/** How a cell is written: before which delimiter, in quotes though it needs none, and whether it is the first of its row. */
export type CellStyle = { readonly delimiter: Delimiter; readonly quoted: boolean; readonly first: boolean };

/**
 * A value as a cell that reads back as exactly this value. Values that a spreadsheet would run (`=1+1`, `@cmd`) are written as they are:
 * the plan is a file of the repository, read by programs; an apostrophe in front would be a part of the value for all of them, and quotes
 * hold no spreadsheet back.
 */
export const cellOf = (value: string, style: CellStyle): string =>
  style.quoted || needsQuotes(value, style) ? `"${value.replaceAll('"', '""')}"` : value;

/** Whether a cell would be read as something else without quotes. A `#` at the start of a line makes the row a comment. */
export const needsQuotes = (value: string, { delimiter, first }: Pick<CellStyle, "delimiter" | "first">): boolean =>
  value.includes(delimiter) || /["\r\n]/.test(value) || (first && value.startsWith("#"));

/** How the cell is written that stands here and says this. */
export function styleOf(
  text: string,
  { from, to }: Span,
  value: string,
  { index, delimiter }: { readonly index: number; readonly delimiter: Delimiter },
): CellStyle {
  return { delimiter, quoted: text.charAt(from) === '"' && text.slice(from, to) !== value, first: index === 0 };
}

/** A value with the blanks around it that the old one had; where that was nothing but blanks, with one in front. */
export function padded(value: string, old: string): string {
  const said = old.trim();
  if (said === "") return value === "" ? old : `${old.slice(0, 1)}${value}`;
  const at = old.indexOf(said);
  return old.slice(0, at) + value + old.slice(at + said.length);
}
