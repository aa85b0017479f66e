import { type Columns, columnsOf, type Field, fieldOf, mostColumns, saysTask } from "../columns.ts";
import type { DraftTask, Row } from "../draft.ts";
import { withIdColumn } from "../id-column.ts";
import { quoted } from "../quoted.ts";
import { cellText, readRow } from "../row.ts";
import type { Naming } from "./checklist.ts";
import type { Context } from "./context.ts";
import { withDatedStatus } from "./dated-status.ts";
import type { Table, TableRow } from "./document.ts";
import { isRoleTable } from "./roles-table.ts";
import { spotOf, type Value, wholeLines } from "./spots.ts";

/** What a table is about, told by its header. */
export type TableKind =
  | { readonly kind: "tasks" | "milestones" | "risks"; readonly columns: Columns }
  /** Rows of work without ids; `loud` = with statuses, so that its author should hear of it. */
  | { readonly kind: "without-ids"; readonly columns: Columns; readonly loud: boolean }
  | { readonly kind: "roles"; readonly headers: readonly string[] }
  | { readonly kind: "other" };

export function kindOf(table: Table, context: Context): TableKind {
  const { plain } = context;
  const headers = table.head.map((cell) => plain(cell.text));
  const named = columnsOf(headers);
  const title = headers[named.get("title") ?? -1];
  if (!named.has("status") && isRoleTable(table, headers, context)) return { kind: "roles", headers };
  if (title === undefined && named.has("milestone")) return { kind: "milestones", columns: named };
  if (title === undefined && isOfRisks(named)) return { kind: "risks", columns: named };
  if (isOfPhases(named, title)) return { kind: named.has("due") ? "milestones" : "other", columns: named };
  const work = (["status", "owner", "priority", "dependencies", "hours", "days", "due", "completed"] as const).some((field) =>
    named.has(field),
  );
  const isWork = title === undefined ? named.has("detail") && named.has("status") : saysTask(title) || work;
  if (!isWork) return { kind: "other" };
  const columns = withIdColumn(named, headers, () => table.rows.map((row) => row.cells.map((cell) => plain(cell.text))));
  if (columns === null) return { kind: "without-ids", columns: named, loud: named.has("status") };
  const ids = table.rows.map((row) => plain(row.cells[columns.get("id") ?? -1]?.text ?? ""));
  if (ids.length > 0 && ids.every((id) => /^M\d+$/i.test(id))) return { kind: "milestones", columns };
  if (ids.length > 0 && ids.every((id) => /^R\d+$/i.test(id))) return { kind: "risks", columns };
  return { kind: "tasks", columns };
}

const isOfRisks = (named: Columns): boolean =>
  named.has("risk") || (named.has("mitigation") && (named.has("impact") || named.has("likelihood")));

/** A table of what a plan's phases are and how far they have come: `| Phase | Name | Status |`. */
const isOfPhases = (named: Columns, title: string | undefined): boolean =>
  named.has("phase") && !named.has("id") && !named.has("number") && (title === undefined || /^name$/i.test(title));

/**
 * The tasks of a table. A row with more cells than the header is a problem: a `|` in a text has torn it. Missing cells are empty. With
 * `naming`, rows have no ids and are named by their titles.
 */
export function readTaskTable(
  table: Table,
  { columns, naming }: { readonly columns: Columns; readonly naming: Naming | null },
  context: Context,
): readonly DraftTask[] {
  const { report, plain } = context;
  if (!columns.has("status") && table.section.status === null)
    report("no-status-column", () => ({ at: table.head[0]?.offset ?? 0, message: "no column of statuses; all tasks are read as todo" }));
  const headers = table.head.map((cell) => plain(cell.text));
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
    const read = readRow(
      withDatedStatus({ ...named(rowOf(row, columns, context), naming), extra: extraOf(row, { headers, columns }, context) }, context.text),
      table.section,
      report,
    );
    return read === null ? [] : [finished(read, table)];
  });
}

function named(row: Row, naming: Naming | null): Row {
  const title = cellText(row, "title") ?? cellText(row, "detail");
  return naming === null || title === null ? row : { ...row, cells: new Map([...row.cells, ["id", naming(title)]]) };
}

function finished(task: DraftTask, { section }: Table): DraftTask {
  const optional = /\(optional\)/i.test(task.title);
  return {
    ...task,
    title: optional ? task.title.replace(/ ?\(optional\)/i, "").trim() : task.title,
    optional: optional || section.optional,
    milestone: task.milestone ?? section.milestone,
    rollsUp: false,
  };
}

type Heads = { readonly headers: readonly string[]; readonly columns: Columns };

/** What a row says in columns that mean nothing to us. */
function extraOf(row: TableRow, { headers, columns }: Heads, { plain }: Context): Readonly<Record<string, string>> {
  const ours = new Set(columns.values());
  const said = headers.slice(0, mostColumns).flatMap((header, index) => {
    const cell = ours.has(index) || header === "" ? "" : plain(row.cells[index]?.text ?? "");
    return cell === "" ? [] : [[header, cell] as const];
  });
  return Object.fromEntries(said);
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
