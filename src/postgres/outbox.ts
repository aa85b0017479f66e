import type pg from "pg";
import { z } from "zod";
import { type Delay, delayOf, type Effect, type Instant } from "../core/words.ts";
import { inMs } from "./sql-time.ts";

/** The one task identifier of the queue: what is to be done stands in the payload. */
export const performTask = "perform";

const installationRow = z.object({ installation: z.number() });

/** `at` = not before this time; left out, at once. */
export type OutboxJob = { readonly effect: Effect; readonly key: string; readonly at?: Instant };

/**
 * Adds effects to the queue in the caller's transaction. One key is one job, and a job that waits keeps its time, so that a stream of
 * changes cannot push it off for ever; one that waits for quiet is pushed off, but not for longer than its most. Writes of an installation run one at a time (GitHub asks for it, and an older text must not
 * overtake a newer one); reads of a repository likewise. The past of an installation's repositories has a queue of its own, so that no
 * reading of what happens now waits behind a page of it.
 */
export async function addJobs(client: pg.ClientBase, repository: number, jobs: readonly OutboxJob[]): Promise<void> {
  if (jobs.length === 0) return;
  const { rows } = await client.query("select installation_id as installation from repositories where id = $1", [repository]);
  if (rows[0] === undefined) return;
  const { installation } = installationRow.parse(rows[0]);
  const spec = ({ effect, key, at }: OutboxJob): Spec => ({
    payload: JSON.stringify({ repository, effect }),
    queue: queueOf(effect, { repository, installation }),
    key: `${repository}:${key}`,
    at: at ?? null,
    ...delayOf(effect),
    priority: priorityOf(effect),
  });
  const specs = jobs.map(spec);
  const waitsForQuiet = ({ at, delay, most }: Spec) => at === null && most > delay;
  await addSpecs(
    client,
    specs.filter((one) => one.at === null && !waitsForQuiet(one)),
    true,
  );
  await addSpecs(
    client,
    specs.filter(({ at }) => at !== null),
    false,
  );
  for (const one of specs.filter(waitsForQuiet)) await addSpecs(client, [{ ...one, at: await quietTime(client, one) }], false);
}

type Spec = {
  readonly payload: string;
  readonly queue: string;
  readonly key: string;
  readonly at: Instant | null;
  readonly priority: number;
} & Delay;

const quietRow = z.object({ at: z.number() });

/**
 * `delay` from now, but at most `most` after the waiting job of this key was first added (the queue keeps that time when a job is replaced),
 * and never before the time the job has already: a rate limit may have put it off.
 */
async function quietTime(client: pg.ClientBase, { key, delay, most }: Spec): Promise<Instant> {
  const { rows } = await client.query(
    `select ${inMs(`greatest(
         job.run_at,
         least(now() + make_interval(secs => $2), coalesce(job.created_at, now()) + make_interval(secs => $3))
       )`)} as at
     from (select) as one
     left join graphile_worker.jobs as job on job.key = $1 and job.locked_at is null and job.attempts < job.max_attempts`,
    [key, delay, most],
  );
  return quietRow.parse(rows[0]).at;
}

/** One statement however many they are: a batch asks for a hundred. */
async function addSpecs(client: pg.ClientBase, specs: readonly Spec[], keepsTime: boolean): Promise<void> {
  if (specs.length === 0) return;
  await client.query(
    `select from graphile_worker.add_jobs(
       (select array_agg((
           $1, payload, queue, coalesce(to_timestamp(at / 1000), now() + make_interval(secs => delay)), 12, key, priority, null
         )::graphile_worker.job_spec)
         from unnest($2::json[], $3::text[], $4::text[], $5::float8[], $6::float8[], $7::int[])
           as said (payload, queue, key, at, delay, priority)),
       job_key_preserve_run_at := $8)`,
    [
      performTask,
      specs.map((spec) => spec.payload),
      specs.map((spec) => spec.queue),
      specs.map((spec) => spec.key),
      specs.map((spec) => spec.at),
      specs.map((spec) => spec.delay),
      specs.map((spec) => spec.priority),
      keepsTime,
    ],
  );
}

function queueOf({ kind }: Effect, { repository, installation }: { readonly repository: number; readonly installation: number }): string {
  if (kind === "backfill" || kind === "backfill-page") return `past:${installation}`;
  return kind.startsWith("read-") ? `read:${repository}` : `write:${installation}`;
}

/** Smaller runs first: people who wait for an answer, then reads that others wait for, then the summary, then the past. */
function priorityOf(effect: Effect): number {
  switch (effect.kind) {
    case "reply":
    case "read-permission":
      return 0;
    case "summary":
    case "milestones":
    case "digest":
      return 20;
    case "backfill-page":
      return 30;
    default:
      return 10;
  }
}
