import { stringify } from "csv-stringify/sync";
import type { Plan, PlannedTask } from "../words.ts";
import { type Field, fieldOf } from "./columns.ts";
import { extraNames, idsOf, priorityWord, statusWord } from "./strict-words.ts";

type Cell = (task: PlannedTask) => string;

/**
 * A plan as CSV in the strict form: thirteen columns, behind them those that only this plan needs. Reading it gives the same tasks, but for
 * what CSV has no cell for (steps, `optional`, milestones and risks). Lines end with LF.
 */
export function writeCsv(plan: Plan): string {
  const columns = columnsOf(plan);
  const rows = plan.tasks.map((task) => columns.map(([, cell]) => cell(task)));
  // Values that a spreadsheet would run are written as they are: an apostrophe in front would be a part of the value for every other reader.
  return stringify([columns.map(([name]) => name), ...rows], { quoted_match: /\r/, record_delimiter: "\n" });
}

function columnsOf(plan: Plan): readonly (readonly [name: string, cell: Cell])[] {
  const ids = idsOf(plan);
  const names = extraNames(plan);
  const extra = (name: string): readonly [string, Cell] => [
    name,
    (task) => (Object.hasOwn(task.extra, name) ? (task.extra[name] ?? "") : ""),
  ];
  const strictForm: readonly (readonly [string, Cell])[] = [
    ["id", ({ id }) => id],
    ["phase", ({ phase }) => phase ?? ""],
    ["task", ({ title }) => title],
    ["owner", ({ owner }) => owner ?? ""],
    ["status", statusWord],
    ["priority", priorityWord],
    ["dependencies", (task) => ids(task, task.dependencies).join(";")],
    ["estimated_hours", ({ hours }) => (hours === null ? "" : String(hours))],
    ["completion_date", ({ completed }) => completed ?? ""],
    extra("artifacts"),
    extra("verification"),
    ["notes", ({ notes }) => notes ?? ""],
    extra("codex_hints"),
  ];
  const own: readonly (readonly [Field, Cell])[] = [
    ["start", ({ start }) => start ?? ""],
    ["due", ({ due }) => due ?? ""],
    ["milestone", ({ milestone }) => milestone ?? ""],
    ["parent", (task) => (task.parent === null ? "" : ids(task, [task.parent]).join(""))],
  ];
  // Without a column of its own a field would be read from an extra column of a like name (`target` for `due`).
  const claimed = new Set(names.map(fieldOf));
  const needed = own.filter(([name, cell]) => claimed.has(name) || plan.tasks.some((task) => cell(task) !== ""));
  const known = new Set([...strictForm, ...needed].map(([name]) => name));
  return [...strictForm, ...needed, ...names.filter((name) => !known.has(name)).map(extra)];
}
