import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { freshDatabase } from "../../test/fresh-database.ts";
import { addReadings } from "./add-readings.ts";
import { openPool } from "./open-pool.ts";

let database: Awaited<ReturnType<typeof freshDatabase>>;
let pool: pg.Pool;

beforeAll(async () => {
  database = await freshDatabase();
  pool = openPool(database.url, { poolSize: 2, log: () => {} });
});

afterAll(async () => {
  await pool.end();
  await database.drop();
});

const reading = (id: string, body: unknown = {}) => ({ id, kind: "pull", body, repository: 7, live: false });

test("a reading waits in its repository's lane, text that Postgres cannot hold included", async () => {
  const body = { title: "NUL \u0000 and half a pair \ud83d" };

  await addReadings(pool, [reading("pull:1", body)]);

  const { rows } = await pool.query("select event, lane, live, body from inbox where id = 'pull:1'");
  expect(rows).toMatchObject([{ event: "reading.pull", lane: "repository:7", live: false }]);
  expect(JSON.parse(rows[0].body.toString())).toEqual(body);
});

test("the same reading told twice, at once or later, is one row", async () => {
  await addReadings(pool, [reading("pull:2"), reading("pull:2"), reading("pull:3")]);
  await addReadings(pool, [reading("pull:2")]);

  const { rows } = await pool.query("select id from inbox where id in ('pull:2', 'pull:3') order by id");
  expect(rows).toEqual([{ id: "pull:2" }, { id: "pull:3" }]);
});

test("readings of a transaction that is rolled back were never there", async () => {
  const client = await pool.connect();
  await client.query("begin");
  await addReadings(client, [reading("pull:4")]);
  await client.query("rollback");
  client.release();

  expect((await pool.query("select id from inbox where id = 'pull:4'")).rows).toEqual([]);
});

test("a repository with very many readings gets them all, and one with none is no work", async () => {
  await addReadings(
    pool,
    Array.from({ length: 450 }, (_, index) => reading(`many:${index}`)),
  );
  await addReadings(pool, []);

  expect((await pool.query("select count(*) as readings from inbox where id like 'many:%'")).rows).toEqual([{ readings: 450 }]);
});
