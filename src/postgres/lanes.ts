import type pg from "pg";
import { z } from "zod";
import type { InboxRow, LockedLane, Translation } from "../ports.ts";
import { commitDerived } from "./commit.ts";
import { declare } from "./declare.ts";
import { gatherPlans, planPathsOf } from "./gather-plans.ts";
import { gatherTasks } from "./gather-tasks.ts";
import { remember } from "./remember.ts";
import { inMs } from "./sql-time.ts";

/** What one look at a lane came to. */
export type Drained = { readonly lane: string; readonly rows: number; readonly parked: number; readonly retried: number };

export type Lanes = {
  /** Names of lanes with rows that may be drained now, oldest first. */
  candidates(most: number): Promise<readonly string[]>;
  /** Drains a lane until it is empty. Null when another process holds it. */
  drain(lane: string): Promise<Drained | null>;
};

const mostRows = 200;
const mostAttempts = 8;

/** Lanes of the inbox: each is drained in order by one process at a time, in one transaction a batch. */
export function openLanes(pool: pg.Pool, drainOne: (lane: LockedLane) => Promise<void>): Lanes {
  return {
    candidates: async (most) => {
      const { rows } = await pool.query(
        `select lane from inbox where state = 'waiting' and not_before <= now() group by lane order by min(row_id) limit $1`,
        [most],
      );
      return rows.map((row) => z.object({ lane: z.string() }).parse(row).lane);
    },
    drain: async (lane) => {
      const total = { lane, rows: 0, parked: 0, retried: 0 };
      for (;;) {
        const batch = await drainBatch(pool, lane, drainOne);
        if (batch === null) return total.rows === 0 ? null : total;
        total.rows += batch.rows;
        total.parked += batch.parked;
        total.retried += batch.retried;
        if (batch.rows === 0) return total;
      }
    },
  };
}

/** One batch; when it fails it is rolled back and its rows run singly, so that only the row at fault waits. */
async function drainBatch(pool: pg.Pool, lane: string, drainOne: (lane: LockedLane) => Promise<void>): Promise<Drained | null> {
  try {
    return await inLane(pool, lane, null, drainOne);
  } catch (error) {
    if (isConnectionLost(error)) throw error;
  }
  const rows = await waiting(pool, lane, null);
  const total = { lane, rows: 0, parked: 0, retried: 0 };
  for (const row of rows) {
    try {
      const one = await inLane(pool, lane, row.row, drainOne);
      if (one === null) return total.rows === 0 ? null : total;
      total.rows += one.rows;
      total.parked += one.parked;
    } catch (error) {
      if (isConnectionLost(error)) throw error;
      total.rows += 1;
      if ((await putOff(pool, row, error)) === "parked") total.parked += 1;
      else total.retried += 1;
    }
  }
  return total;
}

/**
 * One transaction that holds the lane's lock. READ COMMITTED and the lock in a statement of its own: a statement that locks and reads
 * would see the state from before the lock. The lock goes with the transaction, so a killed process frees it at once.
 */
async function inLane(
  pool: pg.Pool,
  lane: string,
  only: number | null,
  drainOne: (lane: LockedLane) => Promise<void>,
): Promise<Drained | null> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query("begin isolation level read committed");
    const { rows: locks } = await client.query("select pg_try_advisory_xact_lock(hashtextextended($1, 1)) as locked", [lane]);
    if (!z.object({ locked: z.boolean() }).parse(locks[0]).locked) {
      await client.query("rollback");
      return null;
    }
    const rows = await waiting(client, lane, only);
    const locked = lockedLane(client, lane, rows);
    if (rows.length > 0) await drainOne(locked);
    await client.query("commit");
    return { lane, rows: rows.length, parked: locked.parked(), retried: 0 };
  } catch (error) {
    broken = error instanceof Error ? error : new Error(String(error));
    await client.query("rollback").catch(() => undefined);
    throw error;
  } finally {
    client.release(isConnectionLost(broken));
  }
}

const inboxRow = z.object({
  row: z.number(),
  id: z.string(),
  event: z.string(),
  body: z.instanceof(Buffer),
  received: z.number(),
  attempts: z.number(),
});

async function waiting(client: pg.ClientBase | pg.Pool, lane: string, only: number | null): Promise<readonly InboxRow[]> {
  const { rows } = await client.query(
    `select row_id as row, id, event, body, ${inMs("received_at")} as received, attempts from inbox
     where state = 'waiting' and lane = $1 and not_before <= now() and ($2::bigint is null or row_id = $2)
     order by live desc, row_id limit ${mostRows}`,
    [lane, only],
  );
  return rows.map((row) => {
    const { received, ...rest } = inboxRow.parse(row);
    return { ...rest, receivedAt: received };
  });
}

function lockedLane(client: pg.PoolClient, name: string, rows: readonly InboxRow[]): LockedLane & { parked(): number } {
  const repository = repositoryOf(name);
  let translations: readonly Translation[] = [];
  return {
    rows,
    parked: () => translations.filter((translation) => "unreadable" in translation).length,
    remember: (told) => {
      translations = told;
      return remember(client, repository, told);
    },
    plans: async (fresh) =>
      repository === null
        ? { configurations: [], defaultBranch: "", stored: [], versions: new Map() }
        : gatherPlans(client, repository, fresh),
    declare: async (planned) => (repository === null ? undefined : declare(client, repository, planned)),
    tasks: async (planned, fresh) =>
      repository === null
        ? { material: nothing, planPaths: new Set() }
        : {
            material: await gatherTasks(client, repository, planned, fresh),
            planPaths: await planPathsOf(client, repository),
          },
    commit: async ({ derived, planned, effects }) => {
      if (repository !== null)
        await commitDerived(client, repository, { derived, planned, effects, deliveries: deliveriesOf(translations) });
      await markDone(client, rows, translations);
    },
  };
}

/** Which delivery told each fact; under "" the last of the batch, for what no single fact brought about. */
function deliveriesOf(translations: readonly Translation[]): ReadonlyMap<string, string> {
  const told = translations.flatMap((translation) =>
    "unreadable" in translation ? [] : translation.told.map(({ fact }): readonly [string, string] => [fact.id, translation.delivery]),
  );
  const last = translations.at(-1)?.delivery;
  return new Map([...told, ...(last === undefined ? [] : [["", last] as const])]);
}

const nothing = { tasks: [], facts: [], mentions: [], ids: new Map(), ambiguous: new Set<string>(), tracks: new Map() };

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

/** The server or the way to it is gone (SQLSTATE classes 08 and 57, or no SQLSTATE at all on a socket error): no row is at fault. */
function isConnectionLost(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return code.startsWith("08") || code.startsWith("57") || code === "ECONNRESET" || code === "ECONNREFUSED" || code === "EPIPE";
}
