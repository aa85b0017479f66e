import { EventEmitter } from "node:events";
import { setTimeout } from "node:timers/promises";
import { Logger, run, type Worker, type WorkerEvents, type WorkerPool } from "graphile-worker";
import type pg from "pg";
import { z } from "zod";
import { type Effect, effectKey, Fault, type Instant } from "../core/words.ts";
import type { Job } from "../ports.ts";
import { claimCrontab, claimTask } from "./due-work.ts";
import { addJobs, performTask } from "./outbox.ts";

export type PerformLoop = { close(): Promise<void> };

/** How one job ended: `later` = put off to the time GitHub named. */
export type Performed = { readonly job: Job; readonly outcome: "done" | "later" | "given-up" | "failed"; readonly error: unknown };

const payloadSchema = z.object({
  repository: z.number(),
  effect: z.custom<Effect>((value) => z.object({ kind: z.string() }).safeParse(value).success),
});

/**
 * Performs effects from the queue, several at once. A fault that names a time puts the job off to it without holding
 * the worker; one that gives up ends the job with a line in the log; anything else is retried by the queue with growing delays.
 */
export async function startPerformLoop(parts: {
  readonly pool: pg.Pool;
  /** Jobs performed at a time. */
  readonly atOnce: number;
  /** How often the queue is looked at unasked, for what has become due meanwhile. */
  readonly pollMs: number;
  /** Told the name by which this process will lock jobs, before it takes one. */
  readonly announce: (name: string) => Promise<void>;
  /** Answers with the time before which the job must not run again, when it is not due yet. */
  readonly perform: (job: Job) => Promise<Instant | null>;
  /** Claims what has fallen due by the clock. */
  readonly claim: () => Promise<unknown>;
  readonly onPerformed: (performed: Performed, ms: number) => void;
  /** Trouble of the queue itself, such as a lost connection. */
  readonly onTrouble: (message: string) => void;
  /** It could not be recorded how a job ended, so the job stays locked: the process must exit, for others to free it. */
  readonly onBroken: () => void;
  readonly elapsed: () => number;
}): Promise<PerformLoop> {
  const reported = new WeakSet<Error>();
  const taskList = {
    [claimTask]: async (): Promise<void> => {
      await parts.claim();
    },
    [performTask]: async (payload: unknown): Promise<void> => {
      const job = payloadSchema.parse(payload);
      const start = parts.elapsed();
      const report = (outcome: Performed["outcome"], error: unknown) => parts.onPerformed({ job, outcome, error }, parts.elapsed() - start);
      try {
        const later = await parts.perform(job);
        if (later !== null) await putOff(parts.pool, job, later);
        report(later === null ? "done" : "later", null);
      } catch (error) {
        const next = error instanceof Fault ? error.next : null;
        if (next?.kind === "retry" && next.at !== null) {
          await putOff(parts.pool, job, next.at);
          report("later", error);
        } else if (next?.kind === "give-up") report("given-up", error);
        else {
          report("failed", error);
          if (error instanceof Error) reported.add(error);
          throw error;
        }
      }
    },
  };
  // Of its own the queue tells only what goes wrong around the jobs.
  const logger = new Logger(() => (level, message, meta) => {
    const told = meta?.error instanceof Error && reported.has(meta.error);
    if ((level === "error" || level === "warning") && !told) parts.onTrouble(message);
  });
  // The queue makes up the name by which it locks jobs. Each of its workers waits here before it takes its first one.
  let announced: Promise<void> | null = null;
  const startWorker = (_: unknown, { worker }: { readonly worker: Worker }): Promise<void> => {
    announced ??= parts.announce(worker.workerPool.id);
    return announced;
  };
  const events: WorkerEvents = new EventEmitter();
  const waking = wakeOnceRecorded(parts.pool, events);
  const runner = await run({
    pgPool: parts.pool,
    events,
    taskList,
    crontab: claimCrontab,
    concurrency: parts.atOnce,
    noHandleSignals: true,
    pollInterval: parts.pollMs,
    logger,
    preset: {
      plugins: [{ name: "announce", version: "1.0.0", worker: { hooks: { startWorker } } }],
      // Without a delay to gather them in, the queue records ends with promises that nobody waits for: neither closing, nor for their failure.
      worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 },
    },
  });
  runner.promise.catch(parts.onBroken);
  return {
    close: () => {
      waking.end();
      return runner.stop();
    },
  };
}

/** Between two looks whether the end of a job is on record. */
const recordingMs = 5;

/**
 * Jobs of one queue follow each other, but the worker looks for the next one before the end of the last is on record, finds the queue taken,
 * and would sleep until it polls: a burst of writes would go out one a poll. So the workers are woken once that end is on record.
 * A connection that fails here is no trouble of its own: the poll is the net.
 */
function wakeOnceRecorded(pool: pg.Pool, events: WorkerEvents): { end(): void } {
  let ended = false;
  const wake = async (id: string, workers: WorkerPool): Promise<void> => {
    while (!ended && (await isLocked(pool, id))) await setTimeout(recordingMs);
    if (!ended) workers.nudge(1);
  };
  events.on("job:complete", ({ job, worker }) => {
    wake(job.id, worker.workerPool).catch(() => {});
  });
  return {
    end: () => {
      ended = true;
    },
  };
}

async function isLocked(pool: pg.Pool, id: string): Promise<boolean> {
  const { rowCount } = await pool.query("select from graphile_worker.jobs where id = $1 and locked_at is not null", [id]);
  return rowCount === 1;
}

/** The same key again at the time named, so that the wait costs no worker. */
async function putOff(pool: pg.Pool, job: Job, at: Instant): Promise<void> {
  const client = await pool.connect();
  try {
    await addJobs(client, job.repository, [{ effect: job.effect, key: effectKey(job.effect), at }]);
  } finally {
    client.release();
  }
}
