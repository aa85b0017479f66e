import type pg from "pg";
import { z } from "zod";
import { nextTime } from "../core/plan/cron.ts";
import { settingsInTime } from "../core/status/settings-in-time.ts";
import { type Configuration, type Effect, effectKey, type Instant } from "../core/words.ts";
import { configurationsOf } from "./gather-plans.ts";
import { addJobs } from "./outbox.ts";
import { fromMs, inMs } from "./sql-time.ts";

/** A digest that nobody could post in time, since no process ran, is caught up with for so long; then the next one tells it too. */
const caughtUpMs = 24 * 60 * 60_000;

const expectedRow = z.object({ repository: z.number(), versions: z.number() });
const dueRow = z.object({ repository: z.number(), due: z.number().nullable() });

type Summary = Configuration["summary"];

/**
 * Reckons when the next digest is due wherever that is not known, or the configuration has got new versions since. Another schedule counts
 * from now on; one that stays keeps its time, which may be overdue. Answers with how many repositories these were, `most` at a time.
 */
export async function expectDigests(pool: pg.Pool, { at, most }: { readonly at: Instant; readonly most: number }): Promise<number> {
  const { rows } = await pool.query(
    `select repositories.id as repository, known.versions
     from repositories
     cross join lateral (
       select count(*)::int as versions from facts where repository_id = repositories.id and thing = 'configuration'
     ) as known
     left join due_work on due_work.repository_id = repositories.id and due_work.what = 'digest'
     where present and due_work.versions is distinct from known.versions limit $1`,
    [most],
  );
  for (const row of rows) {
    const { repository, versions } = expectedRow.parse(row);
    const summary = await summaryOf(pool, repository);
    await pool.query(
      `insert into due_work (repository_id, what, due_at, schedule, versions)
       values ($1, 'digest', coalesce(${fromMs("$2")}, 'infinity'), $3, $4)
       on conflict (repository_id, what) do update set
         due_at = case when due_work.schedule = excluded.schedule then due_work.due_at else excluded.due_at end,
         schedule = excluded.schedule, versions = excluded.versions
       where due_work.versions is distinct from excluded.versions`,
      [repository, nextTime(summary.schedule, summary.timezone, at), `${summary.schedule} ${summary.timezone}`, versions],
    );
  }
  return rows.length;
}

/** Claims digests that are due in the caller's transaction, and asks for those that are not too old. Answers with how many it claimed. */
export async function claimDigests(client: pg.PoolClient, { at, most }: { readonly at: Instant; readonly most: number }): Promise<number> {
  const { rows } = await client.query(
    `select repository_id as repository, case when due_at >= ${fromMs("$2")} then ${inMs("due_at")} end as due
     from due_work
     where what = 'digest' and due_at <= ${fromMs("$1")}
       and exists (select from repositories where id = due_work.repository_id and present)
     order by due_at limit $3 for update skip locked`,
    [at, at - caughtUpMs, most],
  );
  for (const row of rows) {
    const { repository, due } = dueRow.parse(row);
    const { schedule, timezone } = await summaryOf(client, repository);
    await client.query(
      `update due_work set done_at = ${fromMs("$2")}, due_at = coalesce(${fromMs("$3")}, 'infinity')
       where repository_id = $1 and what = 'digest'`,
      [repository, at, nextTime(schedule, timezone, at)],
    );
    if (due !== null) await addJobs(client, repository, [jobOf({ kind: "digest", at: due })]);
  }
  return rows.length;
}

const jobOf = (effect: Effect) => ({ effect, key: effectKey(effect) });

const summaryOf = async (client: pg.ClientBase | pg.Pool, repository: number): Promise<Summary> =>
  settingsInTime(await configurationsOf(client, repository), "").now.summary;
