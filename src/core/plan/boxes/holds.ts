import type { Token } from "../../words.ts";
import type { Change, NewTask, Splice, Unwritten } from "../change.ts";
import type { DraftTask } from "../draft.ts";
import { normalise } from "../token.ts";
import type { Desk } from "./hand.ts";
import { reread } from "./reread.ts";

type Tried = { readonly splices: readonly Splice[]; readonly unwritten: readonly Unwritten[] };

/**
 * Whether a text with these splices is read as the plan with these changes, but for what is told as unwritten: the same tasks say the
 * same, new ones say what was asked, those taken out are gone.
 */
export function holds(changes: readonly Change[], { splices, unwritten }: Tried, desk: Desk): boolean {
  const after = reread(splices, desk);
  if (after === null) return false;
  const wholly = new Set(unwritten.filter(({ field }) => field === null).map(({ change }) => change));
  const written = changes.filter((change) => !wholly.has(change));
  const removed = new Set(written.flatMap((change) => (change.kind === "remove" ? [change.token] : [])));
  const added = new Map(written.flatMap((change) => (change.kind === "add" ? [[normalise(change.task.id), change] as const] : [])));
  const set = new Set(written.flatMap((change) => (change.kind === "set" ? [change.token] : [])));
  if (after.size !== desk.rows.size - removed.size + added.size) return false;
  for (const [token, { task }] of desk.rows) {
    const now = after.get(token);
    if (removed.has(token) ? now !== undefined : now === undefined || said(now, set.has(token)) !== said(task, set.has(token)))
      return false;
  }
  return [...added].every(([token, change]) => {
    const now = after.get(token);
    const told = new Set(unwritten.filter((one) => one.change === change).map(({ field }) => field));
    return now !== undefined && isAsked(now, change.task, (field) => !told.has(field));
  });
}

/** What a task says by itself. What it waits for may name a range, and what it is a part of may be new: neither is written by it alone. */
function said(task: DraftTask, set: boolean): string {
  const { id, title, status, completed, phase, milestone, notes, optional } = task;
  return JSON.stringify([id, title, phase, milestone, notes, optional, ...(set ? [] : [status, completed])]);
}

function isAsked(now: DraftTask, task: NewTask, writes: (field: keyof NewTask) => boolean): boolean {
  const waits = new Set(
    now.waitsFor
      .split(", ")
      .filter((id) => id !== "")
      .map(normalise),
  );
  const asked: ReadonlySet<Token> = new Set(writes("dependencies") ? (task.dependencies ?? []).map(normalise) : []);
  return (
    now.id === task.id &&
    now.title === task.title &&
    (!writes("status") || now.status === (task.status ?? "todo")) &&
    (task.milestone == null || !writes("milestone") || now.milestone === task.milestone) &&
    (task.phase == null || !writes("phase") || now.phase?.toLowerCase() === task.phase.trim().toLowerCase()) &&
    (!writes("completed") || now.completed === (task.completed ?? null)) &&
    !now.optional &&
    waits.size === asked.size &&
    [...waits].every((token) => asked.has(token))
  );
}
