import type { Splice } from "../change.ts";
import { spliced } from "../spliced.ts";
import type { Table, TableRow } from "./document.ts";
import { lineAt } from "./line-at.ts";
import { fitted, type Layout, layoutOf, spanOf } from "./table-layout.ts";
import type { WrittenPlan } from "./written-plan.ts";

/** Splices of words, with those in cells of a table made whole cells that are padded as their column is. */
export function inCells(splices: readonly Splice[], { blocks, context: { text } }: WrittenPlan): readonly Splice[] {
  const rows = new Map<number, { readonly table: Table; readonly row: TableRow }>();
  for (const table of blocks)
    if (table.kind === "table") for (const row of table.rows) rows.set(lineAt(text, row.offset).from, { table, row });
  const layouts = new Map<Table, Layout>();
  const cells = new Map<number, Cell & { readonly splices: Splice[] }>();
  const others: Splice[] = [];
  for (const splice of splices) {
    const cell = cellAt(splice);
    if (cell === null) others.push(splice);
    else if (cells.has(cell.from)) cells.get(cell.from)?.splices.push(splice);
    else cells.set(cell.from, { ...cell, splices: [splice] });
  }
  return [...others, ...[...cells.values()].flatMap(rewritten)];

  function cellAt(splice: Splice): Cell | null {
    const found = rows.get(lineAt(text, splice.from).from);
    const spans = found?.row.cells.map((cell) => spanOf(text, cell)) ?? [];
    const index = spans.findIndex(({ from, to }) => from <= splice.from && splice.to <= to);
    const span = spans[index];
    return found === undefined || span === undefined ? null : { ...span, index, table: found.table };
  }

  function rewritten({ from, to, index, table, splices: inner }: Cell & { readonly splices: readonly Splice[] }): readonly Splice[] {
    const layout = layouts.get(table) ?? layoutOf(text, table);
    layouts.set(table, layout);
    const old = text.slice(from, to);
    const words = spliced(
      old,
      inner.map((one) => ({ from: one.from - from, to: one.to - from, text: one.text })),
    ).trim();
    const column = layout.columns[index];
    const whole = column === undefined ? words : fitted(words, column, old);
    return words === old.trim() ? [] : [{ from, to, text: whole }];
  }
}

type Cell = { readonly from: number; readonly to: number; readonly index: number; readonly table: Table };
