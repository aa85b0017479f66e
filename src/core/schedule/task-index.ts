import { type Board, type BoardTask, isFinished, type Scope, type Status, type Token } from "../words.ts";
import type { KnownTasks } from "./readiness.ts";
import { byId } from "./task-key.ts";

/**
 * The tasks of some plans, each (scope, token) once. They are named by their place in `tasks`; `plans` tells in which board each stands,
 * `placeOf` names the place of each (-1 of any other), `dependencies` which tasks each depends on, as far as they are known (`dangling` = those with others beside), and `parents` which one it is a part of; -1 for none.
 */
export type TaskIndex = {
  readonly tasks: readonly BoardTask[];
  readonly plans: readonly number[];
  readonly placeOf: (task: BoardTask) => number;
  readonly dependencies: readonly (readonly number[])[];
  readonly dangling: readonly number[];
  readonly parents: Int32Array;
  readonly find: (scope: Scope, token: Token) => number | undefined;
  /** Where each task stands by priority, then id, so that the order of rows says nothing. Sorted when it is first asked for. */
  readonly ranks: () => Int32Array;
  /** The same tasks by `taskKey`. */
  readonly known: KnownTasks;
};

// A map of maps: to make one string of scope and id for every dependency of every task would cost more than all the rest. None by task:
// objects as keys cost four times as much as their ids.
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
  const dependencies: (readonly number[])[] = [];
  const dangling: number[] = [];
  const parents = new Int32Array(tasks.length).fill(-1);
  let ranks: Int32Array | null = null;
  let last = -1;
  const find = (scope: Scope, token: Token): number | undefined => places.get(scope)?.get(token);
  for (const [place, task] of tasks.entries()) {
    const known = task.dependencies.length === 0 ? none : dependenciesOf(task, find);
    dependencies[place] = known;
    if (known.length < task.dependencies.length) dangling.push(place);
    if (task.parent !== null) parents[place] = find(task.scope, task.parent) ?? -1;
  }
  // Tasks are mostly asked for in their order, all of a plan or those of a milestone: to look on a little takes less than to look up an id.
  const nearBehind = (place: number, task: BoardTask): number | undefined => {
    for (let at = place + 1; at <= place + near; at += 1) if (tasks[at] === task) return at;
    return undefined;
  };
  return {
    tasks,
    plans,
    placeOf: (task) => {
      const place = nearBehind(last, task) ?? find(task.scope, task.token) ?? -1;
      if (tasks[place] !== task) return -1;
      last = place;
      return place;
    },
    dependencies,
    dangling,
    parents,
    find,
    ranks: () => {
      ranks ??= ranksOf(tasks);
      return ranks;
    },
    known: {
      values: () => tasks.values(),
      // A token never holds `#`.
      get: (key) => tasks[find(key.slice(0, key.lastIndexOf("#")), key.slice(key.lastIndexOf("#") + 1)) ?? -1],
    },
  };
}

const none: readonly number[] = [];
const lastPriority = 5;
const near = 16;

function ranksOf(tasks: readonly BoardTask[]): Int32Array {
  // Rows mostly stand in the order of their ids: sorted by them alone first, most is in order already.
  const order = tasks.map((task, place) => ({ task, place, priority: task.priority ?? lastPriority })).sort((a, b) => byId(a.task, b.task));
  const ranks = new Int32Array(tasks.length);
  for (const [rank, { place }] of order.sort((a, b) => a.priority - b.priority).entries()) ranks[place] = rank;
  return ranks;
}

function dependenciesOf({ scope, dependencies }: BoardTask, find: TaskIndex["find"]): readonly number[] {
  const places: number[] = [];
  for (const token of dependencies) {
    const place = find(scope, token);
    if (place !== undefined) places.push(place);
  }
  return places;
}

/** The parts of each task that has some, deferred ones left out. Whoever is a part of himself, however far down, has no parent. */
export function partsOf(index: TaskIndex, statuses: readonly Status[]): ReadonlyMap<number, readonly number[]> {
  const parts = new Map<number, number[]>();
  for (const [place, above] of index.parents.entries()) {
    if (above === -1 || statuses[place] === "deferred") continue;
    const parent = parentsOf(index, place)[0];
    if (parent === undefined) continue;
    const others = parts.get(parent);
    if (others === undefined) parts.set(parent, [place]);
    else others.push(place);
  }
  return parts;
}

/** Those that a task is a part of, the nearest first; none where they go round in a circle. */
export function parentsOf({ parents }: TaskIndex, place: number): readonly number[] {
  if (parents[place] === -1) return none;
  const above: number[] = [];
  for (let one = parents[place] ?? -1; one !== -1; one = parents[one] ?? -1) {
    if (one === place || above.includes(one)) return none;
    above.push(one);
  }
  return above;
}

/** Whether there is work left to be planned: it is neither finished nor goes on for ever. */
export const isOpen = (task: BoardTask, status: Status): boolean => !isFinished(status) && !task.recurring;
