import type { Board, BoardTask, Configuration, Status } from "../words.ts";
import { membersOf } from "./membership.ts";
import { measure } from "./milestones.ts";
import { openIssueWaits, presentStatus, type StatusOf, tasksByKey, waitsOn } from "./readiness.ts";
import { keyOf, taskKey } from "./task-key.ts";

export type Change = { readonly task: BoardTask; readonly before: Status; readonly after: Status };
/** Percentages as in `MilestoneProgress`; null where nothing is counted. */
export type MilestoneShift = {
  readonly id: string;
  readonly title: string;
  readonly before: number | null;
  readonly after: number | null;
};

/** What a set of new statuses does to the plans. `milestones` holds only those whose percentage moves. */
export type Impact = {
  readonly changes: readonly Change[];
  readonly completed: number;
  readonly started: number;
  readonly blocked: number;
  readonly newlyReady: readonly BoardTask[];
  readonly newlyWaiting: readonly BoardTask[];
  readonly milestones: readonly MilestoneShift[];
};

export const noImpact: Impact = { changes: [], completed: 0, started: 0, blocked: 0, newlyReady: [], newlyWaiting: [], milestones: [] };

/**
 * What the plans would be like if the tasks of `after` (by `taskKey`) had the statuses it gives, and all others their present ones.
 * Only the changed tasks and those that depend on them are looked at twice.
 */
export function impactOf(input: {
  readonly before: readonly Board[];
  readonly after: ReadonlyMap<string, Status>;
  readonly configuration: Configuration;
}): Impact {
  const known = tasksByKey(input.before.flatMap((board) => board.tasks));
  const changes = changesOf(known, input.after);
  if (changes.length === 0) return noImpact;
  const supposed = new Map(changes.map(({ task, after }) => [task, after]));
  const statusAfter: StatusOf = (task) => supposed.get(task) ?? task.state.status;
  const count = (status: Status): number => changes.filter(({ after }) => after === status).length;
  return {
    changes,
    completed: count("completed"),
    started: count("in-progress"),
    blocked: count("blocked"),
    ...readinessShift(known, statusAfter, changes),
    milestones: membersOf(input.before, input.configuration).flatMap((milestone) => {
      if (!milestone.members.some((task) => supposed.has(task))) return [];
      const [before, after] = [measure(milestone, presentStatus).percent, measure(milestone, statusAfter).percent];
      return before === after ? [] : [{ id: milestone.id, title: milestone.title, before, after }];
    }),
  };
}

function changesOf(known: ReadonlyMap<string, BoardTask>, after: ReadonlyMap<string, Status>): readonly Change[] {
  return [...after].flatMap(([key, status]) => {
    const task = known.get(key);
    return task === undefined || task.state.status === status ? [] : [{ task, before: task.state.status, after: status }];
  });
}

function readinessShift(known: ReadonlyMap<string, BoardTask>, statusAfter: StatusOf, changes: readonly Change[]) {
  const moved = new Set(changes.map(({ task }) => keyOf(task)));
  const tokens = new Set(changes.map(({ task }) => task.token));
  // The token alone is compared first: to make the key of every dependency of every task is half the cost of an impact.
  const isAffected = ([key, { scope, dependencies }]: readonly [string, BoardTask]): boolean =>
    moved.has(key) || dependencies.some((token) => tokens.has(token) && moved.has(taskKey(scope, token)));
  const ready = (task: BoardTask, statusOf: StatusOf): boolean =>
    statusOf(task) === "todo" && waitsOn(task, known, statusOf).length === 0 && openIssueWaits(task).length === 0;
  const newlyReady: BoardTask[] = [];
  const newlyWaiting: BoardTask[] = [];
  for (const [, task] of [...known].filter(isAffected)) {
    const [before, after] = [ready(task, presentStatus), ready(task, statusAfter)];
    if (!before && after) newlyReady.push(task);
    if (before && !after && statusAfter(task) === "todo") newlyWaiting.push(task);
  }
  return { newlyReady, newlyWaiting };
}
