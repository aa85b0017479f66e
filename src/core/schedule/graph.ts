import { type BoardTask, isFinished } from "../words.ts";
import { presentStatus, tasksByKey, waitsOn } from "./readiness.ts";
import { keyOf } from "./task-key.ts";

/** The unfinished tasks and what waits for what among them. Tasks are named by their place in `tasks`. */
export type OpenGraph = {
  readonly tasks: readonly BoardTask[];
  /** For each task, those that wait for it directly. */
  readonly dependants: readonly (readonly number[])[];
  /** For each task, how many unfinished tasks it waits for directly. */
  readonly waiting: readonly number[];
};

/** The graph of the unfinished tasks. Edges from finished tasks, to unknown ids and to itself hold nothing up and are left out. */
export function openGraph(tasks: readonly BoardTask[]): OpenGraph {
  const known = tasksByKey(tasks);
  const open = [...known.values()].filter((task) => !isFinished(task.state.status));
  const place = new Map(open.map((task, index) => [keyOf(task), index]));
  const dependants = open.map((): number[] => []);
  const waiting = open.map((task, index) => {
    const unmet = waitsOn(task, known, presentStatus);
    for (const dependency of unmet) dependants[place.get(keyOf(dependency)) ?? -1]?.push(index);
    return unmet.length;
  });
  return { tasks: open, dependants, waiting };
}

/**
 * The tasks in an order in which each stands after all it waits for. Tasks that wait for each other in a circle come as one group.
 * Tarjan, "Depth-first search and linear graph algorithms", SIAM J. Comput. 1 (1972): linear in tasks and edges.
 */
export function inOrder({ dependants }: Pick<OpenGraph, "dependants">): readonly (readonly number[])[] {
  const size = dependants.length;
  const met = new Int32Array(size).fill(-1);
  const earliest = new Int32Array(size);
  const followed = new Int32Array(size);
  const grouped = new Uint8Array(size);
  const path: number[] = [];
  const groups: number[][] = [];
  let clock = 0;

  const reaches = (at: number, time: number | undefined): void => {
    earliest[at] = Math.min(earliest[at] ?? 0, time ?? 0);
  };
  const enter = (at: number): void => {
    met[at] = clock;
    earliest[at] = clock;
    clock += 1;
    path.push(at);
  };
  const leave = (at: number): void => {
    if (earliest[at] !== met[at]) return;
    const group = path.splice(path.lastIndexOf(at));
    for (const member of group) grouped[member] = 1;
    groups.push(group);
  };

  for (const root of dependants.keys()) {
    // A stack of our own: a chain of 100 000 tasks would overflow the call stack.
    const calls = met[root] === -1 ? [root] : [];
    for (let at = calls.at(-1); at !== undefined; at = calls.at(-1)) {
      if (met[at] === -1) enter(at);
      const to = dependants[at]?.[followed[at] ?? 0];
      if (to === undefined) {
        leave(at);
        calls.pop();
        const caller = calls.at(-1);
        if (caller !== undefined) reaches(caller, earliest[at]);
        continue;
      }
      followed[at] = (followed[at] ?? 0) + 1;
      if (met[to] === -1) calls.push(to);
      else if (grouped[to] === 0) reaches(at, met[to]);
    }
  }
  return groups.reverse();
}
