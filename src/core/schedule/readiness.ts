import { type BoardTask, type IssueName, isFinished, type Status } from "../words.ts";
import { keyOf, taskKey } from "./task-key.ts";

/** `waitingOnIssues` = what issues linked to the task wait for, as far as no task of the plan stands for it in `waitingOn`. */
export type Readiness = {
  readonly ready: boolean;
  readonly waitingOn: readonly BoardTask[];
  readonly waitingOnIssues: readonly IssueName[];
};

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
      const waitingOnIssues = openIssueWaits(task).filter((issue) => !waitingOn.some((other) => speaksFor(issue, other)));
      const ready = task.state.status === "todo" && waitingOn.length === 0 && waitingOnIssues.length === 0;
      return [key, { ready, waitingOn, waitingOnIssues }];
    }),
  );
}

/** Tasks by `taskKey`: a map of them, or what finds them as one would. */
export type KnownTasks = Pick<ReadonlyMap<string, BoardTask>, "get" | "values">;

/** The tasks by `taskKey`; of two with one key the first stands. */
export function tasksByKey(tasks: readonly BoardTask[]): ReadonlyMap<string, BoardTask> {
  const known = new Map<string, BoardTask>();
  for (const task of tasks) {
    const key = keyOf(task);
    if (!known.has(key)) known.set(key, task);
  }
  return known;
}

/** What the issues of an unfinished task wait for, each once. An issue of which nothing is known here is waited for. */
export function openIssueWaits(task: BoardTask): readonly IssueName[] {
  if (isFinished(task.state.status)) return [];
  const names = task.state.issues.flatMap(({ waitsFor }) => waitsFor);
  return [...new Map(names.map((name) => [`${name.repository ?? ""}#${name.number}`, name])).values()];
}

/** Whether an issue that somebody waits for is one of this task's. */
const speaksFor = ({ repository, number }: IssueName, task: BoardTask): boolean =>
  repository === null && task.state.issues.some((issue) => issue.number === number);

/** The known dependencies of a task that are not met, each once, in the order the plan lists them; then tasks whose issues its own wait for. */
export function waitsOn(task: BoardTask, known: KnownTasks, statusOf: StatusOf): readonly BoardTask[] {
  const issues = openIssueWaits(task);
  if ((task.dependencies.length === 0 && issues.length === 0) || isFinished(statusOf(task))) return [];
  const waiting = new Set<BoardTask>();
  for (const token of task.dependencies) {
    const dependency = known.get(taskKey(task.scope, token));
    if (dependency !== undefined && dependency !== task && !isMet(dependency, statusOf(dependency))) waiting.add(dependency);
  }
  // Few tasks wait for issues, so the others are looked through for each instead of being kept by issue.
  for (const other of issues.length === 0 ? [] : known.values())
    if (other !== task && !isFinished(statusOf(other)) && issues.some((issue) => speaksFor(issue, other))) waiting.add(other);
  return [...waiting];
}

// Recurring work never completes, so whatever waited for its end would wait for ever: that it is under way is enough.
const isMet = (dependency: BoardTask, status: Status): boolean => isFinished(status) || (dependency.recurring && status === "in-progress");
