import type { Status } from "../../words.ts";
import type { NewTask, NewValues } from "../change.ts";
import type { DraftTask } from "../draft.ts";
import { readHours } from "../estimate.ts";
import { readDate } from "../iso-date.ts";
import { oneLine } from "../one-line.ts";
import { quoted } from "../quoted.ts";
import { readStatusCell } from "../status-spelling.ts";
import { readId } from "../task-id.ts";
import type { Issue } from "./issue.ts";
import { inside, layoutOf, listText, objectText } from "./layout.ts";
import { wordsOf } from "./record.ts";
import type { Put } from "./splices.ts";
import { memberOf } from "./tree.ts";
import { type Told, textValue } from "./values.ts";

/** How a file of Beads writes: its texts, and its words for statuses. */
export type IssueManner = { readonly text: string; readonly quote: (value: string) => string; readonly word: (status: Status) => string };

/** The order in which `bd` exports the members of an issue. */
export const keyOrder: readonly string[] =
  "id title description design acceptance_criteria notes status priority issue_type assignee owner estimated_minutes created_at created_by updated_at started_at closed_at close_reason due_at defer_until external_ref labels dependencies comments".split(
    " ",
  );

/** The statuses that `bd` knows. */
export const likelyWords: Readonly<Record<Status, string>> = {
  todo: "open",
  "in-progress": "in_progress",
  completed: "closed",
  blocked: "blocked",
  deferred: "deferred",
};

type Asked = { readonly to: NewValues; readonly manner: IssueManner };
type Answer = { readonly puts: readonly Put[]; readonly told: readonly Told[] };

/**
 * The members that a change of an issue writes. `bd` imports a record only if it was updated later than its own, so `updated_at` goes on by a
 * second; it refuses a time of closing on an issue that is not closed, so that goes where an issue is opened again, and is told where nobody
 * asked for it. To one that is closed without a day it gives the time of the import.
 */
export function issuePuts(issue: Issue, task: DraftTask, { to, manner }: Asked): Answer {
  const puts: Put[] = [];
  const told: Told[] = [];
  const readable = task.status !== "todo" || readStatusCell(task.writtenStatus).reading !== null;
  if (to.status !== undefined && (to.status !== task.status || !readable))
    puts.push({ key: "status", text: JSON.stringify(manner.word(to.status)) });

  const closed = (to.status ?? task.status) === "completed";
  const since = memberOf(issue.object, "closed_at");
  if (closed && typeof to.completed === "string") {
    if (readDate(wordsOf(since?.value)) !== to.completed)
      puts.push({ key: "closed_at", text: JSON.stringify(`${to.completed}T00:00:00Z`) });
  } else if (typeof to.completed === "string") told.push({ field: "completed", because: "only a closed issue has a time of closing" });
  else if (since !== undefined && (to.completed === null || (puts.length > 0 && !closed))) {
    puts.push({ key: "closed_at", text: null });
    if (to.completed === undefined && task.completed !== null)
      told.push({ field: "completed", because: "an issue that is not closed has no time of closing; it is taken out" });
  }

  for (const [field, key] of [
    ["owner", "assignee"],
    ["notes", "notes"],
  ] as const) {
    const value = to[field];
    const member = memberOf(issue.object, key);
    if (value === undefined || wordsOf(member?.value).trim() === (value ?? "")) continue;
    const written = value === null ? { text: '""' } : textValue(value, manner.quote);
    if ("because" in written) told.push({ field, because: written.because });
    else puts.push({ key, text: written.text });
  }
  const touched = puts.length === 0 ? null : later(wordsOf(memberOf(issue.object, "updated_at")?.value));
  return { puts: touched === null ? puts : [...puts, { key: "updated_at", text: JSON.stringify(touched) }], told };
}

/** A time one second on, its fraction and its zone as they are written; null where it is no time. */
function later(written: string): string | null {
  const [, seconds, rest] = /^(\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2})((?:\.\d{1,9})?(?:Z|[+-]\d{2}:\d{2}))$/.exec(written) ?? [];
  const at = seconds === undefined ? Number.NaN : Date.parse(`${seconds}Z`);
  return Number.isNaN(at) ? null : new Date(at + 1000).toISOString().slice(0, 19) + rest;
}

/** The line of a new issue, laid out as one beside it; a text says why there can be none. */
export function newIssue(
  task: NewTask,
  sample: Issue,
  { text, quote, word }: IssueManner,
): { readonly line: string; readonly told: readonly Told[] } | string {
  const title = textValue(task.title, quote);
  if (readId(task.id) !== task.id) return `${quoted(task.id)} cannot be an id`;
  if ("because" in title) return title.because;
  if (oneLine(task.title) !== task.title || task.title.length > 500) return "its title is not one line of at most 500 signs";
  const layout = layoutOf(text, sample.object) ?? { lead: "", between: ",", tail: "", colon: ":" };
  const status = task.status ?? "todo";
  const { priority = null, hours = null, due = null, completed = null, dependencies = [] } = task;
  const told: Told[] = [];
  const ours = new Map([
    ["id", quote(task.id)],
    ["title", title.text],
    ["status", JSON.stringify(word(status))],
    ["priority", String(priority ?? 2)],
    ["issue_type", '"task"'],
  ]);
  if (priority === null)
    told.push({ field: "priority", because: "to bd no priority is the highest; 2 is written, which it gives by itself" });
  const minutes = Math.round((hours ?? 0) * 60);
  if (hours !== null && readHours(`${minutes}m`, "hours") === hours) ours.set("estimated_minutes", String(minutes));
  else if (hours !== null) told.push({ field: "hours", because: "bd counts in whole minutes" });
  for (const [field, key] of [
    ["owner", "assignee"],
    ["notes", "notes"],
  ] as const) {
    const value = task[field] ?? null;
    const written = value === null ? null : textValue(value, quote);
    if (written !== null && "text" in written) ours.set(key, written.text);
    else if (written !== null) told.push({ field, because: written.because });
  }
  if (due !== null) ours.set("due_at", JSON.stringify(`${due}T00:00:00Z`));
  if (completed !== null && status === "completed") ours.set("closed_at", JSON.stringify(`${completed}T00:00:00Z`));
  else if (completed !== null) told.push({ field: "completed", because: "only a closed issue has a time of closing" });
  for (const field of ["phase", "milestone"] as const) {
    if (task[field]) told.push({ field, because: "an issue of Beads has no place for it" });
  }
  const edges = dependencies.map((id) =>
    objectText(
      Object.entries({ issue_id: task.id, depends_on_id: id, type: "blocks" }).map(([key, value]) => [key, quote(value)]),
      layout,
    ),
  );
  if (edges.length > 0) ours.set("dependencies", listText(edges, inside(layout, "")));
  const rank = (key: string): number => keyOrder.indexOf(key);
  return {
    line: objectText(
      [...ours].toSorted(([a], [b]) => rank(a) - rank(b)),
      layout,
    ),
    told,
  };
}
