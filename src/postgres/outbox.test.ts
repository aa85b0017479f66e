import type pg from "pg";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { freshDatabase } from "../../test/fresh-database.ts";
import { type Effect, effectKey } from "../core/words.ts";
import { openPool } from "./open-pool.ts";
import { addJobs } from "./outbox.ts";

let pool: pg.Pool;

beforeEach(async () => {
  const database = await freshDatabase();
  onTestFinished(() => database.drop());
  pool = openPool(database.url, { poolSize: 1, log: () => undefined });
  onTestFinished(() => pool.end());
  await pool.query(
    "insert into repositories (id, installation_id, owner, name, default_branch, private) values (42, 7, 'o', 'r', 'main', false)",
  );
});

const writeBack: Effect = { kind: "write-back", path: "docs/plan.csv" };

async function ask(effect: Effect, at?: number): Promise<void> {
  const client = await pool.connect();
  await addJobs(client, 42, [{ effect, key: effect.kind, ...(at === undefined ? {} : { at }) }]);
  client.release();
}

/** Seconds from now until each job runs, in tens: the clock of the database goes on while a test runs. */
async function waits(): Promise<readonly number[]> {
  const { rows } = await pool.query(
    "select (round(extract(epoch from run_at - now()) / 10) * 10)::int as wait from graphile_worker.jobs order by id",
  );
  return rows.map(({ wait }) => wait);
}

/** As if so many seconds had passed since the job was asked for. */
const pass = (seconds: number) =>
  pool.query(
    "update graphile_worker._private_jobs set created_at = created_at - make_interval(secs => $1), run_at = run_at - make_interval(secs => $1)",
    [seconds],
  );

test("changes of a plan gather for a minute of quiet, which each of them begins anew", async () => {
  await ask(writeBack);
  expect(await waits()).toEqual([60]);
  await pass(40);
  await ask(writeBack);
  expect(await waits()).toEqual([60]);
});

test("however many come, ten minutes after the first they are written", async () => {
  await ask(writeBack);
  for (let minute = 0; minute < 11; minute += 1) {
    await pass(50);
    await ask(writeBack);
  }
  expect(await waits()).toEqual([50]);
  await pass(50);
  await ask(writeBack);
  expect(await waits()).toEqual([0]);
});

test("a time that GitHub named is kept", async () => {
  await ask(writeBack);
  await ask(writeBack, Date.now() + 3_600_000);
  await ask(writeBack);
  expect(await waits()).toEqual([3600]);
});

test("what waits for no quiet runs when it was first to run", async () => {
  await ask({ kind: "summary" });
  await pass(40);
  await ask({ kind: "summary" });
  expect(await waits()).toEqual([-40]);
});

test("a check that somebody asked for again is still asked for when other news of its commit comes meanwhile", async () => {
  const check = { kind: "check", sha: "a1", again: null } as const;
  const keyed = (effect: Effect) => ({ effect, key: effectKey(effect) });
  const client = await pool.connect();
  for (const effect of [{ ...check, again: "rerequest:a1:press" }, check, { ...check, moved: true as const }, check])
    await addJobs(client, 42, [keyed(effect)]);
  client.release();

  const { rows } = await pool.query("select payload -> 'effect' ->> 'again' as again from graphile_worker._private_jobs");
  expect(rows.filter(({ again }) => again === "rerequest:a1:press")).toHaveLength(1);
  expect(rows).toHaveLength(3);
});
