import type pg from "pg";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { freshDatabase } from "../../test/fresh-database.ts";
import { rulesEdition } from "../core/status/rules-edition.ts";
import { claimCrontab, claimDueWork, claimTask, dueWorkDone } from "./due-work.ts";
import { openPool } from "./open-pool.ts";
import { startPerformLoop } from "./perform-loop.ts";

const day = 24 * 60 * 60_000;
/** A Tuesday: no digest is due for six days. */
const start = Date.UTC(2026, 0, 6, 9, 0);

let url: string;
let pool: pg.Pool;

beforeEach(async () => {
  const database = await freshDatabase();
  onTestFinished(() => database.drop());
  url = database.url;
  pool = openPool(url, { poolSize: 4, log: () => undefined });
  onTestFinished(() => pool.end());
});

const add = (id: number, present = true) =>
  pool.query(
    "insert into repositories (id, installation_id, owner, name, default_branch, private, present, rules) values ($1, 7, 'o', 'r', 'main', false, $2, $3)",
    [id, present, rulesEdition],
  );

/** What was asked for since this was last called. */
async function asked(): Promise<readonly string[]> {
  const { rows } = await pool.query("delete from graphile_worker._private_jobs where key is not null returning key");
  return rows.map(({ key }) => key).sort();
}

test("a repository is looked at a day after it was first seen, and once a day from then on", async () => {
  await add(42);
  await claimDueWork(pool, start);
  expect(await claimDueWork(pool, start + day - 1)).toBe(0);
  expect(await asked()).toEqual([]);
  expect(await dueWorkDone(pool, 42, "look")).toBeNull();

  expect(await claimDueWork(pool, start + day)).toBe(1);
  expect(await asked()).toEqual(["42:milestones", "42:summary"]);
  expect(await dueWorkDone(pool, 42, "look")).toBe(start + day);
  expect(await claimDueWork(pool, start + day + 5 * 60_000)).toBe(0);
  expect(await claimDueWork(pool, start + 2 * day)).toBe(1);
  expect(await asked()).toEqual(["42:milestones", "42:summary"]);
});

test("after days in which no process ran it is looked at once", async () => {
  await add(42);
  await claimDueWork(pool, start);
  expect(await claimDueWork(pool, start + 6 * day)).toBe(1);
  expect(await claimDueWork(pool, start + 6 * day)).toBe(0);
});

test("of many processes that claim at once each repository is claimed by one", async () => {
  for (let id = 1; id <= 250; id += 1) await add(id);
  await claimDueWork(pool, start);
  const claims = await Promise.all([1, 2, 3, 4].map(() => claimDueWork(pool, start + day)));
  expect(claims.reduce((a, b) => a + b)).toBe(250);
  expect(await asked()).toHaveLength(2 * 250);
});

test("a repository that the app left is looked at no more", async () => {
  await add(42);
  await add(43, false);
  await claimDueWork(pool, start);
  await pool.query("update repositories set present = false where id = 42");
  await claimDueWork(pool, start + day);
  expect(await asked()).toEqual([]);
});

test("the queue looks for what is due every five minutes", async () => {
  const nothing = () => undefined;
  const loop = await startPerformLoop({
    pool,
    atOnce: 1,
    pollMs: 1000,
    announce: async () => undefined,
    perform: async () => null,
    claim: async () => undefined,
    elapsed: () => 0,
    onPerformed: nothing,
    onTrouble: nothing,
    onBroken: nothing,
  });
  await loop.close();
  expect(claimCrontab).toMatch(/^\*\/5 \* \* \* \* /);
  const { rows } = await pool.query("select identifier from graphile_worker._private_known_crontabs");
  expect(rows).toEqual([{ identifier: claimTask }]);
});
