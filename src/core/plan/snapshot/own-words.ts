import { type Plan, type PlannedTask, type Scope, type Status, statuses, type Token, unreachable } from "../../words.ts";
import type { Field } from "../columns.ts";
import { rowKey } from "../compare.ts";
import type { DraftTask, Row } from "../draft.ts";
import { readHours } from "../estimate.ts";
import { isNone } from "../none.ts";
import { ownSpelling, strict } from "../own-spelling.ts";
import { readPriority } from "../priority.ts";
import { readStatus } from "../status-spelling.ts";
import type { Shown } from "./told-fields.ts";

/** What a table shows already: its words set the style of those that are added. `id` = the id's cell with its marks. */
export type ShownRow = { readonly row: Row; readonly task: DraftTask; readonly id: string };

/** How a table would word each field of a task, as Markdown but for bars and line breaks. */
export function ownWords(
  rows: readonly ShownRow[],
  plan: Pick<Plan, "tasks">,
  unit: "hours" | "days",
): (field: Shown, task: PlannedTask) => string {
  const cellsOf = (field: Field): readonly string[] => rows.map(({ row }) => row.cells.get(field)?.trim() ?? "");
  const ids = new Map(plan.tasks.map((task) => [rowKey(task), task.id]));
  const idOf = (token: Token, scope: Scope): string => ids.get(rowKey({ token, scope })) ?? token;
  const marks = marksOf(rows.map(({ id }) => id));
  const joint = jointOf(cellsOf("dependencies"));
  const priorityWords = prioritiesOf([...cellsOf("priority"), ...cellsOf("rank")]);
  const hourWords = hoursOf(cellsOf(unit), unit);
  const spelling = spellingOf(rows, plan);
  return (field, task) => {
    const words = wordsOf(field, task);
    return words === "" ? (mostOf(cellsOf(field).filter(isNone)) ?? "") : words;
  };

  function wordsOf(field: Shown, task: PlannedTask): string {
    switch (field) {
      case "id":
        return marks + task.id + [...marks].reverse().join("");
      case "status":
        return spelling(task);
      case "priority":
        return task.priority === null ? "" : priorityWords(task.priority);
      case "hours":
        return task.hours === null ? "" : hourWords(task.hours);
      case "dependencies":
        return task.dependencies.map((token) => idOf(token, task.scope)).join(joint);
      case "title":
      case "owner":
      case "start":
      case "due":
      case "completed":
      case "phase":
      case "milestone":
      case "notes":
        return task[field] ?? "";
      default:
        return unreachable(field);
    }
  }
}

/** The marks that all ids of a table wear: `**`, a backtick, or both. */
function marksOf(ids: readonly string[]): string {
  const [first = "", ...others] = ids.map((id) => /^(?:\*\*`?|`)(?=[^*`]+`?(?:\*\*)?$)/.exec(id)?.[0] ?? "");
  return others.every((marks) => marks === first) ? first : "";
}

/** What separates dependencies, as the first cell has it that names several. */
function jointOf(cells: readonly string[]): string {
  const found = cells.map((cell) => /[^\s,;]([ \t]?[,;][ \t]?)[^\s,;]/.exec(cell)?.[1]).find((joint) => joint !== undefined);
  return found ?? ", ";
}

function prioritiesOf(cells: readonly string[]): (rank: number) => string {
  const written = cells.filter((cell) => !isNone(cell));
  const [style = "P0"] = written;
  const words = ["critical", "high", "medium", "low", "lowest"];
  return (rank) => {
    const known = mostOf(written.filter((cell) => readPriority(cell) === rank));
    if (known !== undefined) return known;
    const letter = /^p(?=\d)/i.exec(style)?.[0];
    if (letter !== undefined) return `${letter}${rank}`;
    const word = words[rank];
    if (/^\d/.test(style) || word === undefined) return String(rank);
    return /^\p{Ll}/u.test(style) ? word : word.charAt(0).toUpperCase() + word.slice(1);
  };
}

function hoursOf(cells: readonly string[], unit: "hours" | "days"): (hours: number) => string {
  const suffix = mostOf(cells.flatMap((cell) => /^[\d.,]+(\s?[a-z]+)$/i.exec(cell)?.slice(1) ?? [])) ?? "";
  return (hours) => {
    const ways = [`${hours}${suffix}`, `${hours / 8}${suffix}`, `${hours}`, `${hours / 8}`];
    return ways.find((way) => readHours(way, unit) === hours) ?? `${hours}h`;
  };
}

/** A status in the table's words; where it has none for it, in those of the plan. */
function spellingOf(rows: readonly ShownRow[], plan: Pick<Plan, "tasks">): (task: PlannedTask) => string {
  const known = rows.map(({ task }) => task);
  const likely: Partial<Record<Status, string>> = {};
  for (const status of statuses) likely[status] = plainWord(ownSpelling(status, plan.tasks), status);
  const words = new Map(statuses.map((status) => [status, ownSpelling(status, known, likely)]));
  const forEver = mostOf([...known, ...plan.tasks].filter(isForEver).map((task) => task.writtenStatus)) ?? "recurring";
  return (task) => (task.recurring ? forEver : (words.get(task.status) ?? strict[task.status]));
}

const isForEver = ({ recurring, writtenStatus }: Pick<PlannedTask, "recurring" | "writtenStatus">): boolean =>
  recurring && readStatus(writtenStatus)?.recurring === true;

/** A word of one form of plan in a table of another: boxes and `passes: true` mean nothing there. */
function plainWord(spelling: string, status: Status): string {
  const word = /^\[/.test(spelling) || spelling.includes(":") ? "" : spelling.replace(/^[^\p{L}\p{N}]+/u, "");
  return readStatus(word)?.status === status ? word : strict[status];
}

/** The text that comes most often; undefined where there is none. */
function mostOf(texts: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))[0]?.[0];
}
