import pg from "pg";
import { z } from "zod";
import { Fault, type KeepLimits } from "../core/words.ts";
import type { InboxRow, LockedLane, Translation } from "../ports.ts";
import { commitDerived } from "./commit.ts";
import { declare } from "./declare.ts";
import { stampRules, takeInAgain } from "./derive-again.ts";
import { gatherPlans, planPathsOf } from "./gather-plans.ts";
import { gatherTasks } from "./gather-tasks.ts";
import { usualLimits } from "./kept-folds.ts";
import { pullsOnDependants } from "./pulls-on-dependants.ts";
import { remember } from "./remember.ts";
import { inMs } from "./sql-time.ts";

/** What one look at a lane came to. */
export type Drained = { readonly lane: string; readonly rows: number; readonly parked: number; readonly retried: number };

export type Lanes = {
  /** Names of lanes with rows that may be drained now, oldest first; `except` these. */
  candidates(most: number, except: readonly string[]): Promise<readonly string[]>;
  /** Drains a lane until it is empty. Null when another process holds it. A Fault when the database fails: then no row is at fault. */
  drain(lane: string): Promise<Drained | null>;
};

const mostRows = 200;
/** Of bodies in one batch: a push alone may have 25 MB. */
const mostBytes = 32_000_000;
const mostAttempts = 8;

/** Lanes of the inbox: each is drained in order by one process at a time, in one transaction a batch. `limits` = when folds are kept. */
export function openLanes(pool: pg.Pool, drainOne: (lane: LockedLane) => Promise<void>, limits: KeepLimits = usualLimits): Lanes {
  const how = { drainOne, limits };
  return {
    candidates: async (most, except) => {
      const { rows } = await pool.query(
        `select lane from inbox where state = 'waiting' and not_before <= now() and lane <> all ($2::text[])
         group by lane order by min(row_id) limit $1`,
        [most, except],
      );
      return rows.map((row) => z.object({ lane: z.string() }).parse(row).lane);
    },
    drain: async (lane) => {
      const total = { lane, rows: 0, parked: 0, retried: 0 };
      for (;;) {
        const batch = await drainBatch(pool, lane, how);
        if (batch === null) return total.rows === 0 ? null : total;
        total.rows += batch.rows;
        total.parked += batch.parked;
        total.retried += batch.retried;
        if (batch.rows === 0) return total;
      }
    },
  };
}

type How = { readonly drainOne: (lane: LockedLane) => Promise<void>; readonly limits: KeepLimits };

/** One batch; when it fails it is rolled back and its rows run singly, so that only the row at fault waits. */
async function drainBatch(pool: pg.Pool, lane: string, how: How): Promise<Drained | null> {
  try {
    return await inLane(pool, { lane, only: null }, how);
  } catch (error) {
    if (error instanceof Fault) throw error;
  }
  const rows = await waiting(pool, lane, null);
  const total = { lane, rows: 0, parked: 0, retried: 0 };
  for (const row of rows) {
    try {
      const one = await inLane(pool, { lane, only: row.row }, how);
      if (one === null) return total.rows === 0 ? null : total;
      total.rows += one.rows;
      total.parked += one.parked;
    } catch (error) {
      if (error instanceof Fault) throw error;
      total.rows += 1;
      if ((await putOff(pool, row, error)) === "parked") total.parked += 1;
      else total.retried += 1;
    }
  }
  return total;
}

// To derive a plan of 100 000 tasks takes half a minute of a busy processor, in which the connection is silent. Were it cut off then, each
// attempt would end so. A dead process gives its lock back at once all the same.
const begin = "begin isolation level read committed; set local idle_in_transaction_session_timeout = '5min'";

/**
 * One transaction that holds the lane's lock. READ COMMITTED and the lock in a statement of its own: a statement that locks and reads
 * would see the state from before the lock. The lock goes with the transaction, so a killed process frees it at once.
 */
async function inLane(
  pool: pg.Pool,
  { lane, only }: { readonly lane: string; readonly only: number | null },
  { drainOne, limits }: How,
): Promise<Drained | null> {
  const client = await pool.connect().catch((error: unknown) => {
    throw databaseFault(error);
  });
  let failing = false;
  try {
    await client.query(begin);
    const { rows: locks } = await client.query("select pg_try_advisory_xact_lock(hashtextextended($1, 1)) as locked", [lane]);
    if (!z.object({ locked: z.boolean() }).parse(locks[0]).locked) {
      await client.query("rollback");
      return null;
    }
    const rows = await waiting(client, lane, only);
    const locked = lockedLane(client, { name: lane, rows, limits });
    if (rows.length > 0) await drainOne(locked);
    await client.query("commit");
    return { lane, rows: rows.length, parked: locked.parked(), retried: 0 };
  } catch (error) {
    failing = await client.query("rollback").then(
      () => isOfTheServer(error),
      () => true,
    );
    throw failing ? databaseFault(error) : error;
  } finally {
    client.release(failing);
  }
}

const inboxRow = z.object({
  row: z.number(),
  id: z.string(),
  event: z.string(),
  body: z.instanceof(Buffer),
  received: z.number(),
  attempts: z.number(),
  live: z.boolean(),
});

