import { unreachable } from "../../words.ts";
import { type Change, type FormatEdit, unwritable } from "../change.ts";
import { editTable } from "../csv/edit-table.ts";
import { type CsvRecord, fieldSpans } from "../csv/records.ts";
import { rowOf } from "../csv/row-of.ts";
import type { Shape } from "../csv/shape.ts";
import { findSpill } from "../csv/spilled.ts";
import { type CsvTable, openTable } from "../csv/table.ts";
import { walk } from "../csv/walk.ts";
import { type DraftTask, onlyTasks } from "../draft.ts";
import type { Finding } from "../problem-list.ts";
import { quoted } from "../quoted.ts";
import { noSection, readRow } from "../row.ts";
import { spliced } from "../spliced.ts";
import type { Format, FormatReading, Source } from "./format.ts";

/** Plans kept as CSV: the strict form with thirteen columns, and any other with a column of ids and one of titles. */
export const csv: Format = { summary: "a CSV file with a column of ids and a column of titles", read, edit };

function read(source: Source): FormatReading {
  const table = openTable(source);
  if (table === null || "refusal" in table) return table;
  const { header, shape, below } = table;
  const id = header.fields[shape.columns.get("id") ?? 0]?.replace("№", "#") ?? "";
  return {
    draft: onlyTasks(readRows(table, source)),
    because: `a CSV file of ${below.length} rows with ids in the column ${quoted(id)}`,
  };
}

function readRows(table: CsvTable, { report }: Source): readonly DraftTask[] {
  const tasks: DraftTask[] = [];
  if (!table.shape.columns.has("status"))
    report("no-status-column", () => ({ at: table.header.from, message: "no column of statuses; all tasks are read as todo" }));
  walk(table, (kind, record, shape) => {
    switch (kind) {
      case "header":
        return report("second-header", () => ({
          at: record.from,
          message: "a header stands here again; the rows below are read by it",
        }));
      case "wrong-width":
        return report("wrong-field-count", () => wrongWidth(table, record, shape));
      case "row": {
        const task = readRow(rowOf(table.text, record, shape), noSection, report);
        if (task !== null) tasks.push(task);
        return;
      }
      default:
        return unreachable(kind);
    }
  });
  return tasks;
}

function wrongWidth({ text }: CsvTable, record: CsvRecord, shape: Shape): Finding {
  const { fields, from } = record;
  const counts = `${quoted(fields[0] ?? "", 40)} has ${fields.length} ${fields.length === 1 ? "field" : "fields"} where the header has ${shape.width}`;
  const spill = findSpill(fields, shape);
  if (spill === null) return { at: from, message: `${counts}; the row is not read` };
  return {
    at: fieldSpans(text, from, shape.delimiter)[spill.index]?.from ?? from,
    message: `${counts}: the field from ${quoted(fields[spill.index] ?? "", 40)} on spills over its commas and needs quotes`,
    suggestion: spill.row,
  };
}

function edit(source: Source, changes: readonly Change[]): FormatEdit | null {
  const table = openTable(source);
  if (table === null) return null;
  if ("refusal" in table)
    return { splices: [], unwritten: changes.map((change) => unwritable(change, table.refusal.because, table.refusal.at)) };
  const edit = editTable(table, source.path, changes);
  return changes.every(({ kind }) => kind === "set") || opensAlike(source, table, edit) ? edit : onlySets(source, table, changes);
}

/** Rows that come and go can change what a file is taken for: which column holds ids, whether it is a plan at all. */
function opensAlike(source: Source, { shape }: CsvTable, { splices }: FormatEdit): boolean {
  const after = openTable({ ...source, text: spliced(source.text, splices) });
  return after !== null && !("refusal" in after) && after.shape.columns.get("id") === shape.columns.get("id");
}

function onlySets(source: Source, table: CsvTable, changes: readonly Change[]): FormatEdit {
  const { splices, unwritten } = editTable(
    table,
    source.path,
    changes.filter(({ kind }) => kind === "set"),
  );
  const others = changes.filter(({ kind }) => kind !== "set");
  const because = "the file would no longer be read as this plan";
  return { splices, unwritten: [...unwritten, ...others.map((change) => unwritable(change, because, table.header.from))] };
}
