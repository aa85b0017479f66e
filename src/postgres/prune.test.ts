import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshDatabase } from "../../test/fresh-database.ts";
import { openPool } from "./open-pool.ts";
import { prune } from "./prune.ts";

const day = 24 * 60 * 60_000;
const today = Date.parse("2026-03-31T12:00:00Z");
let database: Awaited<ReturnType<typeof freshDatabase>>;
let pool: pg.Pool;

beforeAll(async () => {
  database = await freshDatabase();
  pool = openPool(database.url, { poolSize: 4, log: () => {} });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

test("only deliveries that were done more than thirty days ago are pruned", async () => {
  await put("done-31", "done", today - 31 * day);
  await put("done-29", "done", today - 29 * day);
  await put("parked-99", "parked", today - 99 * day);
  await put("waiting-99", "waiting", today - 99 * day);

  expect(await prune(pool, today)).toBe(1);

  const { rows } = await pool.query("select id from inbox order by id");
  expect(rows.map((row) => row.id)).toEqual(["done-29", "parked-99", "waiting-99"]);
});

test("however many there are, all go, and two processes that prune at once do not do it twice", async () => {
  await pool.query(
    `insert into inbox (id, event, lane, body, state, done_at)
     select 'many-' || n, 'push', 'none', '', 'done', to_timestamp($1) from generate_series(1, 1700) as n`,
    [(today - 40 * day) / 1000],
  );

  const counts = await Promise.all([prune(pool, today), prune(pool, today)]);

  expect(counts.reduce((sum, count) => sum + count)).toBe(1_700);
  const { rows } = await pool.query("select count(*) as left from inbox where id like 'many-%'");
  expect(rows).toEqual([{ left: 0 }]);
});

async function put(id: string, state: string, doneAt: number): Promise<void> {
  await pool.query("insert into inbox (id, event, lane, body, state, done_at) values ($1, 'push', 'none', '', $2, to_timestamp($3))", [
    id,
    state,
    doneAt / 1000,
  ]);
}
