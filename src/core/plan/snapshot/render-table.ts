import type { Plan, PlannedTask, Token } from "../../words.ts";
import type { Columns } from "../columns.ts";
import { knownTokens } from "../dependencies.ts";
import { cellWords } from "../markdown/cell-words.ts";
import type { Context } from "../markdown/context.ts";
import type { Table } from "../markdown/document.ts";
import { fitted, joined, type Layout, layoutOf, stretched, type TableLine, widthFor } from "../markdown/table-layout.ts";
import { rowOf } from "../markdown/task-table.ts";
import { readRow } from "../row.ts";
import { ownWords, type ShownRow } from "./own-words.ts";
import { sameMeaning } from "./same-meaning.ts";
import { type Content, contentsOf } from "./told-fields.ts";

/** A table of a snapshot, read: its rows by token, the first of each, as lines and as tasks. */
export type ShownTable = {
  readonly table: Table;
  readonly columns: Columns;
  readonly layout: Layout;
  readonly rows: ReadonlyMap<Token, ShownRow & { readonly line: TableLine }>;
};

export function shownTable(table: Table, columns: Columns, context: Context): ShownTable {
  const layout = layoutOf(context.text, table);
  const rows = new Map<Token, ShownRow & { readonly line: TableLine }>();
  for (const [index, written] of table.rows.entries()) {
    const row = rowOf(written, columns, context);
    const line = layout.rows[index];
    const task = written.cells.length > table.head.length ? null : readRow(row, table.section, context.report);
    const id = line?.cells[columns.get("id") ?? 0]?.trim() ?? "";
    if (line !== undefined && task !== null && !rows.has(task.token)) rows.set(task.token, { row, task, id, line });
  }
  return { table, columns, layout, rows };
}

/**
 * The lines of a table that shows these tasks of a plan, header and row of dashes first. A row that says what the plan says is the line it
 * was; a cell that says something else is written anew; cells of columns the plan says nothing of go with their id.
 */
export function renderTable(
  shown: ShownTable,
  tasks: readonly PlannedTask[],
  plan: Plan,
  { plain }: Pick<Context, "plain">,
): readonly string[] {
  const { table, columns, layout, rows } = shown;
  const contents = contentsOf(
    table.head.map((cell) => plain(cell.text)),
    columns,
    plan,
  );
  const known = knownTokens(
    plan.tasks.map((task) => task.token),
    new Map(),
  );
  const words = ownWords([...rows.values()], plan, columns.has("hours") ? "hours" : "days");
  const edge = layout.rows.findLast((row) => row.cells.length === contents.length) ?? layout.header;
  const lines = tasks.map((task): Line => {
    const old = rows.get(task.token);
    const cells = contents.map((content, index) => cellOf(content, task, old?.line.cells[index], old));
    return { edge: old?.line.cells.length === contents.length ? old.line : edge, cells };
  });
  return laidOut(layout, lines);

  function cellOf(content: Content, task: PlannedTask, written: string | undefined, old: ShownRow | undefined): Cell {
    const now = old !== undefined && written !== undefined;
    switch (content.kind) {
      case "kept":
        return now ? { old: written, words: null } : { old: undefined, words: "" };
      case "extra": {
        const value = task.extra[content.name] ?? "";
        const same = now && plain(written.trim().replaceAll("\\|", "|")) === plain(value);
        return { old: written, words: same ? null : cellWords(value) };
      }
      case "field": {
        const same = now && sameMeaning(old, content.field, task, { plain, known });
        return { old: written, words: same ? null : cellWords(words(content.field, task)) };
      }
    }
  }
}

/** A cell to be written: `old` = it with its blanks, as it stands; `words` null where it stays so. */
type Cell = { readonly old: string | undefined; readonly words: string | null };
type Line = { readonly edge: TableLine; readonly cells: readonly Cell[] };

function laidOut(layout: Layout, lines: readonly Line[]): readonly string[] {
  const columns = layout.columns.map((column, index) => {
    const needed = lines.flatMap(({ cells }) => cells[index]?.words ?? []).map((words) => widthFor(words, column));
    const width = column.width === null ? null : needed.reduce((a, b) => Math.max(a, b), column.width);
    return { ...column, width, wider: width !== column.width };
  });
  const header = layout.header.cells.map((cell, index) => {
    const column = columns[index];
    return column?.wider ? fitted(cell.trim(), column) : cell;
  });
  const dashes = layout.delimiter.cells.map((cell, index) => (columns[index]?.wider ? stretched(cell, columns[index]?.width ?? 0) : cell));
  const rows = lines.map(({ edge, cells }) => ({
    ...edge,
    cells: cells.map(({ old, words }, index) => {
      const column = columns[index];
      if (column === undefined || (words === null && !column.wider)) return old ?? "";
      return fitted(words ?? old?.trim() ?? "", column, old);
    }),
  }));
  return [{ ...layout.header, cells: header }, { ...layout.delimiter, cells: dashes }, ...rows].map(joined);
}
