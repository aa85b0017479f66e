import { performance } from "node:perf_hooks";
import type pg from "pg";
import { addReadings } from "../../src/postgres/add-readings.ts";
import type { Lanes } from "../../src/postgres/lanes.ts";
import { type NewRow, putIntoInbox } from "../../src/postgres/put-into-inbox.ts";
import { deliveries, planReading } from "./deliveries.ts";

export type Stage = { readonly pool: pg.Pool; readonly lanes: Lanes };

/** A repository with its plan, and the deliveries it is still to get, in order and without end. */
export type Lane = { readonly name: string; readonly deliveries: Iterator<NewRow, never> };

let repositories = 0;

/** New repositories whose plans have been read; their deliveries speak of the first `named` tasks. */
export async function importPlans(
  { pool, lanes }: Stage,
  plans: { readonly repositories: number; readonly tasks: number; readonly named: number },
): Promise<readonly Lane[]> {
  const ids = Array.from({ length: plans.repositories }, () => {
    repositories += 1;
    return repositories;
  });
  const imported = ids.map((id) => planReading(id, plans.tasks));
  await addReadings(pool, imported);
  for (const id of ids) await lanes.drain(`repository:${id}`);
  await pool.query("analyze");
  return ids.map((id) => ({ name: `repository:${id}`, deliveries: deliveries(id, plans.named) }));
}

/** Seconds until nothing waits any more, all lanes at once; `count` deliveries have come to each of them. */
export async function drainInBatches(stage: Stage, lanes: readonly Lane[], count: number): Promise<number> {
  for (const lane of lanes) await arrive(stage, lane, count);
  return seconds(() => Promise.all(lanes.map((lane) => drainAll(stage, lane, count))));
}

/** Seconds spent draining `count` deliveries of each lane, all lanes at once, when each is the only one of its lane that waits. */
export async function drainOneByOne(stage: Stage, lanes: readonly Lane[], count: number): Promise<number> {
  let spent = 0;
  for (let index = 0; index < count; index += 1) {
    for (const lane of lanes) await arrive(stage, lane, 1);
    spent += await seconds(() => Promise.all(lanes.map((lane) => drainAll(stage, lane, 1))));
  }
  return spent;
}

async function arrive({ pool }: Stage, lane: Lane, count: number): Promise<void> {
  const rows = Array.from({ length: count }, () => lane.deliveries.next().value);
  for (let start = 0; start < rows.length; start += 200) await putIntoInbox(pool, rows.slice(start, start + 200));
}

async function drainAll({ lanes }: Stage, lane: Lane, count: number): Promise<void> {
  const drained = await lanes.drain(lane.name);
  if (drained?.rows !== count || drained.parked + drained.retried > 0) {
    throw new Error(`${count} deliveries should have been drained: ${JSON.stringify(drained)}`);
  }
}

async function seconds(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return (performance.now() - start) / 1000;
}
