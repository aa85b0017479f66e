import type pg from "pg";
import { z } from "zod";
import { openConnection } from "./open-connection.ts";

/** This process among the living ones, known by a session lock that dies with it. */
export type Presence = {
  /** Tells by which name this process locks jobs, so that others can free them should it die. To be told before it takes any. */
  announce(name: string): Promise<void>;
  /** From now on others take it for dead, and free what it may have left. */
  close(): Promise<void>;
};

const lockClass = 7_401;

/** How long the jobs of a process that died may wait for another one to free them, in milliseconds. */
const lookEvery = 5_000;

/**
 * Registers this process and frees the jobs of processes that have died (their locks can be taken): a killed process's queues would
 * otherwise stay locked for four hours. `onLost` hears that the lock's connection is gone; the process must then exit, because
 * others will take it for dead.
 */
export async function joinWorkers(
  pool: pg.Pool,
  { url, onLost }: { readonly url: string; readonly onLost: () => void },
): Promise<Presence> {
  const client = await openConnection(url, "presence");
  let closing = false;
  client.on("end", () => {
    if (!closing) onLost();
  });
  const { rows } = await client.query("select nextval(pg_get_serial_sequence('workers', 'process'))::int as process");
  const { process } = z.object({ process: z.number() }).parse(rows[0]);
  // Locked before the row can be seen: a row without its lock is taken for a dead process's.
  await client.query("select pg_advisory_lock($1, $2)", [lockClass, process]);
  await client.query("insert into workers (process) overriding system value values ($1)", [process]);
  await freeTheDead(pool, process);
  const timer = setInterval(() => {
    freeTheDead(pool, process).catch(() => undefined);
  }, lookEvery);
  return {
    announce: async (name) => {
      await client.query("update workers set worker_ids = array[$2] where process = $1", [process, name]);
    },
    close: async () => {
      closing = true;
      clearInterval(timer);
      await client.end();
    },
  };
}

/** Whoever can take another process's lock knows it dead, and frees what its workers held. */
export async function freeTheDead(pool: pg.Pool, self: number): Promise<readonly number[]> {
  const { rows } = await pool.query("select process, worker_ids from workers where process <> $1", [self]);
  const freed: number[] = [];
  for (const row of rows) {
    const { process, worker_ids } = z.object({ process: z.number(), worker_ids: z.array(z.string()) }).parse(row);
    if (await freeOne(pool, process, worker_ids)) freed.push(process);
  }
  return freed;
}

async function freeOne(pool: pg.Pool, process: number, names: readonly string[]): Promise<boolean> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    const { rows } = await client.query("select pg_try_advisory_xact_lock($1, $2) as dead", [lockClass, process]);
    const { dead } = z.object({ dead: z.boolean() }).parse(rows[0]);
    if (dead) {
      await client.query("select graphile_worker.force_unlock_workers($1::text[])", [names]);
      await client.query("delete from workers where process = $1", [process]);
    }
    await client.query("commit");
    return dead;
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
