import { type Board, type BoardTask, isFinished, type Scope, type Token } from "../words.ts";
import type { StatusOf } from "./readiness.ts";

/** The tasks of some plans, each (scope, token) once. They are named by their place in `tasks`; `plans` tells in which board each stands. */
export type TaskIndex = {
  readonly tasks: readonly BoardTask[];
  readonly plans: readonly number[];
  readonly find: (scope: Scope, token: Token) => number | undefined;
};

// A map of maps: to make one string of scope and id for every dependency of every task would cost more than all the rest.
export function indexOf(boards: readonly Board[]): TaskIndex {
  const places = new Map<Scope, Map<Token, number>>();
  const tasks: BoardTask[] = [];
  const plans: number[] = [];
  for (const [plan, board] of boards.entries()) {
    for (const task of board.tasks) {
      const scope = places.get(task.scope) ?? new Map<Token, number>();
      if (scope.size === 0) places.set(task.scope, scope);
      if (scope.has(task.token)) continue;
      scope.set(task.token, tasks.length);
      tasks.push(task);
      plans.push(plan);
    }
  }
  return { tasks, plans, find: (scope, token) => places.get(scope)?.get(token) };
}

/** The parts of each task that has some, deferred ones left out. Whoever is a part of himself, however far down, has no parent. */
export function partsOf(index: TaskIndex, statusOf: StatusOf): ReadonlyMap<number, readonly number[]> {
  const parts = new Map<number, number[]>();
  for (const [place, task] of index.tasks.entries()) {
    const parent = task.parent === null || statusOf(task) === "deferred" ? undefined : parentsOf(index, place)[0];
    if (parent === undefined) continue;
    const others = parts.get(parent);
    if (others === undefined) parts.set(parent, [place]);
    else others.push(place);
  }
  return parts;
}

/** Those that a task is a part of, the nearest first; none where they go round in a circle. */
export function parentsOf(index: TaskIndex, place: number): readonly number[] {
  const above: number[] = [];
  for (let one = parentOf(index, place); one !== undefined; one = parentOf(index, one)) {
    if (one === place || above.includes(one)) return [];
    above.push(one);
  }
  return above;
}

function parentOf({ tasks, find }: TaskIndex, place: number): number | undefined {
  const task = tasks[place];
  return task === undefined || task.parent === null ? undefined : find(task.scope, task.parent);
}

/** Whether there is work left to be planned: it is neither finished nor goes on for ever. */
export const isOpen = (task: BoardTask, statusOf: StatusOf): boolean => !isFinished(statusOf(task)) && !task.recurring;
