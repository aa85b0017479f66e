import type { BoardTask } from "../words.ts";
import type { Activity } from "./activity.ts";
import { byId } from "./task-key.ts";
import type { Timetable } from "./timetable.ts";

/**
 * The tasks that decide when the last of some activities is finished, in their order: each begins when the one before it ends, because it
 * depends on it or because the same person does both (the critical chain: E. M. Goldratt, "Critical Chain", 1997). Of equals the first by id.
 */
export function drivingChain({ network, levelled }: Timetable, places: readonly number[]): readonly number[] {
  const chain: number[] = [];
  for (let at = latest(places); at !== undefined; at = latest(driversOf(at))) chain.push(at);
  return chain.reverse();

  function driversOf(at: number): readonly number[] {
    const before = [...(network.predecessors[at] ?? []), levelled.after[at] ?? -1];
    return before.filter((one) => one !== -1 && levelled.finish[one] === levelled.start[at]);
  }

  function latest(some: readonly number[]): number | undefined {
    let [last] = some;
    for (const one of some) if (last !== undefined && isLater(one, last)) last = one;
    return last;
  }

  function isLater(a: number, b: number): boolean {
    const [one, other] = [network.activities[a]?.task, network.activities[b]?.task];
    const later = (levelled.finish[a] ?? 0) - (levelled.finish[b] ?? 0);
    return later > 0 || (later === 0 && one !== undefined && other !== undefined && byId(one, other) < 0);
  }
}

/** Those of a chain with the most work left: what moves its end most. Of equals the first by id. */
export function moversOf({ network }: Timetable, chain: readonly number[], most: number): readonly BoardTask[] {
  const best: Activity[] = [];
  for (const at of chain) {
    const one = network.activities[at];
    if (one === undefined || one.left === 0) continue;
    const below = best.findIndex((other) => one.left > other.left || (one.left === other.left && byId(one.task, other.task) < 0));
    best.splice(below === -1 ? best.length : below, 0, one);
    if (best.length > most) best.pop();
  }
  return best.map(({ task }) => task);
}
