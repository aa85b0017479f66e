import type { Board, BoardTask } from "../words.ts";
import type { TaskIndex } from "./task-index.ts";

/** Whence the hours of a task are taken; `parts` = it is worked on through its parts and has none of its own. */
export const sources = ["own", "parts", "parent", "phase", "plan", "repository", "day"] as const;
export type Source = (typeof sources)[number];
/** The whole work of a task, in hours of one person. */
export type Estimate = { readonly hours: number; readonly from: Source };

/**
 * The estimate of each task, by place. One without hours takes its share of what its parent has left, else the median of its phase, of its
 * plan, of all plans, and where nobody estimates anything a day. A median, because estimates are skewed: one of 400 hours among twenty of
 * 4 must not speak for the rest.
 */
export function estimatesOf(
  index: TaskIndex,
  parts: ReadonlyMap<number, readonly number[]>,
  hoursPerDay: number,
): (place: number) => Estimate {
  const shares = sharesOf(index, parts);
  let medians: ReadonlyMap<string, number> | null = null;
  return (place) => {
    const task = index.tasks[place];
    if (task === undefined || parts.has(place)) return { hours: 0, from: "parts" };
    if (task.hours !== null) return { hours: task.hours, from: "own" };
    const share = shares.get(place);
    if (share !== undefined) return { hours: share, from: "parent" };
    medians ??= mediansOf(index, parts);
    for (const [from, group] of groupsOf(task, index.plans[place] ?? 0)) {
      const hours = medians.get(group);
      if (hours !== undefined) return { hours, from };
    }
    return { hours: hoursPerDay, from: "day" };
  };
}

/**
 * Whether dates of these plans would say something: at least half of what is left to do has an estimate, or a parent that may have one.
 * Dates made of medians alone are noise.
 */
export function isEstimated(boards: readonly Board[]): boolean {
  const open = boards
    .flatMap((board) => board.tasks)
    .filter(({ state, recurring }) => !recurring && state.status !== "completed" && state.status !== "deferred");
  const estimated = open.filter(({ hours, parent }) => hours !== null || parent !== null);
  return estimated.length > 0 && estimated.length * 2 >= open.length;
}

/** The middle one of some numbers, or the mean of the two in the middle; undefined of none. */
export function median(numbers: readonly number[]): number | undefined {
  const sorted = numbers.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? undefined : (low + high) / 2;
}

function sharesOf({ tasks }: TaskIndex, parts: ReadonlyMap<number, readonly number[]>): ReadonlyMap<number, number> {
  const shares = new Map<number, number>();
  for (const [parent, places] of parts) {
    const whole = tasks[parent]?.hours ?? null;
    const unsaid = places.filter((place) => tasks[place]?.hours === null && !parts.has(place));
    if (whole === null || unsaid.length === 0) continue;
    const said = places.reduce((sum, place) => sum + (tasks[place]?.hours ?? 0), 0);
    if (whole > said) for (const place of unsaid) shares.set(place, (whole - said) / unsaid.length);
  }
  return shares;
}

function mediansOf({ tasks, plans }: TaskIndex, parts: ReadonlyMap<number, readonly number[]>): ReadonlyMap<string, number> {
  const hours = new Map<string, number[]>();
  for (const [place, task] of tasks.entries()) {
    if (task.hours === null || task.recurring || parts.has(place)) continue;
    for (const [, group] of groupsOf(task, plans[place] ?? 0)) {
      const others = hours.get(group);
      if (others === undefined) hours.set(group, [task.hours]);
      else others.push(task.hours);
    }
  }
  return new Map([...hours].map(([group, numbers]) => [group, median(numbers) ?? 0]));
}

/** The groups a task may take its hours from, the nearest first. */
function groupsOf({ phase }: BoardTask, plan: number): readonly (readonly [Source, string])[] {
  const wider = [["plan", `${plan}`] as const, ["repository", ""] as const];
  return phase === null || phase.trim() === "" ? wider : [["phase", `${plan}\n${phase.trim().toLowerCase()}`] as const, ...wider];
}
