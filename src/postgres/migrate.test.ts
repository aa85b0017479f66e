import { expect, onTestFinished, test } from "vitest";
import { freshDatabase } from "../../test/fresh-database.ts";
import { migrate } from "./migrate.ts";
import { openPool } from "./open-pool.ts";

test("processes that start together on a new database bring it up to date once", async () => {
  const database = await emptyDatabase();

  const runs = await Promise.all([1, 2, 3, 4].map(() => migrate(database)));

  expect(runs.filter((names) => names.length > 0)).toHaveLength(1);
  expect(runs.flat()).toContain("0001_start");
  const { rows } = await database.pool.query(
    "select to_regclass('inbox') is not null as ours, to_regclass('graphile_worker.jobs') is not null as jobs",
  );
  expect(rows).toEqual([{ ours: true, jobs: true }]);
});

test("a database that is up to date is left as it is", async () => {
  const database = await emptyDatabase();
  await migrate(database);
  await database.pool.query("insert into inbox (id, event, lane, body) values ('kept', 'push', 'none', '')");

  expect(await migrate(database)).toEqual([]);

  const { rows } = await database.pool.query("select id from inbox");
  expect(rows).toEqual([{ id: "kept" }]);
});

test("a migration that fails leaves nothing half done", async () => {
  const database = await emptyDatabase();
  // The schema has a table of this name, so its migration fails in the middle.
  await database.pool.query("create table posts (mine integer)");

  await expect(migrate(database)).rejects.toThrow("posts");

  const { rows } = await database.pool.query("select to_regclass('inbox') as inbox, (select count(*) from migrations) as run");
  expect(rows).toEqual([{ inbox: null, run: 0 }]);
});

test("the audit log refuses to forget", async () => {
  const database = await emptyDatabase();
  await migrate(database);
  await database.pool.query(
    `insert into audit_log (repository_id, at, action, entity_type, entity_id, previous_hash, hash)
     values (1, now(), 'plan.imported', 'plan', 'plan.csv', '', 'a')`,
  );

  for (const change of ["update audit_log set action = 'other'", "delete from audit_log", "truncate audit_log"]) {
    await expect(database.pool.query(change)).rejects.toThrow("audit_log only grows");
  }
  await expect(database.pool.query("begin; set local plankeeper.forgetting = 'yes'; delete from audit_log; commit")).resolves.toBeDefined();
});

async function emptyDatabase() {
  const { url, drop } = await freshDatabase({ empty: true });
  const pool = openPool(url, { poolSize: 2, log: () => {} });
  onTestFinished(async () => {
    await pool.end();
    await drop();
  });
  return { url, pool };
}
