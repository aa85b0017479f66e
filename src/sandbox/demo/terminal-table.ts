import { type Paper, padded, widthOf, wrapped } from "./paint.ts";

const gap = 2;
const narrowest = 6;

type Cells = readonly string[];

/** A table as lines: columns as wide as they need; where that is too wide the widest give way, and their cells are broken between words. */
export function tableLines(head: Cells, rows: readonly Cells[], { width, paint }: Paper): readonly string[] {
  const widths = widthsFor([head, ...rows], width - gap * (head.length - 1));
  const broken = (row: Cells) => row.map((cell, column) => wrapped(cell, widths[column] ?? narrowest));
  return [head.map(paint.dim), ...rows].flatMap((row) => lineUp(broken(row), widths));
}

function widthsFor(rows: readonly Cells[], room: number): readonly number[] {
  const columns = (rows[0] ?? []).map((_, column) => rows.map((row) => row[column] ?? ""));
  const whole = columns.map((cells) => Math.max(...cells.map(widthOf)));
  // Words are broken only where breaking between them is not enough.
  const words = columns.map((cells) => Math.max(narrowest, ...cells.flatMap((cell) => cell.split(" ").map(widthOf))));
  return narrowed(narrowed(whole, words, room), [], room);
}

/** Takes from the widest columns what is too much, but from none more than to its least width. */
function narrowed(widths: readonly number[], least: readonly number[], room: number): readonly number[] {
  const now = [...widths];
  for (let over = now.reduce((sum, one) => sum + one, 0) - room; over > 0; over -= 1) {
    const spare = now.map((width, column) => (width > (least[column] ?? narrowest) ? width : 0));
    const widest = Math.max(...spare);
    if (widest === 0) break;
    now[spare.lastIndexOf(widest)] = widest - 1;
  }
  return now;
}

function lineUp(cells: readonly Cells[], widths: readonly number[]): Cells {
  const height = Math.max(...cells.map((lines) => lines.length));
  const lineAt = (at: number) => cells.map((lines, column) => padded(lines[at] ?? "", widths[column] ?? 0)).join(" ".repeat(gap));
  return Array.from({ length: height }, (_, at) => lineAt(at).trimEnd());
}
