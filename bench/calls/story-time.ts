import { performance } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { z } from "zod";
import type { Sandbox } from "../../src/sandbox/sandbox.ts";

/** The time of the story, in ms since its morning. */
export type StoryTime = {
  now(): number;
  /** Goes on until then; whatever falls due on the way is done when it is due. */
  until(time: number): Promise<void>;
};

const patience = 60_000;

/**
 * A day in minutes, with every wait of the app's as long as it is: while nothing is under way the machine's clock stands still for the story, and
 * what the app and its queue remember of times is moved into the past by what the story skips. A skip ends where the next job falls due.
 */
export function storyTime(sandbox: Sandbox, pool: pg.Pool): StoryTime {
  const start = performance.now();
  let skipped = 0;
  const now = (): number => performance.now() - start + skipped;
  return {
    now,
    async until(time) {
      for (;;) {
        await untilIdle(sandbox, pool);
        const left = time - now();
        if (left <= 0) return;
        const step = Math.min(left, await nextDue(pool));
        await skip(pool, step);
        sandbox.clock.advance(step);
        skipped += step;
      }
    },
  };
}

const openRow = z.tuple([z.object({ open: z.coerce.number() })]);
const dueRow = z.tuple([z.object({ ms: z.coerce.number().nullable() })]);

/** Nothing waits to be drained, and nothing is due to be performed. */
async function untilIdle(sandbox: Sandbox, pool: pg.Pool): Promise<void> {
  for (const deadline = performance.now() + patience; performance.now() < deadline; await delay(10)) {
    await sandbox.settled();
    const { rows } = await pool.query(
      `select (select count(*) from inbox where state = 'waiting')
            + (select count(*) from graphile_worker._private_jobs where attempts < max_attempts and (run_at <= now() or locked_at is not null)) as open`,
    );
    if (openRow.parse(rows)[0].open === 0) return;
  }
  throw new Error(`the app did not come to rest within ${patience} ms`);
}

/** How long until the next job that waits falls due, in ms. */
async function nextDue(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query(
    "select extract(epoch from min(run_at) - now()) * 1000 as ms from graphile_worker._private_jobs where attempts < max_attempts",
  );
  return Math.max(1, dueRow.parse(rows)[0].ms ?? Number.POSITIVE_INFINITY);
}

async function skip(pool: pg.Pool, ms: number): Promise<void> {
  const by = [ms / 1000];
  await pool.query("update posts set at = at - make_interval(secs => $1)", by);
  await pool.query(
    "update graphile_worker._private_jobs set run_at = run_at - make_interval(secs => $1), created_at = created_at - make_interval(secs => $1)",
    by,
  );
  // What has fallen due by it is looked for at once, and not with the queue's next poll.
  await pool.query(`select pg_notify('jobs:insert', '{"r":0,"count":1}')`);
}
