import { displayWidth } from "./display-width.ts";
import type { Table, Written } from "./document.ts";
import { lineAt } from "./line-at.ts";

/** A line of a table in pieces that make it up: what stands before its first cell, the cells with their blanks, what stands behind the last. */
export type TableLine = { readonly head: string; readonly cells: readonly string[]; readonly tail: string };

/** How a column is laid out. `width` = that of its cells, blanks and all, where they are padded to one; null where they are not. */
export type Column = {
  readonly width: number | null;
  readonly left: number;
  readonly right: number;
  readonly side: "left" | "right" | "both";
};

export type Layout = {
  readonly header: TableLine;
  readonly delimiter: TableLine;
  readonly rows: readonly TableLine[];
  readonly columns: readonly Column[];
};

/** The lines of a table as its file writes them, and how its columns are padded. Each line put together again is the same to the byte. */
export function layoutOf(text: string, table: Table): Layout {
  const header = lineOf(text, table.head);
  const delimiter = delimiterOf(text, table);
  const rows = table.rows.map((row) => lineOf(text, row.cells));
  return { header, delimiter, rows, columns: header.cells.map((_, index) => columnOf(index, { header, delimiter, rows })) };
}

/** Where the first row of a table begins, or would begin. */
export const belowHead = (text: string, { head }: Table): number => lineAt(text, lineAt(text, head[0]?.offset ?? 0).next).next;

export const joined = ({ head, cells, tail }: TableLine): string => head + cells.join("|") + tail;

/** Where a cell begins and ends, its blanks included and its bars not. */
export function spanOf(text: string, cell: Written): { readonly from: number; readonly to: number } {
  let { offset: from, end: to } = cell;
  while (isBlank(text[from - 1])) from -= 1;
  while (isBlank(text[to])) to += 1;
  return { from, to };
}

/** A cell of a column that says something else: padded as the column is, or with the blanks the cell had. Beyond its width where it must be. */
export function fitted(words: string, column: Column, old?: string): string {
  const blanks = old === undefined || old.trim() === "" || column.width !== null ? column : blanksOf(old);
  // A backslash must not touch the bar.
  const right = words.endsWith("\\") ? Math.max(1, blanks.right) : blanks.right;
  const room = Math.max(0, (column.width ?? 0) - displayWidth(words) - blanks.left - right);
  const before = column.side === "left" ? 0 : column.side === "right" ? room : Math.floor(room / 2);
  return " ".repeat(blanks.left + before) + words + " ".repeat(right + room - before);
}

/** The width a column needs for these words. */
export const widthFor = (words: string, { left, right }: Column): number => displayWidth(words) + left + right;

/** A cell of the delimiter row, `:---:`, made as wide as its column. */
export function stretched(cell: string, width: number): string {
  const missing = width - displayWidth(cell);
  return missing > 0 ? cell.replace("-", "-".repeat(missing + 1)) : cell;
}

const isBlank = (sign: string | undefined): boolean => sign === " " || sign === "\t";

const blanksOf = (cell: string): { readonly left: number; readonly right: number } => ({
  left: cell.length - cell.trimStart().length,
  right: cell.length - cell.trimEnd().length,
});

function lineOf(text: string, cells: readonly Written[]): TableLine {
  const spans = cells.map((cell) => spanOf(text, cell));
  const line = lineAt(text, cells[0]?.offset ?? 0);
  const from = spans[0]?.from ?? line.from;
  return {
    head: text.slice(line.from, from),
    cells: spans.map((span) => text.slice(span.from, span.to)),
    tail: text.slice(spans.at(-1)?.to ?? from, line.to),
  };
}

function delimiterOf(text: string, table: Table): TableLine {
  const line = lineAt(text, lineAt(text, table.head[0]?.offset ?? 0).next);
  const written = text.slice(line.from, line.to);
  const head = /^[ \t]*\|?/.exec(written)?.[0] ?? "";
  const tail = /\|?[ \t]*$/.exec(written.slice(head.length))?.[0] ?? "";
  return { head, cells: written.slice(head.length, written.length - tail.length).split("|"), tail };
}

function columnOf(index: number, { header, delimiter, rows }: Omit<Layout, "columns">): Column {
  const mark = delimiter.cells[index]?.trim() ?? "";
  const side = mark.endsWith(":") ? (mark.startsWith(":") ? "both" : "right") : "left";
  const head = header.cells[index] ?? "";
  const cells = rows.flatMap(({ cells: all }) => (all.length > 1 ? all.slice(index, index + 1) : []));
  const full = [head, ...cells].filter((cell) => cell.trim() !== "").map(blanksOf);
  const left = Math.min(...full.map((cell) => cell.left), side === "left" && full.length > 0 ? Number.POSITIVE_INFINITY : 1);
  const right = Math.min(...full.map((cell) => cell.right), 1);
  const width = displayWidth(head);
  // Unpadded cells can be as wide as their header by chance; the row of dashes is then not.
  const even = cells.filter((cell) => displayWidth(cell) === width).length;
  const padded = displayWidth(delimiter.cells[index] ?? "") === width && even * 2 >= cells.length;
  return { width: padded ? width : null, left, right, side };
}
