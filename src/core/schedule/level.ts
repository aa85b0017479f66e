import type { Configuration } from "../words.ts";
import type { Activity } from "./activity.ts";
import { crewOf } from "./crew.ts";
import type { Times } from "./critical-path.ts";
import { release, turnedRound } from "./flat-links.ts";
import { earliestIn, type Lane, takeIn } from "./lane.ts";
import type { Network } from "./network.ts";
import { rankQueue } from "./rank-queue.ts";

/**
 * When each activity takes place if everybody does one thing at a time, in minutes as in `Activity`. `after` = what the same person does
 * just before, by place; -1 where that is nothing. `rate` = which part of a working day he has for it: half a person takes twice as long.
 */
export type Levelled = {
  readonly start: Float64Array;
  readonly finish: Float64Array;
  readonly after: Int32Array;
  readonly rate: Float64Array;
};

/**
 * Resource levelling by the serial schedule generation scheme: of the activities whose predecessors are all placed, the one of the best rank
 * is placed as early as its dependencies and a free person allow, in gaps too. Ranks by the latest finish (LFT), the best of the simple
 * rules with the least slack (R. Kolisch, "Serial and parallel resource-constrained project scheduling methods revisited", European J.
 * of Operational Research 90 (1996) 320–333), put off by as much as the work of the busiest owner outlasts the network; a due date counts
 * as a latest finish for the task and all before it, so that what is due before the likely end comes first.
 * What has begun comes first: nobody drops it. Ties by slack, priority, then id, so that the order of rows says nothing.
 * Work is not split, and one task is one person's: a second one behind an owner's name does the next task.
 */
export function level(network: Network, times: Times, capacity: Configuration["capacity"]): Levelled {
  const { activities, predecessors } = network;
  const size = activities.length;
  const [start, finish, rate] = [new Float64Array(size), new Float64Array(size), new Float64Array(size).fill(1)];
  const laneOf = new Array<Lane | null>(size).fill(null);
  const lanes = lanesOf(activities, capacity);
  for (const at of inTurn(network, ranked(network, times, capacity))) {
    const activity = activities[at];
    if (activity === undefined) continue;
    let from = activity.release;
    for (const before of predecessors[at] ?? []) from = Math.max(from, finish[before] ?? 0);
    const found = activity.left === 0 ? null : firstFree(lanes(activity), from, activity.left);
    start[at] = found?.start ?? from;
    finish[at] = (start[at] ?? 0) + (found?.duration ?? 0);
    if (found === null) continue;
    rate[at] = found.lane.rate;
    takeIn(found.lane, found.start, found.duration);
    laneOf[at] = found.lane;
  }
  return { start, finish, rate, after: beforeOn(laneOf, start) };
}

type Found = { readonly lane: Lane; readonly start: number; readonly duration: number };

/** The lane on which the work is finished first; of equals the first one. */
function firstFree(lanes: readonly Lane[], from: number, left: number): Found | null {
  let best: Found | null = null;
  for (const lane of lanes) {
    const duration = left / lane.rate;
    // Lanes stand in the order of their rates, so one that is free at once cannot be beaten.
    const start = earliestIn(lane, from, duration);
    if (best === null || start + duration < best.start + best.duration) best = { lane, start, duration };
    if (best.start === from && best.lane.rate === 1) break;
  }
  return best;
}

/** A lane for each person behind each name, whole people first. No more than there are tasks: thousands of idle people cost time. */
function lanesOf(activities: readonly Activity[], capacity: Configuration["capacity"]): (activity: Activity) => readonly Lane[] {
  const { peopleBehind } = crewOf(capacity);
  const wanted = new Map<string, number>();
  for (const { owners, left } of activities) if (left > 0) for (const name of owners) wanted.set(name, (wanted.get(name) ?? 0) + 1);
  const byName = new Map([...wanted].map(([name, tasks]) => [name, lanesFor(peopleBehind(name), tasks)]));
  return ({ owners }) => {
    if (owners.length === 1) return byName.get(owners[0] ?? "") ?? [];
    return owners.flatMap((one) => byName.get(one) ?? []).toSorted((a, b) => b.rate - a.rate);
  };
}

