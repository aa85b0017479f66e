import type { Board, BoardTask, Configuration, Instant, Status } from "../words.ts";
import { type Milestone, membersOf, milestonesByName } from "./membership.ts";
import { tally } from "./milestones.ts";
import { openIssueWaits, presentStatus, type StatusOf, tasksByKey, waitsOn } from "./readiness.ts";
import { type ScheduleShift, type Side, shiftOf } from "./shift.ts";
import { keyOf, taskKey } from "./task-key.ts";

export type Change = { readonly task: BoardTask; readonly before: Status; readonly after: Status };
/** Percentages as in `MilestoneProgress`, by hours, or by tasks where one has none; null where nothing is counted. */
export type MilestoneShift = {
  readonly id: string;
  readonly title: string;
  readonly before: number | null;
  readonly after: number | null;
};
/** `owner` as the plan writes it; null for tasks that nobody owns. */
export type ReadyFor = { readonly owner: string | null; readonly tasks: readonly BoardTask[] };

/** What a change does to the plans. `milestones` holds only those whose percentage moves. */
export type Impact = {
  readonly changes: readonly Change[];
  readonly completed: number;
  readonly started: number;
  readonly blocked: number;
  readonly newlyReady: readonly BoardTask[];
  /** The same by owner, each once, letter case aside, in the order of their first task. */
  readonly readyFor: readonly ReadyFor[];
  readonly newlyWaiting: readonly BoardTask[];
  readonly milestones: readonly MilestoneShift[];
  /** How planned ends and critical paths move; null where it was not asked for or nothing changes. */
  readonly schedule: ScheduleShift | null;
};

export const noImpact: Impact = {
  ...{ changes: [], completed: 0, started: 0, blocked: 0, newlyReady: [], readyFor: [], newlyWaiting: [], milestones: [] },
  schedule: null,
};

/**
 * What the plans would be like if the tasks of `after` (by `taskKey`) had the statuses it gives, and all others their present ones.
 * `edited`: and if the plans and the configuration were these; their tasks carry the statuses they would have. `now`: asks for the schedule
 * too, which takes as long as all the rest. Without edits only the changed tasks and those that depend on them are looked at twice.
 */
export function impactOf(input: {
  readonly before: readonly Board[];
  readonly after: ReadonlyMap<string, Status>;
  readonly configuration: Configuration;
  readonly edited?: { readonly boards: readonly Board[]; readonly configuration: Configuration };
  readonly now?: Instant;
}): Impact {
  const { edited, now } = input;
  const known = tasksByKey(input.before.flatMap((board) => board.tasks));
  const knownAfter = edited === undefined ? known : tasksByKey(edited.boards.flatMap((board) => board.tasks));
  const supposed = supposedIn(knownAfter, input.after);
  const statusAfter: StatusOf = (task) => supposed.get(task) ?? task.state.status;
  const changes = changesOf(known, edited === undefined ? supposed.keys() : knownAfter.values(), statusAfter);
  if (changes.length === 0 && edited === undefined) return noImpact;
  const before = sideOf(input.before, input.configuration, presentStatus);
  const after = edited === undefined ? { ...before, statusOf: statusAfter } : sideOf(edited.boards, edited.configuration, statusAfter);
  const moved = edited === undefined ? readinessMoved(known, statusAfter, changes) : readinessBetween(known, knownAfter, statusAfter);
  const count = (status: Status): number => changes.filter((change) => change.after === status).length;
  return {
    changes,
    completed: count("completed"),
    started: count("in-progress"),
    blocked: count("blocked"),
    ...moved,
    readyFor: byOwner(moved.newlyReady),
    milestones: milestoneShifts(before, after),
    schedule: now === undefined ? null : shiftOf(before, after, now),
  };
}

const sideOf = (boards: readonly Board[], configuration: Configuration, statusOf: StatusOf): Side => ({
  boards,
  configuration,
  milestones: membersOf(boards, configuration),
  statusOf,
});

