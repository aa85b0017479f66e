import { type Cause, type CommentFact, type FactId, mayDo, type Role } from "../words.ts";
import { commandsIn } from "./comment-events.ts";
import { inOrder, type TaskEvent } from "./event.ts";
import { type FoldOptions, governorOf } from "./fold.ts";
import type { SettingsInTime } from "./settings-in-time.ts";

/** No more undos of one task are followed. */
const mostUndos = 50;

/**
 * The events of one task without what its undos take back (design: undo). Each undo takes back what decided the status just before it; one
 * that finds another undo to be the last word takes that back, so that twice is not at all. What a gate or another task holds stays.
 */
export function withoutUndone(events: readonly TaskEvent[], options: FoldOptions): readonly TaskEvent[] {
  const ordered = inOrder(events);
  const undos = ordered.filter((event) => event.kind === "undo").slice(-mostUndos);
  const taken: Taken[] = [];
  const standing = (all: readonly TaskEvent[]) => taken.reduce(without, all);
  for (const undo of undos) {
    const before = standing(ordered.slice(0, ordered.indexOf(undo)));
    const governor = governorOf(before, options);
    if (governor === null) continue;
    const last = taken.at(-1);
    if (last !== undefined && last.undo.at >= governor.at) taken.pop();
    else {
      const target = before.findLast((event) => isTold(event, governor.cause) && event.kind !== "undo");
      if (target !== undefined && !isFirstRow(target, ordered)) taken.push({ undo, target });
    }
  }
  return standing(ordered);
}

/** The row by which the plan brought the task in: without it there is no task. */
const isFirstRow = (event: TaskEvent, all: readonly TaskEvent[]): boolean => event === all.find(({ kind }) => kind === "row");

type Taken = { readonly undo: TaskEvent; readonly target: TaskEvent };

/** One fact can tell twice: an issue as it stands, and that somebody closed it. */
const isTold = (event: TaskEvent, cause: Cause): boolean =>
  event.cause.fact === cause.fact && (event.kind === "issue-act" || event.kind === "issue" ? event.cause.rule === cause.rule : true);

/** The events without one fact's word. A merge is told by every later snapshot of the pull request, a label until somebody touches it again. */
function without(events: readonly TaskEvent[], { target }: Taken): readonly TaskEvent[] {
  return events.flatMap((event): readonly TaskEvent[] => {
    if (target.kind === "pull" && event.kind === "pull" && event.number === target.number) {
      if (target.state === "merged") return event.state === "merged" ? [] : [event];
      return event.at <= target.at ? [{ ...event, label: null, blocked: null }] : [event];
    }
    if (target.kind === "issue" && event.kind === "issue" && event.number === target.number)
      return event.at <= target.at ? [{ ...event, label: null, blocked: null }] : [event];
    // A revert is told by its commits and by the pull request that brought them.
    if (target.kind === "reverted" && event.kind === "reverted")
      return event.work.keys.some((key) => target.work.keys.includes(key)) ? [] : [event];
    return event.cause.fact === target.cause.fact && event.kind !== "issue" ? [] : [event];
  });
}

/**
 * Comments whose commands their own authors took back by `/undo` without a task: each the newest one of the same person in the same place
 * that still stood. Taking back an undo brings back what it took. `facts` in order of time.
 */
export function undoneComments(
  facts: readonly CommentFact[],
  so: { readonly settings: SettingsInTime; readonly roles: ReadonlyMap<string, Role> },
): ReadonlySet<FactId> {
  const standing = new Map<string, { readonly id: FactId; readonly undoes: FactId | null }[]>();
  for (const fact of facts) {
    const role = so.roles.get(fact.id);
    if (role === undefined) continue;
    const allowed = commandsIn(fact, so.settings.at(fact.at)).filter(({ body, least }) => body !== null && mayDo(role, least));
    if (allowed.length === 0) continue;
    const key = `${fact.issue}:${fact.author.id}`;
    const stack = standing.get(key) ?? [];
    standing.set(key, stack);
    if (!allowed.some(({ token, body }) => token === null && body?.kind === "undo")) stack.push({ id: fact.id, undoes: null });
    else takeBack(stack, fact.id);
  }
  return new Set([...standing.values()].flat().flatMap(({ undoes }) => undoes ?? []));
}

function takeBack(stack: { readonly id: FactId; readonly undoes: FactId | null }[], undo: FactId): void {
  const taken = new Set(stack.flatMap(({ undoes }) => undoes ?? []));
  const at = stack.findLastIndex(({ id }) => !taken.has(id));
  const last = stack[at];
  if (last === undefined) return;
  // What an undo took stands again; an undo of a command is itself the newest command from now on.
  if (last.undoes !== null) stack.splice(at, 1);
  else stack.push({ id: undo, undoes: last.id });
}
