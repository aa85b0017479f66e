import pg from "pg";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { freshDatabase } from "../../test/fresh-database.ts";
import { latch } from "../../test/latch.ts";
import { openPool } from "./open-pool.ts";
import { freeTheDead, joinWorkers, type Presence } from "./workers.ts";

let url: string;
let pool: pg.Pool;

beforeEach(async () => {
  const database = await freshDatabase();
  onTestFinished(() => database.drop());
  url = database.url;
  pool = openPool(url, { poolSize: 2, log: () => undefined });
  onTestFinished(() => pool.end());
});

async function join(onLost: () => void = () => undefined): Promise<Presence> {
  const presence = await joinWorkers(pool, { url, onLost });
  onTestFinished(() => presence.close());
  return presence;
}

/** Takes a job as the queue does, under this name. */
async function take(name: string): Promise<void> {
  await pool.query("select graphile_worker.add_job('perform', '{}', queue_name := 'write:1')");
  await pool.query("update graphile_worker._private_jobs set locked_at = now(), locked_by = $1", [name]);
  await pool.query("update graphile_worker._private_job_queues set locked_at = now(), locked_by = $1", [name]);
}

const locked = async () => {
  const { rows } = await pool.query(
    `select (select count(*)::int from graphile_worker._private_jobs where locked_by is not null) as jobs,
       (select count(*)::int from graphile_worker._private_job_queues where locked_by is not null) as queues`,
  );
  return rows[0];
};

test("whoever joins frees what a process that is gone held, and forgets it", async () => {
  const gone = await join();
  await gone.announce("pool-1");
  await take("pool-1");
  await gone.close();
  expect(await locked()).toEqual({ jobs: 1, queues: 1 });

  await join();

  expect(await locked()).toEqual({ jobs: 0, queues: 0 });
  const { rows } = await pool.query("select count(*)::int as living from workers");
  expect(rows).toEqual([{ living: 1 }]);
});

test("a living process keeps what it holds", async () => {
  const other = await join();
  await other.announce("pool-1");
  await take("pool-1");

  await join();

  expect(await locked()).toEqual({ jobs: 1, queues: 1 });
});

test("who is gone is freed once, however many look at a time", async () => {
  const gone = await join();
  await gone.announce("pool-1");
  await gone.close();

  const freed = await Promise.all([freeTheDead(pool, 0), freeTheDead(pool, 0)]);

  expect(freed.flat()).toHaveLength(1);
});

test("a process hears that its connection is lost, and not that it was closed", async () => {
  let lost = 0;
  const gone = latch();
  await join(() => {
    lost += 1;
    gone.open();
  });
  const leaving = await join(() => {
    lost += 10;
  });
  await leaving.close();

  const admin = new pg.Client({ connectionString: url });
  await admin.connect();
  await admin.query("select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'plankeeper presence'");
  await admin.end();
  await gone.opened;

  expect(lost).toBe(1);
});
