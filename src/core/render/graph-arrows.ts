import type { GraphTask } from "./diagram-views.ts";

/** From the task waited for to the one that waits, by their places among the nodes. `thick`: both are critical. */
export type Arrow = { readonly from: number; readonly to: number; readonly thick: boolean };

/** Mermaid refuses a diagram of 500 (`mermaid-text.ts`), and people long before. */
export const mostArrows = 300;

/** For each task that has any, those it waits for and those that wait for it, in their order. */
export function neighbours(tasks: readonly GraphTask[]): ReadonlyMap<GraphTask, readonly GraphTask[]> {
  const near = new Map<GraphTask, GraphTask[]>();
  const join = (task: GraphTask, other: GraphTask): void => {
    const known = near.get(task);
    if (known === undefined) near.set(task, [other]);
    else known.push(other);
  };
  for (const [task, dependency] of edgesOf(tasks)) {
    join(task, dependency);
    join(dependency, task);
  }
  return near;
}

/** The arrows to draw. One that only says what a longer way says as well is none; `dropped` = how many found no room. */
export function arrowsAmong(nodes: readonly GraphTask[]): { readonly arrows: readonly Arrow[]; readonly dropped: number } {
  const place = new Map(nodes.map((task, at) => [task, at]));
  const next = nodes.map(() => new Set<number>());
  for (const [task, dependency] of edgesOf(nodes)) next[place.get(dependency) ?? -1]?.add(place.get(task) ?? -1);
  for (const [from, ends] of next.entries()) {
    for (const to of ends) if (leads(next, from, to)) ends.delete(to);
  }
  const all = next.flatMap((ends, from) =>
    [...ends].map((to) => ({ from, to, thick: nodes[from]?.critical === true && nodes[to]?.critical === true })),
  );
  return { arrows: all.slice(0, mostArrows), dropped: Math.max(0, all.length - mostArrows) };
}

/** Whether a way of more than one arrow leads there. */
function leads(next: readonly ReadonlySet<number>[], from: number, to: number): boolean {
  const seen = new Set([...(next[from] ?? [])].filter((at) => at !== to && at !== from));
  for (const at of seen) {
    for (const further of next[at] ?? []) {
      if (further === to) return true;
      if (further !== from) seen.add(further);
    }
  }
  return false;
}

/** Each waiting task with each task it waits for. Itself, what is twice, and what no task has as its key are passed over. */
function edgesOf(tasks: readonly GraphTask[]): readonly (readonly [GraphTask, GraphTask])[] {
  const known = new Map(tasks.map((task) => [task.key, task]));
  return tasks.flatMap((task) =>
    [...new Set(task.waitsFor)].flatMap((key) => {
      const dependency = known.get(key);
      return dependency === undefined || dependency === task ? [] : [[task, dependency] as const];
    }),
  );
}