async function waiting(client: pg.ClientBase | pg.Pool, lane: string, only: number | null): Promise<readonly InboxRow[]> {
  const { rows } = await client.query(
    `select row, id, event, body, received, attempts, live from (
       select row_id as row, id, event, body, ${inMs("received_at")} as received, attempts, live,
         sum(octet_length(body)) over (order by live desc, row_id) - octet_length(body) as before
       from inbox
       where state = 'waiting' and lane = $1 and not_before <= now() and ($2::bigint is null or row_id = $2)
       order by live desc, row_id limit $3
     ) as next where before <= $4`,
    [lane, only, mostRows, mostBytes],
  );
  return rows.map((row) => {
    const { received, ...rest } = inboxRow.parse(row);
    return { ...rest, receivedAt: received };
  });
}

function lockedLane(
  client: pg.PoolClient,
  { name, rows, limits }: { readonly name: string; readonly rows: readonly InboxRow[]; readonly limits: KeepLimits },
): LockedLane & { parked(): number } {
  const repository = repositoryOf(name);
  let translations: readonly Translation[] = [];
  return {
    rows,
    parked: () => translations.filter((translation) => "unreadable" in translation).length,
    remember: async (told) => {
      translations = told;
      const fresh = await remember(client, repository, told);
      if (repository === null || !isAgain(told)) return fresh;
      const again = await takeInAgain(client, repository);
      return [...new Map([...again, ...fresh].map((fact) => [fact.id, fact])).values()];
    },
    plans: async (fresh) =>
      repository === null
        ? { configurations: [], defaultBranch: "", stored: [], versions: new Map() }
        : { ...(await gatherPlans(client, repository, fresh)), anew: isAgain(translations) },
    declare: async (planned) => (repository === null ? undefined : declare(client, repository, planned)),
    tasks: async (planned, fresh) =>
      repository === null
        ? { material: nothing, planPaths: new Set() }
        : {
            material: await gatherTasks(client, repository, { planned, fresh, limits }),
            planPaths: await planPathsOf(client, repository),
          },
    pullsOnDependants: async ({ configuration }, tasks) =>
      repository === null ? [] : pullsOnDependants(client, repository, { tasks, configuration }),
    commit: async ({ derived, planned, effects }) => {
      if (repository !== null) {
        await commitDerived(client, repository, { derived, planned, effects, deliveries: deliveriesOf(translations) });
        await stampRules(client, repository, isAgain(translations));
      }
      await markDone(client, rows, translations);
    },
  };
}

/** Whether a row asks for everything that is known to be derived again. */
const isAgain = (translations: readonly Translation[]): boolean =>
  translations.some((translation) => !("unreadable" in translation) && translation.asks === "again");

/** Which delivery told each fact; under "" the last of the batch, for what no single fact brought about. */
function deliveriesOf(translations: readonly Translation[]): ReadonlyMap<string, string> {
  const told = translations.flatMap((translation) =>
    "unreadable" in translation ? [] : translation.told.map(({ fact }): readonly [string, string] => [fact.id, translation.delivery]),
  );
  const last = translations.at(-1)?.delivery;
  return new Map([...told, ...(last === undefined ? [] : [["", last] as const])]);
}

const nothing = { tasks: [], facts: [], mentions: [], homes: new Map(), tracks: new Map() };

/** The repository whose lane this is; null for an installation's lane, which only hands on. */
function repositoryOf(lane: string): number | null {
  const [kind, id] = lane.split(":");
  return kind === "repository" && id !== undefined ? Number(id) : null;
}

async function markDone(client: pg.ClientBase, rows: readonly InboxRow[], translations: readonly Translation[]): Promise<void> {
  const errors = new Map(
    translations.flatMap((translation) => ("unreadable" in translation ? [[translation.row, translation.unreadable] as const] : [])),
  );
  await client.query(
    `update inbox set state = case when said.error is null then 'done' else 'parked' end, error = said.error, done_at = now()
     from unnest($1::bigint[], $2::text[]) as said (row_id, error) where inbox.row_id = said.row_id`,
    [rows.map((row) => row.row), rows.map((row) => errors.get(row.row) ?? null)],
  );
}

/** A row that failed by itself waits longer each time, and is parked with its error in the end: visible, to be replayed. */
async function putOff(pool: pg.Pool, row: InboxRow, error: unknown): Promise<"parked" | "retried"> {
  const attempts = row.attempts + 1;
  const parked = attempts >= mostAttempts;
  await pool.query(
    `update inbox set attempts = $2, error = $3, state = case when $4 then 'parked' else 'waiting' end, not_before = now() + make_interval(secs => $5)
     where row_id = $1`,
    [row.row, attempts, describe(error), parked, Math.min(600, 2 ** attempts)],
  );
  return parked ? "parked" : "retried";
}

function describe(error: unknown): string {
  return (error instanceof Error ? (error.stack ?? error.message) : String(error)).replaceAll("\u0000", "").slice(0, 4000);
}

const databaseFault = (cause: unknown): Fault =>
  new Fault("The database failed while a lane was drained", { cause, next: { kind: "retry", at: null } });

/**
 * The server's own trouble by SQLSTATE: connections (08), resources such as the disk (53), an operator (57P), the system (58), and a
 * server that has become a standby (25006). Rows are not to be blamed for it, however often it happens.
 */
function isOfTheServer(error: unknown): boolean {
  return error instanceof pg.DatabaseError && /^(?:08|53|57P|58|25006)/.test(error.code ?? "");
}
