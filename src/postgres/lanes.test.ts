import type pg from "pg";
import { beforeEach, expect, onTestFinished, test } from "vitest";
import { freshDatabase } from "../../test/fresh-database.ts";
import { absorb } from "../core/status/absorb.ts";
import { Fault } from "../core/words.ts";
import type { LockedLane } from "../ports.ts";
import { openLanes } from "./lanes.ts";
import { openPool } from "./open-pool.ts";
import { putIntoInbox } from "./put-into-inbox.ts";

const lane = "installation:7";
let pool: pg.Pool;

beforeEach(async () => {
  const database = await freshDatabase();
  onTestFinished(() => database.drop());
  pool = openPool(database.url, { poolSize: 4, log: () => undefined });
  onTestFinished(() => pool.end());
});

type Arriving = { readonly body?: Buffer; readonly live?: boolean; readonly lane?: string };

async function arrive(...rows: readonly (readonly [id: string, arriving?: Arriving])[]): Promise<void> {
  await putIntoInbox(
    pool,
    rows.map(([id, row]) => ({ id, event: "ping", lane, body: Buffer.from("{}"), live: true, ...row })),
  );
}

const planned = absorb({ configurations: [], defaultBranch: "", stored: [], versions: new Map() }, []);
const nothing = { planned, derived: { tasks: [], audit: [], keepings: [] }, effects: [] };

/** Drains a lane that has nothing to tell, and notes which rows each batch brought. */
function noting(batches: string[][], spoil: (ids: readonly string[]) => unknown = () => undefined) {
  return async (locked: LockedLane): Promise<void> => {
    const ids = locked.rows.map((row) => row.id);
    batches.push(ids);
    await locked.remember(locked.rows.map(({ row, id }) => ({ row, delivery: id, told: [], texts: new Map(), from: null, news: null })));
    await spoil(ids);
    await locked.commit(nothing);
  };
}

const states = async () => {
  const { rows } = await pool.query("select id, state, attempts, error, not_before > now() as later from inbox order by row_id");
  return rows;
};

test("what happens now is drained before what was fetched from the past, each in the order in which it came", async () => {
  const batches: string[][] = [];
  await arrive(["old-1", { live: false }], ["new-1"], ["old-2", { live: false }], ["new-2"]);

  expect(await openLanes(pool, noting(batches)).drain(lane)).toEqual({ lane, rows: 4, parked: 0, retried: 0 });

  expect(batches).toEqual([["new-1", "new-2", "old-1", "old-2"]]);
});

test("a row that cannot be drained waits by itself, and those around it are drained", async () => {
  const batches: string[][] = [];
  await arrive(["one"], ["bad"], ["two"]);
  const refuse = (ids: readonly string[]) => {
    if (ids.includes("bad")) throw new Error("no good");
  };

  const drained = await openLanes(pool, noting(batches, refuse)).drain(lane);

  expect(drained).toEqual({ lane, rows: 3, parked: 0, retried: 1 });
  expect(await states()).toMatchObject([
    { id: "one", state: "done" },
    { id: "bad", state: "waiting", attempts: 1, later: true, error: expect.stringContaining("no good") },
    { id: "two", state: "done" },
  ]);
});

test("a row that fails for good is parked with its error, and one like it that comes again is drained", async () => {
  await arrive(["bad"]);
  let fails = true;
  const lanes = openLanes(
    pool,
    noting([], () => {
      if (fails) throw new Error("no good");
    }),
  );
  const makeDue = () => pool.query("update inbox set not_before = '-infinity'");

  let parked = 0;
  for (let attempt = 0; attempt < 8; attempt += 1) {
    parked += (await lanes.drain(lane))?.parked ?? 0;
    await makeDue();
  }
  expect(parked).toBe(1);
  expect(await states()).toMatchObject([{ state: "parked", attempts: 8, error: expect.stringContaining("no good") }]);
  expect(await lanes.candidates(10, [])).toEqual([]);

  fails = false;
  await arrive(["bad"]);
  await lanes.drain(lane);
  expect(await states()).toMatchObject([{ state: "done", error: null }]);
});

test("a lane that is being drained is nobody else's", async () => {
  await arrive(["one"]);
  let second: unknown = "not asked";
  const other = openLanes(pool, noting([]));

  await openLanes(
    pool,
    noting([], async () => {
      second = await other.drain(lane);
    }),
  ).drain(lane);

  expect(second).toBeNull();
});

test("no row is blamed for a lost connection", async () => {
  await arrive(["one"], ["two"]);
  const others = "select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()";

  const drained = openLanes(
    pool,
    noting([], () => pool.query(`${others} and state = 'idle in transaction'`)),
  ).drain(lane);

  await expect(drained).rejects.toBeInstanceOf(Fault);
  expect(await states()).toMatchObject([
    { id: "one", state: "waiting", attempts: 0, later: false },
    { id: "two", state: "waiting", attempts: 0, later: false },
  ]);
});

test("no row is blamed for a database that takes no writes", async () => {
  await arrive(["one"]);
  await pool.query(`do $$ begin execute format('alter database %I set default_transaction_read_only = on', current_database()); end $$`);
  const standby = openPool(pool.options.connectionString ?? "", { poolSize: 1, log: () => undefined });
  onTestFinished(() => standby.end());

  await expect(openLanes(standby, noting([])).drain(lane)).rejects.toBeInstanceOf(Fault);

  expect(await states()).toMatchObject([{ id: "one", state: "waiting", attempts: 0, later: false }]);
});

test("large bodies are drained a few at a time", async () => {
  const batches: string[][] = [];
  const body = Buffer.alloc(20_000_000, 0x20);
  for (const id of ["one", "two", "three"]) await arrive([id, { body }]);

  await openLanes(pool, noting(batches)).drain(lane);

  expect(batches).toEqual([["one", "two"], ["three"]]);
});

test("lanes are offered oldest first, without those that are left out", async () => {
  const lanes = openLanes(pool, noting([]));
  await arrive(["a", { lane: "installation:3" }], ["b", { lane: "installation:1" }], ["c", { lane: "installation:2" }]);

  expect(await lanes.candidates(2, [])).toEqual(["installation:3", "installation:1"]);
  expect(await lanes.candidates(2, ["installation:3"])).toEqual(["installation:1", "installation:2"]);
});

test("a batch that takes long to work out is not cut off meanwhile", async () => {
  await arrive(["one"]);
  const { rows } = await pool.query("select current_setting('idle_in_transaction_session_timeout') as before");
  const impatient = openPool(pool.options.connectionString ?? "", { poolSize: 1, log: () => undefined });
  onTestFinished(() => impatient.end());
  await impatient.query("set idle_in_transaction_session_timeout = '200ms'");

  const drained = await openLanes(
    impatient,
    noting([], () => pool.query("select pg_sleep(0.5)")),
  ).drain(lane);

  expect(drained).toMatchObject({ rows: 1, retried: 0 });
  // Elsewhere a transaction that does nothing is ended soon.
  expect(rows).toEqual([{ before: "30s" }]);
});
