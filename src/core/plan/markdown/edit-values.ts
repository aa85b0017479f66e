import type { NewValues, Splice } from "../change.ts";
import type { DraftTask, Spot } from "../draft.ts";
import { isNone } from "../none.ts";
import { exactCellWords, exactLineWords } from "./cell-words.ts";
import type { Stretch } from "./spots.ts";
import type { WrittenPlan } from "./written-plan.ts";

/** Whole lines to be put elsewhere: `at` = where; `alone` = no list stands there, so that they need blank lines around them. */
export type Move = { readonly from: Stretch; readonly at: number; readonly alone: boolean };

/** What one field of a change comes to: splices of words where they stand now, or why it cannot be written. */
export type FieldEdit = { readonly splices: readonly Splice[]; readonly move?: Move } | { readonly because: string };

/** A date, an owner or a note put where the row has its place for it; behind a status on its line where notes stand there. */
export function editValue(task: DraftTask, field: "completed" | "owner" | "notes", to: NewValues, plan: WrittenPlan): FieldEdit {
  const value = to[field] ?? null;
  const spot = task.spot?.(field) ?? null;
  const status = task.spot?.("status") ?? null;
  const words = value === null ? "" : wordsFor(value, spot?.kind ?? "value", plan);
  if (words === null || (value !== null && isNone(value))) return { because: "written here it would not read as it is" };
  if (spot !== null) {
    const { text } = plan.context;
    const remark = status !== null && isRemark(task, field, plan);
    if (value === null && remark) return { splices: [{ from: jointBefore(text, spot, status), to: spot.to, text: "" }] };
    const none = value === null && spot.kind === "cell" ? plan.none(field) : words;
    return { splices: [{ from: spot.from, to: spot.to, text: none }] };
  }
  if (value === null) return { splices: [] };
  // A date or a note has its place behind the status, as in “Status: Done — 2025-10-16 — note”.
  const last = status?.kind === "value" && field !== "owner" ? behindStatus(task, field, status, plan) : null;
  const date = field === "completed" && (to.status ?? task.status) !== "completed";
  if (last === null || date)
    return { because: date ? "only a completed task has a date there" : `the row has no place for ${names[field]}` };
  return { splices: [{ from: last, to: last, text: ` — ${words}` }] };
}

const names = { completed: "a date", owner: "an owner", notes: "notes" } as const;

function wordsFor(value: string, kind: Spot["kind"], { context: { plain } }: WrittenPlan): string | null {
  return kind === "cell" ? exactCellWords(value, plain) : exactLineWords(value, plain);
}

/** Whether a field stands behind the status, on its line or in its cell. */
function isRemark(task: DraftTask, field: "completed" | "owner" | "notes", { context: { text } }: WrittenPlan): boolean {
  const spot = task.spot?.(field);
  const status = task.spot?.("status");
  if (!spot || !status || spot.from < status.to) return false;
  return spot.kind === status.kind && !/[|\r\n]/.test(text.slice(status.to, spot.from));
}

/** Where the ` — ` in front of a remark begins. */
function jointBefore(text: string, spot: Spot, status: Spot): number {
  const between = text.slice(status.to, spot.from);
  return spot.from - (/(?:\s+[—–-]+\s+|\s*[;:,(]?\s*)$/u.exec(between)?.[0].length ?? 0);
}

function behindStatus(task: DraftTask, field: "completed" | "notes", status: Spot, { context: { text } }: WrittenPlan): number {
  const date = field === "notes" ? task.spot?.("completed") : null;
  const marks = /^[*_~`]{0,3}/.exec(text.slice(status.to, status.to + 3))?.[0].length ?? 0;
  return date ? date.to : status.to + marks;
}
