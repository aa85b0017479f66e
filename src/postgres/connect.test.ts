import { expect, onTestFinished, test } from "vitest";
import { freshDatabase } from "../../test/fresh-database.ts";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { type ConnectOptions, connect, type Database } from "./connect.ts";

test("without an address the database is the embedded one, and closing leaves it", async () => {
  const lines: string[] = [];
  const database = await connect({
    databaseUrl: null,
    dataDir: await temporaryFolder(),
    durable: false,
    poolSize: 2,
    log: (line) => lines.push(line),
  });

  expect((await database.pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
  await Promise.all([database.close(), database.close()]);

  expect(lines.map((line) => line.split(" ")[0])).toEqual(["Started", "Stopped"]);
  expect(lines.join()).not.toContain(new URL(database.url).password);
});

test("an address that nobody answers at is told without its password", async () => {
  const failed = connect(optionsFor("postgres://me:hush-hush@127.0.0.1:1/none"));

  await expect(failed).rejects.toThrow("Check DATABASE_URL");
  await expect(failed).rejects.not.toThrow("hush-hush");
});

test("ids are read as numbers, also in arrays, and one that a number cannot hold is an error", async () => {
  const { pool } = await connectFresh();

  const { rows } = await pool.query(
    "select 9007199254740991::bigint as id, array[1, 2]::bigint[] as ids, null::bigint as none, 1::numeric as other",
  );

  expect(rows).toEqual([{ id: Number.MAX_SAFE_INTEGER, ids: [1, 2], none: null, other: "1" }]);
  await expect(pool.query("select 9007199254740993::bigint")).rejects.toThrow("9007199254740993");
  expect((await pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
});

test("a session gives up what a stopped process would hold for ever", async () => {
  const { pool } = await connectFresh();

  const { rows } = await pool.query(
    `select name, setting::int from pg_settings
     where name in ('idle_in_transaction_session_timeout', 'statement_timeout', 'tcp_keepalives_idle') order by name`,
  );

  expect(rows.map((row) => row.setting)).toEqual([30_000, 60_000, 30]);
  expect((await pool.query("select current_setting('application_name') as name")).rows).toEqual([{ name: "plankeeper" }]);
});

test("a connection that breaks, idle or in use, fails its query and not the process", async () => {
  const lines: string[] = [];
  const { pool } = await connectFresh((line) => lines.push(line));
  const [killer, used, idle] = [await pool.connect(), await pool.connect(), await pool.connect()];
  const numbers = await Promise.all([used, idle].map(async (client) => (await client.query("select pg_backend_pid() as pid")).rows[0].pid));
  const ended = Promise.all([used, idle].map((client) => new Promise<void>((resolve) => client.once("end", () => resolve()))));
  idle.release();

  await killer.query("select pg_terminate_backend(pid) from unnest($1::int[]) as pid", [numbers]);
  await ended;

  await expect(used.query("select 1")).rejects.toThrow();
  used.release();
  killer.release();
  expect(lines.filter((line) => line.includes("connection was lost"))).toHaveLength(1);
  expect((await pool.query("select 1 as one")).rows).toEqual([{ one: 1 }]);
});

async function connectFresh(log: (line: string) => void = () => {}): Promise<Database> {
  const { url, drop } = await freshDatabase();
  const database = await connect({ ...optionsFor(url), log });
  onTestFinished(async () => {
    await database.close();
    await drop();
  });
  return database;
}

const optionsFor = (databaseUrl: string): ConnectOptions => ({ databaseUrl, dataDir: "/nowhere", poolSize: 3, log: () => {} });
