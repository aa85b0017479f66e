import type pg from "pg";
import { z } from "zod";
import { type Effect, effectKey, type Instant } from "../core/words.ts";
import { askToDeriveAgain } from "./derive-again.ts";
import { claimDigests, expectDigests } from "./due-digests.ts";
import { addJobs } from "./outbox.ts";
import { fromMs, inMs } from "./sql-time.ts";

/** The task of the queue that claims what has fallen due, and how often it is looked for: the crontab knows only fixed lines, in UTC. */
export const claimTask = "claim-due-work";
export const claimCrontab = `*/5 * * * * ${claimTask} ?max=1&jobKey=${claimTask}`;

type Batch = { readonly at: Instant; readonly most: number };

type Kind = {
  /** Reckons what is due when, wherever that is not known yet. Answers with how many repositories it looked at. */
  readonly expect: (pool: pg.Pool, batch: Batch) => Promise<number>;
  /** Claims some of what is due in one transaction, and adds its effects to the queue. Answers with how many. */
  readonly claim: (client: pg.PoolClient, batch: Batch) => Promise<number>;
};

/** What falls due by the clock alone, in each repository: one entry here, one row for each of them. */
const kinds = {
  /** What became odd by nothing happening. The first sight of a repository was a look, so the next is a day later. */
  look: every({ what: "look", everyMs: 24 * 60 * 60_000, effects: [{ kind: "summary" }, { kind: "milestones", make: false }] }),
  /** What happened, at the times that the repository's configuration names. */
  digest: { expect: expectDigests, claim: claimDigests },
  /** What other versions derived, while two of them ran side by side. */
  rules: { expect: async () => 0, claim: (client, { most }) => askToDeriveAgain(client, { most, reopen: false }) },
} as const satisfies Readonly<Record<string, Kind>>;

export type DueWork = keyof typeof kinds;

const atOnce = 200;
const repositoryRow = z.object({ repository: z.number() });

/**
 * Claims all that is due at `at` and adds its effects to the queue, a few repositories a transaction. However many processes do this, each
 * row is claimed by one of them, and after a death all of a claim is done or none. What was missed is done once. Answers with how many.
 */
export async function claimDueWork(pool: pg.Pool, at: Instant): Promise<number> {
  const batch = { at, most: atOnce };
  let claimed = 0;
  for (const kind of Object.values(kinds)) {
    while ((await kind.expect(pool, batch)) === atOnce);
    for (;;) {
      const some = await inTransaction(pool, (client) => kind.claim(client, batch));
      claimed += some;
      if (some < atOnce) break;
    }
  }
  return claimed;
}

/** When this was claimed last; null where it never was. */
export async function dueWorkDone(pool: pg.Pool, repository: number, what: DueWork): Promise<Instant | null> {
  const { rows } = await pool.query(`select ${inMs("done_at")} as at from due_work where repository_id = $1 and what = $2`, [
    repository,
    what,
  ]);
  return rows[0] === undefined ? null : z.object({ at: z.number().nullable() }).parse(rows[0]).at;
}

type Periodic = {
  readonly what: string;
  /** At most once in so long for each repository. */
  readonly everyMs: number;
  readonly effects: readonly Effect[];
};

function every(periodic: Periodic): Kind {
  return { expect: (pool, batch) => expectOf(pool, periodic, batch), claim: (client, batch) => claimSome(client, periodic, batch) };
}

/** Repositories that came since begin here. */
async function expectOf(pool: pg.Pool, { what, everyMs }: Periodic, { at, most }: Batch): Promise<number> {
  const { rowCount } = await pool.query(
    `insert into due_work (repository_id, what, due_at)
     select id, $1, ${fromMs("$2")} from repositories
     where present and not exists (select from due_work where repository_id = repositories.id and what = $1)
     limit $3
     on conflict do nothing`,
    [what, at + everyMs, most],
  );
  return rowCount ?? 0;
}

async function claimSome(client: pg.PoolClient, { what, everyMs, effects }: Periodic, { at, most }: Batch): Promise<number> {
  const { rows } = await client.query(
    `update due_work set done_at = ${fromMs("$2")}, due_at = ${fromMs("$3")}
     where what = $1 and repository_id in (
       select repository_id from due_work
       where what = $1 and due_at <= ${fromMs("$2")}
         and exists (select from repositories where id = due_work.repository_id and present)
       order by due_at limit $4 for update skip locked
     )
     returning repository_id as repository`,
    [what, at, at + everyMs, most],
  );
  const jobs = effects.map((effect) => ({ effect, key: effectKey(effect) }));
  for (const row of rows) await addJobs(client, repositoryRow.parse(row).repository, jobs);
  return rows.length;
}

async function inTransaction<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    const done = await work(client);
    await client.query("commit");
    return done;
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
