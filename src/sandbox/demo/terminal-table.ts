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
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => widthOf(row[column] ?? ""))));
  for (let over = widths.reduce((sum, one) => sum + one, 0) - room; over > 0; over -= 1) {
    const widest = Math.max(...widths);
    if (widest <= narrowest) break;
    widths[widths.lastIndexOf(widest)] = widest - 1;
  }
  return widths;
}

function lineUp(cells: readonly Cells[], widths: readonly number[]): Cells {
  const height = Math.max(...cells.map((lines) => lines.length));
  const lineAt = (at: number) => cells.map((lines, column) => padded(lines[at] ?? "", widths[column] ?? 0)).join(" ".repeat(gap));
  return Array.from({ length: height }, (_, at) => lineAt(at).trimEnd());
}
