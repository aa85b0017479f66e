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
  const sizeOf = places.length > bits ? totalsBehind(graph) : (at: number) => sizeOfAll(reached(graph, at, graph.tasks.length));
  const ownersOf = ownersBehind(graph);
  return places.flatMap((at) => {
    const task = graph.tasks[at];
    if (task === undefined) return [];
    const { tasks: count, hours } = sizeOf(at);
    return [{ task, count, hours, owners: ownersOf(at), holdsUp: reached(graph, at, named), reasons: task.state.holds }];
  });
}

/** What each unfinished task holds up, near and far: how many tasks, and their hours. */
export function holdsUpIn(tasks: readonly BoardTask[]): ReadonlyMap<BoardTask, Size> {
  const graph = openGraph(tasks);
  const sizeOf = totalsBehind(graph);
  return new Map(graph.tasks.map((task, at) => [task, sizeOf(at)]));
}

type Size = { readonly tasks: number; readonly hours: number };

const sizeOfAll = (tasks: readonly BoardTask[]): Size => ({
  tasks: tasks.length,
  hours: tasks.reduce((sum, { hours }) => sum + (hours ?? 0), 0),
});

const bits = 32;

/**
 * Asks for the size of what stands behind a place. A search from every task would cost tasks × tasks. Instead 32 tasks at a time are sought
 * from all others together, one bit each, those that wait first: every task then knows by its bits which of the 32 stand behind it.
 */
function totalsBehind(graph: OpenGraph): (at: number) => Size {
  const size = graph.tasks.length;
  const order = inOrder(graph).toReversed();
  const [tasks, hours] = [new Int32Array(size), new Float64Array(size)];
  const [behind, own] = [new Int32Array(size), new Int32Array(size)];
  for (let first = 0; first < size; first += bits) {
    behind.fill(0);
    own.fill(0);
    const sought = graph.tasks.slice(first, first + bits);
    for (const bit of sought.keys()) own[first + bit] = 1 << bit;
    const hoursOf = sumsOf(sought.map((task) => task.hours ?? 0));
    for (const group of order) {
      let reached = 0;
      for (const at of group) for (const to of graph.dependants[at] ?? []) reached |= (behind[to] ?? 0) | (own[to] ?? 0);
      // What is found behind one task of a circle stands behind all of it; they wait for each other, so for each other's own bits too.
      for (const at of group) {
        behind[at] = reached;
        const found = reached & ~(own[at] ?? 0);
        if (found === 0) continue;
        tasks[at] = (tasks[at] ?? 0) + countOf(found);
        hours[at] = (hours[at] ?? 0) + hoursOf(found);
      }
    }
  }
  return (at) => ({ tasks: tasks[at] ?? 0, hours: hours[at] ?? 0 });
}

/** How many bits are set: H. S. Warren, "Hacker's Delight", figure 5-2. */
function countOf(word: number): number {
  const pairs = word - ((word >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

/** Asks for the sum of the numbers whose bits are set, by four tables of the sums of eight. */
function sumsOf(numbers: readonly number[]): (word: number) => number {
  const sums = new Float64Array(4 * 256);
  for (let byte = 0; byte < 4; byte += 1) {
    for (let word = 1; word < 256; word += 1) {
      const lowest = 31 - Math.clz32(word & -word);
      sums[byte * 256 + word] = (sums[byte * 256 + (word & (word - 1))] ?? 0) + (numbers[byte * 8 + lowest] ?? 0);
    }
  }
  return (word) =>
    (sums[word & 255] ?? 0) +
    (sums[256 + ((word >>> 8) & 255)] ?? 0) +
    (sums[512 + ((word >>> 16) & 255)] ?? 0) +
    (sums[768 + (word >>> 24)] ?? 0);
}

/** Asks who owns any of the tasks behind a place, each once. */
function ownersBehind(graph: OpenGraph): (at: number) => readonly string[] {
  const names = graph.tasks.map(({ owner }) => owner?.trim() ?? "");
  const keyAt = (at: number): string => names[at]?.toLowerCase() ?? "";
  const behind: ReadonlyMap<string, string>[] = [];
  // By the place of a task in a circle: its own owner, whom nobody else behind it has.
  const alone = new Map<number, string>();
  for (const group of inOrder(graph).toReversed()) {
    const met = new Map<string, string>();
    const add = (at: number): void => {
      if (keyAt(at) !== "" && !met.has(keyAt(at))) met.set(keyAt(at), names[at] ?? "");
    };
    const members = new Set(group);
    for (const to of group.flatMap((at) => graph.dependants[at] ?? [])) {
      if (members.has(to)) continue;
      add(to);
      for (const [key, name] of behind[to] ?? []) if (!met.has(key)) met.set(key, name);
    }
    for (const at of group) behind[at] = met;
    if (group.length === 1) continue;
    const keys = group.map(keyAt);
    for (const at of group) if (!met.has(keyAt(at)) && keys.indexOf(keyAt(at)) === keys.lastIndexOf(keyAt(at))) alone.set(at, keyAt(at));
    for (const at of group) add(at);
  }
  return (at) => [...(behind[at] ?? [])].flatMap(([key, name]) => (alone.get(at) === key ? [] : [name]));
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
