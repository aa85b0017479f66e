import type pg from "pg";
import { z } from "zod";
import { delayOf, type Effect, type Instant } from "../core/words.ts";

/** The one task identifier of the queue: what is to be done stands in the payload. */
export const performTask = "perform";

const installationRow = z.object({ installation: z.number() });

/** `at` = not before this time; left out, at once. */
export type OutboxJob = { readonly effect: Effect; readonly key: string; readonly at?: Instant };

/**
 * Adds effects to the queue in the caller's transaction. One key is one job, and a job that waits keeps its time, so that a stream of
 * changes cannot push it off for ever. Writes of an installation run one at a time (GitHub asks for it, and an older text must not
 * overtake a newer one); reads of a repository likewise.
 */
export async function addJobs(client: pg.ClientBase, repository: number, jobs: readonly OutboxJob[]): Promise<void> {
  if (jobs.length === 0) return;
  const { rows } = await client.query("select installation_id as installation from repositories where id = $1", [repository]);
  if (rows[0] === undefined) return;
  const { installation } = installationRow.parse(rows[0]);
  const spec = ({ effect, key, at }: OutboxJob): Spec => ({
    payload: JSON.stringify({ repository, effect }),
    queue: effect.kind.startsWith("read-") ? `read:${repository}` : `write:${installation}`,
    key: `${repository}:${key}`,
    at: at ?? null,
    delay: delayOf(effect),
    priority: priorityOf(effect),
  });
  await addSpecs(client, jobs.filter(({ at }) => at === undefined).map(spec), true);
  await addSpecs(client, jobs.filter(({ at }) => at !== undefined).map(spec), false);
}

type Spec = {
  readonly payload: string;
  readonly queue: string;
  readonly key: string;
  readonly at: Instant | null;
  readonly delay: number;
  readonly priority: number;
};

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

/** Smaller runs first: people who wait for an answer, then reads that others wait for, then the summary. */
function priorityOf(effect: Effect): number {
  switch (effect.kind) {
    case "reply":
    case "read-permission":
      return 0;
    case "summary":
      return 20;
    default:
      return 10;
  }
}
