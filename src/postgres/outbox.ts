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
  for (const { effect, key, at } of jobs) {
    const delay = delayOf(effect);
    await client.query(
      `select graphile_worker.add_job($1, payload := $2::json, queue_name := $3, job_key := $4, job_key_mode := $6, run_at := coalesce(to_timestamp($7::float8 / 1000), now() + make_interval(secs => $8)), max_attempts := 12, priority := $5::int)`,
      [
        performTask,
        JSON.stringify({ repository, effect }),
        effect.kind.startsWith("read-") ? `read:${repository}` : `write:${installation}`,
        `${repository}:${key}`,
        priorityOf(effect),
        at === undefined ? "preserve_run_at" : "replace",
        at ?? null,
        delay,
      ],
    );
  }
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
