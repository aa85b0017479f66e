import { type Blocker, blockersOf } from "../schedule/blockers.ts";
import { type Readiness, readinessOf } from "../schedule/readiness.ts";
import { keyOf } from "../schedule/task-key.ts";
import type { Board, BoardTask } from "../words.ts";

/** What a reader of a plan asks first: what is blocked, what is under way, what comes next. Each list is in the order of its weight. */
export type Outlook = {
  readonly blocked: readonly Blocker[];
  readonly inProgress: readonly BoardTask[];
  readonly ready: readonly BoardTask[];
  /** By `taskKey`. */
  readonly readiness: ReadonlyMap<string, Readiness>;
  /** What the tasks that stand in the way hold up. */
  readonly holdsUp: ReadonlyMap<BoardTask, Blocker>;
};

/** Of the blocked, those that hold up most come first; of what is under way, the longest; of what is ready, the most urgent. */
export function outlookOf({ tasks }: Pick<Board, "tasks">): Outlook {
  const readiness = readinessOf(tasks);
  const blockers = blockersOf(tasks);
  const holdsUp = new Map(blockers.map((blocker) => [blocker.task, blocker]));
  const weight = (task: BoardTask): number => holdsUp.get(task)?.count ?? 0;
  return {
    blocked: blockers.filter(({ task }) => task.state.status === "blocked"),
    inProgress: underWay(tasks),
    ready: tasks
      .filter((task) => readiness.get(keyOf(task))?.ready)
      .toSorted((a, b) => (a.priority ?? 5) - (b.priority ?? 5) || weight(b) - weight(a)),
    readiness,
    holdsUp,
  };
}

/** What is in progress, the longest first. */
export const underWay = (tasks: readonly BoardTask[]): readonly BoardTask[] =>
  tasks.filter(({ state }) => state.status === "in-progress").toSorted((a, b) => a.state.since - b.state.since);
