import type pg from "pg";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { freshDatabase } from "../../test/fresh-database.ts";
import { claimDueWork } from "./due-work.ts";
import { openPool } from "./open-pool.ts";

const hour = 60 * 60_000;
const day = 24 * hour;
/** A Monday, an hour before the digest of a repository that says nothing else. */
const start = Date.UTC(2026, 0, 5, 9, 0);
const monday = start + hour;

let pool: pg.Pool;

beforeEach(async () => {
  const database = await freshDatabase();
  onTestFinished(() => database.drop());
  pool = openPool(database.url, { poolSize: 4, log: () => undefined });
  onTestFinished(() => pool.end());
  await add(42);
});

const add = (id: number) =>
  pool.query(
    "insert into repositories (id, installation_id, owner, name, default_branch, private, present) values ($1, 7, 'o', 'r', 'main', false, true)",
    [id],
  );

/** The configuration says this from now on. */
async function configure(text: string): Promise<void> {
  const { rows } = await pool.query("select count(*)::int as number from facts");
  const number = rows[0].number + 1;
  const blob = String(number).padStart(40, "b");
  const fact = { id: `configuration#${number}`, thing: "configuration", at: number, kind: "configuration" };
  await pool.query("insert into blobs (sha, body) values ($1, $2)", [blob, Buffer.from(text)]);
  await pool.query(
    "insert into facts (repository_id, id, kind, thing, at, body) values (42, $1, 'configuration', 'configuration', to_timestamp($2), $3)",
    [fact.id, number, { ...fact, path: ".github/plankeeper.yml", commit: blob, blob }],
  );
}

/** The times until which digests were asked for since this was last called, at these times in turn. */
async function askedAt(...times: readonly number[]): Promise<readonly number[]> {
  for (const at of times) await claimDueWork(pool, at);
  const { rows } = await pool.query(
    "delete from graphile_worker._private_jobs where key like '42:digest:%' returning split_part(key, ':', 3) as until",
  );
  return rows.map(({ until }) => Number(until)).sort((a, b) => a - b);
}

test("a digest is asked for on Monday at ten, once, and again a week later", async () => {
  expect(await askedAt(start, monday - 1)).toEqual([]);
  expect(await askedAt(monday + 1, monday + 300_000, monday + day)).toEqual([monday]);
  expect(await askedAt(monday + 7 * day, monday + 7 * day)).toEqual([monday + 7 * day]);
});

test("of many processes one asks", async () => {
  await askedAt(start);
  await Promise.all([1, 2, 3, 4].map(() => claimDueWork(pool, monday)));
  expect(await askedAt()).toEqual([monday]);
});

test("one that was missed is caught up with for a day, and then is not, but the next one comes", async () => {
  await askedAt(start);
  expect(await askedAt(monday + day)).toEqual([monday]);
  expect(await askedAt(monday + 8 * day + 1)).toEqual([]);
  expect(await askedAt(monday + 14 * day)).toEqual([monday + 14 * day]);
});

test("of several that were missed within a day one is caught up with", async () => {
  await configure("summary: {schedule: '0 * * * *'}");
  await askedAt(start + 1);
  expect(await askedAt(start + 5 * hour + 1)).toEqual([monday]);
  expect(await askedAt(start + 6 * hour)).toEqual([start + 6 * hour]);
});

test("another schedule or time zone counts as soon as it is known, and what else the configuration says changes no time", async () => {
  await askedAt(start);
  await configure("summary: {timezone: America/New_York}");
  expect(await askedAt(start + 1, monday)).toEqual([]);
  expect(await askedAt(Date.UTC(2026, 0, 5, 15, 0))).toEqual([Date.UTC(2026, 0, 5, 15, 0)]);

  await configure("summary: {timezone: America/New_York}\ncompletion: keyword");
  expect(await askedAt(Date.UTC(2026, 0, 12, 16, 0))).toEqual([Date.UTC(2026, 0, 12, 15, 0)]);
});

test("without a schedule nothing is asked for, and with one again it is", async () => {
  await configure("summary: {schedule: off}");
  expect(await askedAt(start, monday, monday + 7 * day)).toEqual([]);
  await configure("summary: {schedule: '0 10 * * 2'}");
  expect(await askedAt(monday + 7 * day, monday + 8 * day)).toEqual([monday + 8 * day]);
});

test("a configuration that cannot be read leaves the schedule before it in force", async () => {
  await configure("summary: {schedule: '0 10 * * 2'}");
  await askedAt(start);
  await configure("summary: {schedule: tuesdays}");
  expect(await askedAt(monday, monday + day)).toEqual([monday + day]);
});
