import type { BoardTask, Hold } from "../words.ts";
import { inOrder, type OpenGraph, openGraph } from "./graph.ts";

/**
 * An unfinished task that stands in the way: it is blocked, or others wait for it while it waits for nobody.
 * `holdsUp` = the unfinished tasks behind it, near ones first, at most 20 of `count`; `hours` = the estimates of all of them;
 * `owners` = whoever owns any of them, each once.
 */
export type Blocker = {
  readonly task: BoardTask;
  readonly holdsUp: readonly BoardTask[];
  readonly count: number;
  readonly hours: number;
  readonly owners: readonly string[];
  readonly reasons: readonly Hold[];
};

/** The blockers, those that hold up the most hours first, then the most owners, then the most tasks, then in the plan's order. Circles are followed once. */
export function blockersOf(tasks: readonly BoardTask[]): readonly Blocker[] {
  const graph = openGraph(tasks);
  const inTheWay = graph.tasks.flatMap((task, at) =>
    task.state.status === "blocked" || (graph.waiting[at] === 0 && graph.dependants[at]?.length !== 0) ? [at] : [],
  );
  return measured(graph, inTheWay).toSorted((a, b) => b.hours - a.hours || b.owners.length - a.owners.length || b.count - a.count);
}

/** What one task holds up, whether it waits itself or not; null for a finished task. */
export function blockerAt(tasks: readonly BoardTask[], task: BoardTask): Blocker | null {
  const graph = openGraph(tasks);
  const at = graph.tasks.indexOf(task);
  return measured(graph, at === -1 ? [] : [at])[0] ?? null;
}

function measured(graph: OpenGraph, places: readonly number[]): readonly Blocker[] {
  const totals = totalsBehind(graph, places, { owners: true });
  return places.flatMap((at, index) => {
    const [task, total] = [graph.tasks[at], totals[index]];
    if (task === undefined || total === undefined) return [];
    const { count, hours, owners } = total;
    return [{ task, count, hours, owners: [...owners.values()], holdsUp: reached(graph, at, named), reasons: task.state.holds }];
  });
}

/** What each unfinished task holds up, near and far: how many tasks, and their hours. */
export function holdsUpIn(tasks: readonly BoardTask[]): ReadonlyMap<BoardTask, { readonly tasks: number; readonly hours: number }> {
  const graph = openGraph(tasks);
  const totals = totalsBehind(graph, [...graph.tasks.keys()], { owners: false });
  return new Map(graph.tasks.map((task, at) => [task, { tasks: totals[at]?.count ?? 0, hours: totals[at]?.hours ?? 0 }]));
}

type Total = { readonly count: number; readonly hours: number; readonly owners: ReadonlyMap<string, string> };

// A search from every blocker would cost blockers × tasks. Instead 32 blockers at a time walk the graph together, one bit each.
function totalsBehind(graph: OpenGraph, sources: readonly number[], told: { readonly owners: boolean }): readonly Total[] {
  const order = inOrder(graph);
  const totals = sources.map(() => ({ count: 0, hours: 0, owners: new Map<string, string>() }));
  const behind = new Int32Array(graph.tasks.length);
  const own = new Int32Array(graph.tasks.length);
  const names = graph.tasks.map(({ owner }) => (told.owners ? (owner?.trim().toLowerCase() ?? "") : ""));
  for (let first = 0; first < sources.length; first += 32) {
    behind.fill(0);
    own.fill(0);
    for (const [bit, at] of sources.slice(first, first + 32).entries()) own[at] = 1 << bit;
    for (const group of order) {
      // Each task of a circle stands behind every other one of it.
      let reached = 0;
      for (const at of group) reached |= (behind[at] ?? 0) | (group.length > 1 ? (own[at] ?? 0) : 0);
      for (const at of group) {
        for (const to of graph.dependants[at] ?? []) behind[to] = (behind[to] ?? 0) | reached | (own[at] ?? 0);
        for (let bits = reached & ~(own[at] ?? 0); bits !== 0; bits &= bits - 1) {
          const total = totals[first + 31 - Math.clz32(bits & -bits)];
          if (total === undefined) continue;
          total.count += 1;
          total.hours += graph.tasks[at]?.hours ?? 0;
          const owner = names[at] ?? "";
          if (owner !== "" && !total.owners.has(owner)) total.owners.set(owner, graph.tasks[at]?.owner?.trim() ?? owner);
        }
      }
    }
  }
  return totals;
}

const named = 20;

/** Asks for the unfinished tasks behind one, all of them, near ones first. */
export function behindIn(tasks: readonly BoardTask[]): (task: BoardTask) => readonly BoardTask[] {
  const graph = openGraph(tasks);
  const places = new Map(graph.tasks.map((task, at) => [task, at]));
  return (task) => {
    const at = places.get(task);
    return at === undefined ? [] : reached(graph, at, graph.tasks.length);
  };
}

function reached(graph: OpenGraph, from: number, most: number): readonly BoardTask[] {
  const seen = new Set([from]);
  const queue = [from];
  for (let i = 0; i < queue.length && seen.size <= most; i += 1) {
    for (const to of graph.dependants[queue[i] ?? 0] ?? []) {
      if (seen.has(to) || seen.size > most) continue;
      seen.add(to);
      queue.push(to);
    }
  }
  return queue.slice(1).flatMap((at) => graph.tasks[at] ?? []);
}