function lanesFor(people: number, tasks: number): readonly Lane[] {
  const whole = Math.floor(people);
  const rest = people - whole;
  const rates = Array.from({ length: Math.min(whole, tasks) }, () => 1);
  // Less than an hour a month is nobody.
  return (rest > 0.005 && whole < tasks ? [...rates, rest] : rates).map((rate) => ({ rate, gaps: [], free: 0 }));
}

/** Places in the order in which they are to be placed: of those whose predecessors are, always the best. */
function inTurn(network: Network, order: readonly number[]): readonly number[] {
  const rankOf = new Int32Array(order.length);
  for (const [rank, at] of order.entries()) rankOf[at] = rank;
  // What others wait for is mostly the more urgent: then nothing has to wait its turn.
  return isInOrder(network, rankOf) ? order : byQueue(network, { order, rankOf });
}

function isInOrder({ predecessors }: Network, rankOf: Int32Array): boolean {
  return predecessors.every((before, at) => {
    const rank = rankOf[at] ?? 0;
    return before.every((one) => (rankOf[one] ?? 0) < rank);
  });
}

type Ranks = { readonly order: readonly number[]; readonly rankOf: Int32Array };

function byQueue({ predecessors }: Network, { order, rankOf }: Ranks): readonly number[] {
  const behind = turnedRound(predecessors);
  const waiting = Int32Array.from(predecessors, (before) => before.length);
  const queue = rankQueue();
  const push = (at: number): void => queue.push(rankOf[at] ?? 0);
  for (const [at, count] of waiting.entries()) if (count === 0) push(at);
  const turn: number[] = [];
  for (let rank = queue.pop(); rank !== undefined; rank = queue.pop()) {
    const at = order[rank] ?? -1;
    turn.push(at);
    release(behind, at, waiting, push);
  }
  return turn;
}

function ranked({ activities, predecessors }: Network, times: Times, capacity: Configuration["capacity"]): readonly number[] {
  const spare = spareOf(activities, times, capacity);
  const urgency = Float64Array.from(activities, ({ target }, at) => Math.min(target, (times.latestFinish[at] ?? 0) + spare));
  for (let at = activities.length - 1; at >= 0; at -= 1) {
    const begins = (urgency[at] ?? 0) - (activities[at]?.left ?? 0);
    for (const before of predecessors[at] ?? []) urgency[before] = Math.min(urgency[before] ?? 0, begins);
  }
  const waits = Uint8Array.from(activities, ({ began }) => (began === null ? 1 : 0));
  const plain = Int32Array.from(activities, ({ rank }) => rank);
  return [...activities.keys()].sort(
    (a, b) =>
      (waits[a] ?? 0) - (waits[b] ?? 0) ||
      (urgency[a] ?? 0) - (urgency[b] ?? 0) ||
      (times.slack[a] ?? 0) - (times.slack[b] ?? 0) ||
      (plain[a] ?? 0) - (plain[b] ?? 0),
  );
}

/** How much longer than the network the work of the busiest owner takes: without it every due date would look late, and none would matter. */
function spareOf(activities: readonly Activity[], { ends }: Times, capacity: Configuration["capacity"]): number {
  const { peopleBehind } = crewOf(capacity);
  const work = new Map<string, number>();
  for (const { owners, left } of activities) for (const name of owners) work.set(name, (work.get(name) ?? 0) + left / owners.length);
  const longest = Math.max(0, ...[...work].map(([name, minutes]) => minutes / peopleBehind(name)));
  return Math.max(0, longest - Math.max(0, ...ends));
}

function beforeOn(laneOf: readonly (Lane | null)[], start: Float64Array): Int32Array {
  const onLane = new Map<Lane, number[]>();
  for (const [at, lane] of laneOf.entries()) {
    if (lane === null) continue;
    const others = onLane.get(lane);
    if (others === undefined) onLane.set(lane, [at]);
    else others.push(at);
  }
  const after = new Int32Array(start.length).fill(-1);
  for (const places of onLane.values()) {
    places.sort((a, b) => (start[a] ?? 0) - (start[b] ?? 0));
    for (const [index, at] of places.entries()) after[at] = places[index - 1] ?? -1;
  }
  return after;
}
