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
  const dependants = open.map(() => [] as number[]);
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
export function inOrder(graph: OpenGraph): readonly (readonly number[])[] {
  const size = graph.tasks.length;
  const seen = new Int32Array(size).fill(-1);
  const lowest = new Int32Array(size);
  const grouped = new Uint8Array(size);
  const next = new Int32Array(size);
  const path: number[] = [];
  const groups: number[][] = [];
  let clock = 0;
  for (let root = 0; root < size; root += 1) {
    if (seen[root] !== -1) continue;
    // A stack of our own: a chain of 100 000 tasks would overflow the call stack.
    const calls = [root];
    while (calls.length > 0) {
      const at = calls[calls.length - 1] ?? 0;
      if (seen[at] === -1) {
        seen[at] = clock;
        lowest[at] = clock;
        clock += 1;
        path.push(at);
      }
      const to = graph.dependants[at]?.[next[at] ?? 0];
      if (to !== undefined) {
        next[at] = (next[at] ?? 0) + 1;
        if (seen[to] === -1) calls.push(to);
        else if (grouped[to] === 0) lowest[at] = Math.min(lowest[at] ?? 0, seen[to] ?? 0);
        continue;
      }
      calls.pop();
      const caller = calls[calls.length - 1];
      if (caller !== undefined) lowest[caller] = Math.min(lowest[caller] ?? 0, lowest[at] ?? 0);
      if (lowest[at] === seen[at]) {
        const group = path.splice(path.lastIndexOf(at));
        for (const member of group) grouped[member] = 1;
        groups.push(group);
      }
    }
  }
  return groups.reverse();
}
