import { type BoardTask, isFinished, type Status } from "../words.ts";
import { keyOf, taskKey } from "./task-key.ts";

export type Readiness = { readonly ready: boolean; readonly waitingOn: readonly BoardTask[] };

/** Which status to reckon with: the present one, or one that is only supposed (after a merge). */
export type StatusOf = (task: BoardTask) => Status;

export const presentStatus: StatusOf = (task) => task.state.status;

/**
 * For each task, by `taskKey`: what it still waits on, and whether work on it can begin (status `todo` and waiting on nothing).
 * A dependency counts as met when it is completed or deferred; ids that no plan knows are left to the plan's problems.
 * Finished tasks wait on nothing.
 */
export function readinessOf(tasks: readonly BoardTask[]): ReadonlyMap<string, Readiness> {
  const known = tasksByKey(tasks);
  return new Map(
    [...known].map(([key, task]) => {
      const waitingOn = waitsOn(task, known, presentStatus);
      return [key, { ready: task.state.status === "todo" && waitingOn.length === 0, waitingOn }];
    }),
  );
}

/** The tasks by `taskKey`; of two with one key the first stands. */
export function tasksByKey(tasks: readonly BoardTask[]): ReadonlyMap<string, BoardTask> {
  const known = new Map<string, BoardTask>();
  for (const task of tasks) {
    const key = keyOf(task);
    if (!known.has(key)) known.set(key, task);
  }
  return known;
}

/** The known dependencies of a task that are not met, each once, in the order the plan lists them. */
export function waitsOn(task: BoardTask, known: ReadonlyMap<string, BoardTask>, statusOf: StatusOf): readonly BoardTask[] {
  if (task.dependencies.length === 0 || isFinished(statusOf(task))) return [];
  const waiting = new Set<BoardTask>();
  for (const token of task.dependencies) {
    const dependency = known.get(taskKey(task.scope, token));
    if (dependency !== undefined && dependency !== task && !isMet(dependency, statusOf(dependency))) waiting.add(dependency);
  }
  return [...waiting];
}

// Recurring work never completes, so whatever waited for its end would wait for ever: that it is under way is enough.
const isMet = (dependency: BoardTask, status: Status): boolean => isFinished(status) || (dependency.recurring && status === "in-progress");
