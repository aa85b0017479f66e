import type { BoardTask } from "../words.ts";
import { keyOf } from "./task-key.ts";
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
    return some.toSorted((a, b) => (levelled.finish[b] ?? 0) - (levelled.finish[a] ?? 0) || byKey(a, b))[0];
  }

  function byKey(a: number, b: number): number {
    const [one, other] = [network.activities[a]?.task, network.activities[b]?.task];
    return one === undefined || other === undefined || keyOf(one) < keyOf(other) ? -1 : 1;
  }
}

/** Those of a chain with the most work left: what moves its end most. */
export function moversOf({ network }: Timetable, chain: readonly number[], most: number): readonly BoardTask[] {
  const activities = chain.flatMap((at) => network.activities[at] ?? []).filter(({ left }) => left > 0);
  return activities
    .toSorted((a, b) => b.left - a.left)
    .slice(0, most)
    .map(({ task }) => task);
}
