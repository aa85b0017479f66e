import type { PlannedTask } from "../../words.ts";
import type { NewTask } from "../change.ts";
import type { Columns, Field } from "../columns.ts";
import { readRow } from "../row.ts";
import { ownWords, type ShownRow } from "../snapshot/own-words.ts";
import type { Shown } from "../snapshot/told-fields.ts";
import { normalise } from "../token.ts";
import { type Added, givenOf } from "./added-task.ts";
import { cellWords, exactCellWords } from "./cell-words.ts";
import type { Table, TableRow } from "./document.ts";
import { behind, lineSplice } from "./edit-lines.ts";
import { belowHead, fitted, joined, type Layout, layoutOf } from "./table-layout.ts";
import { kindOf, rowOf } from "./task-table.ts";
import type { WrittenPlan } from "./written-plan.ts";

/** A row of a table below one of its rows, or below its head; null where the table is none of tasks. */
export function addRow(
  task: NewTask,
  { table, after }: { readonly table: Table; readonly after: TableRow | null },
  plan: WrittenPlan,
): Added | null {
  const { context, newline } = plan;
  const kind = kindOf(table, context);
  if (kind.kind !== "tasks") return null;
  const { columns } = kind;
  const layout = layoutOf(context.text, table);
  const words = ownWords(shownRows(table, columns, layout, plan), { tasks: [] }, columns.has("hours") ? "hours" : "days");
  const fields = table.head.map((_, index) => fieldAt(index, columns));
  const whole = wholeTask(task);
  const cells = fields.map((field, index) => {
    const said = field === null || (field === "status" && task.status === undefined) ? "" : words(field, whole);
    const status = field === "status" && task.status !== undefined ? plan.spell(task.status, "cell") : said;
    const column = layout.columns[index];
    const written = field === "id" ? said : (exactCellWords(status, context.plain) ?? cellWords(status));
    return column === undefined ? written : fitted(written, column);
  });
  const edge = layout.rows.findLast((row) => row.cells.length === cells.length) ?? layout.header;
  const at = after === null ? belowHead(context.text, table) : behind(context.text, after.end);
  const left = givenOf(task).filter((field) => !fields.includes(field) && !(field === "phase" && table.section.phase === task.phase));
  return { splice: lineSplice(context.text, at, [joined({ ...edge, cells })], newline), left };
}

const shown: readonly (readonly [Field, Shown])[] = [
  ["id", "id"],
  ["title", "title"],
  ["detail", "title"],
  ["status", "status"],
  ["owner", "owner"],
  ["priority", "priority"],
  ["rank", "priority"],
  ["dependencies", "dependencies"],
  ["hours", "hours"],
  ["days", "hours"],
  ["due", "due"],
  ["completed", "completed"],
  ["phase", "phase"],
  ["milestone", "milestone"],
  ["notes", "notes"],
];

/** What is written into a column; a field that two columns could hold stands in the first named above. */
function fieldAt(index: number, columns: Columns): Shown | null {
  const [, field] = shown.find(([name]) => columns.get(name) === index) ?? [];
  const first = shown.find(([name, one]) => one === field && columns.has(name));
  return field === undefined || columns.get(first?.[0] ?? "id") !== index ? null : field;
}

function shownRows(table: Table, columns: Columns, layout: Layout, { context }: WrittenPlan): readonly ShownRow[] {
  return table.rows.flatMap((written, index) => {
    const row = rowOf(written, columns, context);
    const task = readRow(row, table.section, context.report);
    return task === null ? [] : [{ row, task, id: layout.rows[index]?.cells[columns.get("id") ?? 0]?.trim() ?? "" }];
  });
}

/** A new task as its row would read, to be worded as the others are. Its dependencies are worded as they are given. */
function wholeTask(task: NewTask): PlannedTask {
  return {
    ...{ status: "todo", owner: null, priority: null, hours: null, due: null, completed: null, phase: null, milestone: null, notes: null },
    ...task,
    ...{ token: normalise(task.id), scope: "", parent: null, writtenStatus: "", recurring: false, start: null, optional: false },
    ...{ dependencies: task.dependencies ?? [], steps: [], extra: {}, file: "", line: 0 },
  };
}