type Known = ReadonlyMap<string, BoardTask>;

function supposedIn(known: Known, after: ReadonlyMap<string, Status>): ReadonlyMap<BoardTask, Status> {
  return new Map(
    [...after].flatMap(([key, status]) => {
      const task = known.get(key);
      return task === undefined ? [] : [[task, status] as const];
    }),
  );
}

function changesOf(known: Known, tasks: Iterable<BoardTask>, statusAfter: StatusOf): readonly Change[] {
  const changes: Change[] = [];
  for (const task of tasks) {
    const [before, after] = [known.get(keyOf(task))?.state.status, statusAfter(task)];
    if (before !== undefined && before !== after) changes.push({ task, before, after });
  }
  return changes;
}

type ReadinessShift = Pick<Impact, "newlyReady" | "newlyWaiting">;

const isReady = (task: BoardTask, known: Known, statusOf: StatusOf): boolean =>
  statusOf(task) === "todo" && waitsOn(task, known, statusOf).length === 0 && openIssueWaits(task).length === 0;

function readinessMoved(known: Known, statusAfter: StatusOf, changes: readonly Change[]): ReadinessShift {
  const moved = new Set(changes.map(({ task }) => keyOf(task)));
  const tokens = new Set(changes.map(({ task }) => task.token));
  // The token alone is compared first: to make the key of every dependency of every task is half the cost of an impact.
  const isAffected = ([key, { scope, dependencies }]: readonly [string, BoardTask]): boolean =>
    moved.has(key) || dependencies.some((token) => tokens.has(token) && moved.has(taskKey(scope, token)));
  const affected: (readonly [string, BoardTask])[] = [];
  for (const entry of known) if (isAffected(entry)) affected.push(entry);
  return readinessOfThese(affected, { known, knownAfter: known, statusAfter });
}

const readinessBetween = (known: Known, knownAfter: Known, statusAfter: StatusOf): ReadinessShift =>
  readinessOfThese([...knownAfter], { known, knownAfter, statusAfter });

function readinessOfThese(
  tasks: readonly (readonly [string, BoardTask])[],
  { known, knownAfter, statusAfter }: { readonly known: Known; readonly knownAfter: Known; readonly statusAfter: StatusOf },
): ReadinessShift {
  const newlyReady: BoardTask[] = [];
  const newlyWaiting: BoardTask[] = [];
  for (const [key, task] of tasks) {
    const was = known.get(key);
    const before = was !== undefined && isReady(was, known, presentStatus);
    const after = isReady(task, knownAfter, statusAfter);
    if (!before && after) newlyReady.push(task);
    if (before && !after && statusAfter(task) === "todo") newlyWaiting.push(task);
  }
  return { newlyReady, newlyWaiting };
}

function byOwner(tasks: readonly BoardTask[]): readonly ReadyFor[] {
  const owners = new Map<string, { readonly owner: string | null; readonly tasks: BoardTask[] }>();
  for (const task of tasks) {
    const owner = task.owner?.trim() ?? "";
    const group = owners.get(owner.toLowerCase()) ?? { owner: owner === "" ? null : owner, tasks: [] };
    owners.set(owner.toLowerCase(), group);
    group.tasks.push(task);
  }
  return [...owners.values()];
}

function milestoneShifts(before: Side, after: Side): readonly MilestoneShift[] {
  const earlier = milestonesByName(before.milestones);
  const percent = (milestone: Milestone | undefined, { statusOf }: Side): number | null =>
    milestone === undefined ? null : tally(milestone, statusOf).percent;
  return [...milestonesByName(after.milestones)].flatMap(([name, { milestone }]) => {
    const [was, becomes] = [percent(earlier.get(name)?.milestone, before), percent(milestone, after)];
    return was === becomes ? [] : [{ id: milestone.id, title: milestone.title, before: was, after: becomes }];
  });
}
