import type { Network } from "./network.ts";
import { byId } from "./task-key.ts";

/**
 * When each activity can take place if only its dependencies hold it up, in minutes as in `Activity`.
 * `slack` (total slack or float) = how much later it may begin without its plan ending later; `freeSlack` = without any other beginning
 * later; `ends` = when the last activity of each plan is finished at the earliest.
 */
export type Times = {
  readonly earliestStart: Float64Array;
  readonly earliestFinish: Float64Array;
  readonly latestStart: Float64Array;
  readonly latestFinish: Float64Array;
  readonly slack: Float64Array;
  readonly freeSlack: Float64Array;
  readonly ends: readonly number[];
};

/**
 * The critical path method: one pass forward for the earliest times, one backward from each plan's end for the latest.
 * J. E. Kelley and M. R. Walker, "Critical-path planning and scheduling", Proc. Eastern Joint Computer Conference (1959) 160–173;
 * total and free slack as in F. S. Hillier and G. J. Lieberman, "Introduction to Operations Research", chapter on PERT/CPM.
 * Each plan has an end of its own: measured by the longest plan of the repository, all others would have slack and none a critical path.
 */
export function timesOf({ activities, predecessors }: Network): Times {
  const size = activities.length;
  const [earliestStart, earliestFinish] = [new Float64Array(size), new Float64Array(size)];
  const ends: number[] = [];
  for (const [at, { left, release, plan }] of activities.entries()) {
    let start = release;
    for (const before of predecessors[at] ?? []) start = Math.max(start, earliestFinish[before] ?? 0);
    earliestStart[at] = start;
    earliestFinish[at] = start + left;
    ends[plan] = Math.max(ends[plan] ?? 0, start + left);
  }
  const [latestStart, latestFinish] = [new Float64Array(size), new Float64Array(size).fill(Number.POSITIVE_INFINITY)];
  const nextStart = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
  const [slack, freeSlack] = [new Float64Array(size), new Float64Array(size)];
  for (let at = size - 1; at >= 0; at -= 1) {
    const { left = 0, plan = 0 } = activities[at] ?? {};
    const finish = Math.min(latestFinish[at] ?? 0, ends[plan] ?? 0);
    const [start, begins] = [finish - left, earliestStart[at] ?? 0];
    latestFinish[at] = finish;
    latestStart[at] = start;
    slack[at] = start - begins;
    freeSlack[at] = Math.min(nextStart[at] ?? 0, ends[plan] ?? 0) - (earliestFinish[at] ?? 0);
    for (const before of predecessors[at] ?? []) {
      latestFinish[before] = Math.min(latestFinish[before] ?? 0, start);
      nextStart[before] = Math.min(nextStart[before] ?? 0, begins);
    }
  }
  return { earliestStart, earliestFinish, latestStart, latestFinish, slack, freeSlack, ends };
}

/** The critical paths of one plan: `paths` names places in the network, at most as many as were asked for of `count`. */
export type CriticalPaths = { readonly count: number; readonly paths: readonly (readonly number[])[] };

/**
 * Every longest way through a plan: from an activity that waits for none of the others on it to one that ends with the plan, each of no
 * slack and each beginning as the one before it ends. There can be more of them than could ever be listed, so they are counted by
 * adding up and listed only up to `most`.
 */
export function criticalPathsOf(
  network: Network,
  times: Times,
  { plan, most }: { readonly plan: number; readonly most: number },
): CriticalPaths {
  const links = criticalLinks(network, times, plan);
  const ways = new Map<number, number>();
  const goesOn = new Set<number>();
  for (const [at, before] of links) {
    ways.set(at, before.length === 0 ? 1 : before.reduce((sum, one) => sum + (ways.get(one) ?? 0), 0));
    for (const one of before) goesOn.add(one);
  }
  const last = [...links.keys()].filter((at) => !goesOn.has(at)).sort(byKey(network));
  return { count: last.reduce((sum, at) => sum + (ways.get(at) ?? 0), 0), paths: pathsTo(last, links, most) };
}

/** The activities of no slack, in topological order, each with those it follows at once. */
type Links = ReadonlyMap<number, readonly number[]>;

function criticalLinks({ activities, predecessors }: Network, times: Times, plan: number): Links {
  const isCritical = (at: number): boolean => times.slack[at] === 0 && activities[at]?.plan === plan;
  const links = new Map<number, readonly number[]>();
  for (const at of activities.keys()) {
    if (!isCritical(at)) continue;
    const start = times.earliestStart[at];
    const before = (predecessors[at] ?? []).filter((one) => isCritical(one) && times.earliestFinish[one] === start);
    links.set(at, before.sort(byKey({ activities })));
  }
  return links;
}

// Which paths are listed, where not all are, must not hang on the order of rows.
const byKey =
  ({ activities }: Pick<Network, "activities">) =>
  (a: number, b: number): number => {
    const [one, other] = [activities[a]?.task, activities[b]?.task];
    return one === undefined || other === undefined ? 0 : byId(one, other);
  };

/** Goes back from each last activity, the nearest branch first; every way back ends at a beginning, so none is walked in vain. */
function pathsTo(last: readonly number[], links: Links, most: number): readonly (readonly number[])[] {
  type Way = { readonly at: number; readonly next: Way | null };
  const open: Way[] = last.map((at) => ({ at, next: null })).reverse();
  const paths: (readonly number[])[] = [];
  for (let way = open.pop(); way !== undefined && paths.length < most; way = open.pop()) {
    const before = links.get(way.at) ?? [];
    for (const at of before.toReversed()) open.push({ at, next: way });
    if (before.length > 0) continue;
    const path: number[] = [];
    for (let one: Way | null = way; one !== null; one = one.next) path.push(one.at);
    paths.push(path);
  }
  return paths;
}
