import { type Columns, columnsOf, type Field, fieldOf, saysTask } from "../columns.ts";
import type { DraftTask, Row } from "../draft.ts";
import { withIdColumn } from "../id-column.ts";
import { quoted } from "../quoted.ts";
import { readRow } from "../row.ts";
import type { Context } from "./context.ts";
import type { Table, TableRow } from "./document.ts";
import { spotOf, type Value, wholeLines } from "./spots.ts";

/** What a table is about, told by its header. */
export type TableKind =
  | { readonly kind: "tasks" | "milestones" | "risks"; readonly columns: Columns }
  | { readonly kind: "without-ids" }
  | { readonly kind: "other" };

export function kindOf(table: Table, { plain }: Context): TableKind {
  const headers = table.head.map((cell) => plain(cell.text));
  const named = columnsOf(headers);
  const title = headers[named.get("title") ?? -1];
  if (title === undefined && named.has("milestone")) return { kind: "milestones", columns: named };
  if (title === undefined && named.has("risk")) return { kind: "risks", columns: named };
  const work = (["status", "owner", "priority", "dependencies", "hours", "days", "due", "completed"] as const).some((field) =>
    named.has(field),
  );
  const isWork = title === undefined ? named.has("detail") && named.has("status") : saysTask(title) || work;
  if (!isWork) return { kind: "other" };
  const columns = withIdColumn(named, headers, () => table.rows.map((row) => row.cells.map((cell) => plain(cell.text))));
  if (columns === null) return { kind: named.has("status") ? "without-ids" : "other" };
  const ids = table.rows.map((row) => plain(row.cells[columns.get("id") ?? -1]?.text ?? ""));
  if (ids.length > 0 && ids.every((id) => /^M\d+$/i.test(id))) return { kind: "milestones", columns };
  if (ids.length > 0 && ids.every((id) => /^R\d+$/i.test(id))) return { kind: "risks", columns };
  return { kind: "tasks", columns };
}

/** The tasks of a table. A row with more cells than the header is a problem: a `|` in a text has torn it. Missing cells are empty. */
export function readTaskTable(table: Table, columns: Columns, context: Context): readonly DraftTask[] {
  const { report, plain } = context;
  if (!columns.has("status") && table.section.status === null)
    report("no-status-column", () => ({ at: table.head[0]?.offset ?? 0, message: "no column of statuses; all tasks are read as todo" }));
  return table.rows.flatMap((row) => {
    const id = plain(row.cells[columns.get("id") ?? -1]?.text ?? "");
    if (row.cells.length > table.head.length) {
      const message = `${quoted(id, 40)} has ${row.cells.length} cells where the header has ${table.head.length}; a | inside a cell is written \\|`;
      report("wrong-field-count", () => ({ at: row.offset, message }));
      return [];
    }
    if (fieldOf(id) === "id") {
      report("second-header", () => ({ at: row.offset, message: "a header stands here again" }));
      return [];
    }
    const task = readRow(rowOf(row, columns, context), table.section, report);
    return task === null ? [] : [task];
  });
}

/** A row of a table by fields; a field's place is its cell. */
export function rowOf(row: TableRow, columns: Columns, { plain, text }: Context): Row {
  const written = [...columns].flatMap(([field, index]) => {
    const cell = row.cells[index];
    return cell === undefined ? [] : [[field, { from: cell.offset, to: cell.end, plain: plain(cell.text), kind: "cell" }] as const];
  });
  const values = new Map<Field, Value>(written);
  const lines = wholeLines(text, { from: row.offset, to: row.end });
  return {
    cells: new Map([...columns.keys()].map((field) => [field, values.get(field)?.plain ?? ""])),
    place: (field) => (field === null ? row.offset : (values.get(field)?.from ?? row.offset)),
    spot: (field) => spotOf(text, values, field),
    ...(lines && { extent: () => lines }),
  };
}
