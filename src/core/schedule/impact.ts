import type { Board, BoardTask, Configuration, Instant, Status } from "../words.ts";
import { type Milestone, membersOf, milestonesByName } from "./membership.ts";
import { tally } from "./milestones.ts";
import { type KnownTasks, openIssueWaits, presentStatus, type StatusOf, waitsOn } from "./readiness.ts";
import { type ScheduleShift, type Side, shiftOf } from "./shift.ts";
import { indexOf, type TaskIndex } from "./task-index.ts";
import { keyOf } from "./task-key.ts";

/** `before` of a task that the change adds: what its row says. */
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
  /** Tasks that no plan holds now. */
  readonly added: readonly BoardTask[];
  readonly newlyReady: readonly BoardTask[];
  /** The same by owner, each once, letter case aside, in the order of their first task. */
  readonly readyFor: readonly ReadyFor[];
  readonly newlyWaiting: readonly BoardTask[];
  readonly milestones: readonly MilestoneShift[];
  /** How planned ends and critical paths move; null where it was not asked for or nothing changes. */
  readonly schedule: ScheduleShift | null;
};

export const noImpact: Impact = {
  ...{ changes: [], completed: 0, started: 0, blocked: 0, added: [], newlyReady: [], readyFor: [], newlyWaiting: [], milestones: [] },
  schedule: null,
};

/** Plans and configuration as they would be. `moved` = keys of tasks that go from one plan to another, by those they are to have. */
export type EditedBoards = {
  readonly boards: readonly Board[];
  readonly configuration: Configuration;
  readonly moved?: ReadonlyMap<string, string>;
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
  readonly edited?: EditedBoards;
  readonly now?: Instant;
}): Impact {
  const { edited, now } = input;
  const index = indexOf(input.before);
  const indexAfter = edited === undefined ? index : indexOf(edited.boards);
  const supposed = supposedIn(indexAfter, input.after);
  const statusAfter: StatusOf = (task) => supposed.get(task) ?? task.state.status;
  const was = earlierIn(index, edited?.moved);
  const changes = changesOf(was, edited === undefined ? supposed.keys() : indexAfter.tasks, statusAfter);
  if (changes.length === 0 && edited === undefined) return noImpact;
  const before = sideOf(index, { boards: input.before, configuration: input.configuration, statusOf: presentStatus });
  const after = edited === undefined ? withChanges(before, changes) : sideOf(indexAfter, { ...edited, statusOf: statusAfter });
  const looked = edited === undefined ? affectedBy(index, changes) : indexAfter.tasks;
  const moved = readinessOfThese(looked, { was, known: index.known, knownAfter: indexAfter.known, statusAfter });
  const count = (status: Status): number => changes.filter((change) => change.after === status).length;
  return {
    changes,
    completed: count("completed"),
    started: count("in-progress"),
    blocked: count("blocked"),
    added: edited === undefined ? [] : indexAfter.tasks.filter((task) => was(task) === undefined),
    ...moved,
    readyFor: byOwner(moved.newlyReady),
    milestones: edited === undefined ? shiftsOf(changes, before, statusAfter) : milestoneShifts(before, after, statusAfter),
    schedule: now === undefined ? null : shiftOf(before, after, now),
  };
}

function sideOf(
  index: TaskIndex,
  { boards, configuration, statusOf }: Pick<Side, "boards" | "configuration"> & { readonly statusOf: StatusOf },
): Side {
  return { boards, configuration, index, milestones: membersOf(boards, configuration), statuses: index.tasks.map(statusOf) };
}

function withChanges(side: Side, changes: readonly Change[]): Side {
  const statuses = [...side.statuses];
  for (const { task, after } of changes) statuses[side.index.placeOf(task)] = after;
  return { ...side, statuses };
}

function supposedIn({ known }: TaskIndex, after: ReadonlyMap<string, Status>): ReadonlyMap<BoardTask, Status> {
  return new Map(
    [...after].flatMap(([key, status]) => {
      const task = known.get(key);
      return task === undefined ? [] : [[task, status] as const];
    }),
  );
}

type Earlier = (task: BoardTask) => BoardTask | undefined;

/** A task as it is now. */
function earlierIn({ known }: TaskIndex, moved: EditedBoards["moved"]): Earlier {
  return (task) => known.get(keyOf(task)) ?? known.get(moved?.get(keyOf(task)) ?? "");
}

function changesOf(was: Earlier, tasks: Iterable<BoardTask>, statusAfter: StatusOf): readonly Change[] {
  const changes: Change[] = [];
  for (const task of tasks) {
    const [before, after] = [was(task)?.state.status ?? task.status, statusAfter(task)];
    if (before !== after) changes.push({ task, before, after });
  }
  return changes;
}

type ReadinessShift = Pick<Impact, "newlyReady" | "newlyWaiting">;

const isReady = (task: BoardTask, known: KnownTasks, statusOf: StatusOf): boolean =>
  statusOf(task) === "todo" && waitsOn(task, known, statusOf).length === 0 && openIssueWaits(task).length === 0;

/** The changed tasks, and those that depend on them. */
function affectedBy({ tasks, dependencies, placeOf }: TaskIndex, changes: readonly Change[]): readonly BoardTask[] {
  const moved = new Uint8Array(tasks.length);
  for (const { task } of changes) moved[placeOf(task)] = 1;
  return tasks.filter((_, place) => moved[place] === 1 || dependencies[place]?.some((one) => moved[one] === 1));
}

function readinessOfThese(
  tasks: readonly BoardTask[],
  so: { readonly was: Earlier; readonly known: KnownTasks; readonly knownAfter: KnownTasks; readonly statusAfter: StatusOf },
): ReadinessShift {
  const { known, knownAfter, statusAfter } = so;
  const newlyReady: BoardTask[] = [];
  const newlyWaiting: BoardTask[] = [];
  for (const task of tasks) {
    const was = so.was(task);
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

/** The milestones of tasks that change their statuses and nothing else: of the others none can move. */
function shiftsOf(changes: readonly Change[], side: Side, statusAfter: StatusOf): readonly MilestoneShift[] {
  const changed = new Set(changes.map(({ task }) => task));
  const milestones = side.milestones.filter(({ members }) => members.some((task) => changed.has(task)));
  return milestoneShifts({ milestones }, { milestones }, statusAfter);
}

type Milestones = Pick<Side, "milestones">;

function milestoneShifts(before: Milestones, after: Milestones, statusAfter: StatusOf): readonly MilestoneShift[] {
  const earlier = milestonesByName(before.milestones);
  const percent = (milestone: Milestone | undefined, statusOf: StatusOf): number | null =>
    milestone === undefined ? null : tally(milestone, statusOf).percent;
  return [...milestonesByName(after.milestones)].flatMap(([name, { milestone }]) => {
    const [was, becomes] = [percent(earlier.get(name)?.milestone, presentStatus), percent(milestone, statusAfter)];
    return was === becomes ? [] : [{ id: milestone.id, title: milestone.title, before: was, after: becomes }];
  });
}
