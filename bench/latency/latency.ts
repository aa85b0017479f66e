import { performance } from "node:perf_hooks";
import { setTimeout as delay } from "node:timers/promises";
import type pg from "pg";
import { z } from "zod";
import { openPool } from "../../src/postgres/open-pool.ts";
import { type Exchange, type Sandbox, type SandboxRepository, startSandbox } from "../../src/sandbox/sandbox.ts";
import { startChild } from "../child.ts";
import { credentials } from "../credentials.ts";
import { csvPlan, taskId } from "../plan.ts";
import type { BenchPostgres } from "../postgres.ts";
import { quantile, type Spread, spreadOf } from "../spread.ts";

const setting = { tasks: 200, warmUp: 3, pulls: 30 } as const;

export type LatencyFigures = {
  readonly setting: typeof setting;
  /** Milliseconds. */
  readonly toCheck: Spread;
  readonly p95: number;
};

/** From sending the webhook of a new pull request to the check run that arrives on GitHub: the whole app as one process, the sandbox as GitHub. */
export async function benchLatency(postgres: BenchPostgres): Promise<LatencyFigures> {
  const closings: (() => Promise<void>)[] = [];
  try {
    const url = await postgres.database();
    const pool = openPool(url, { poolSize: 1, log: () => undefined });
    closings.push(() => pool.end());
    const { appId, publicKey, webhookSecret } = credentials;
    const sandbox = await startSandbox({
      appId,
      publicKey,
      webhookSecret,
      webhookUrl: "http://127.0.0.1:9/",
      now: Date.parse("2026-03-02T10:00:00Z"),
    });
    closings.push(() => sandbox.close());
    const app = await startChild(["dist/main.js", "all"], {
      APP_ID: String(appId),
      PRIVATE_KEY: credentials.privateKey,
      WEBHOOK_SECRET: webhookSecret,
      DATABASE_URL: url,
      GITHUB_API_URL: sandbox.url,
      GITHUB_WRITE_SPACING: "off",
      PORT: "0",
    });
    closings.push(() => app.stop());
    sandbox.deliverTo(`${app.url}/api/github/webhooks`);
    const repository = sandbox.repository({
      owner: "octo",
      name: "plans",
      files: { "docs/project-plan.csv": csvPlan(setting.tasks) },
      people: { dev: "write" },
    });
    await sandbox.install([repository]);
    const times = await openPulls({ sandbox, repository, pool });
    return { setting, toCheck: spreadOf(times), p95: quantile(times, 0.95) };
  } finally {
    for (const close of closings.reverse()) await close();
  }
}

type Scene = { readonly sandbox: Sandbox; readonly repository: SandboxRepository; readonly pool: pg.Pool };

/** One pull request after the other, each when nothing is under way any more. */
async function openPulls({ sandbox, repository, pool }: Scene): Promise<readonly number[]> {
  const checks = checksSeen(sandbox);
  const times: number[] = [];
  for (let index = 0; index < setting.warmUp + setting.pulls; index += 1) {
    const head = `${taskId(index).toLowerCase()}-work`;
    sandbox.clock.advance(60_000);
    await repository.push({
      by: "dev",
      branch: head,
      commits: [{ message: `refs ${taskId(index)}: begin`, files: { [`src/${index}.ts`]: "1" } }],
    });
    await untilIdle(sandbox, pool);
    const start = performance.now();
    const { headSha } = await repository.openPull({ by: "dev", title: `${taskId(index)}: build it`, head });
    const seen = await checks.of(headSha);
    if (index >= setting.warmUp) times.push(seen - start);
  }
  return times;
}

const created = z.object({ head_sha: z.string() });

/** When the first check run of a commit was created. */
function checksSeen(sandbox: Sandbox): { of(sha: string): Promise<number> } {
  const seen = new Map<string, number>();
  sandbox.onExchange((exchange: Exchange) => {
    if (exchange.route !== "POST /repos/{owner}/{repo}/check-runs") return;
    const { head_sha: sha } = created.parse(exchange.requestBody);
    if (!seen.has(sha)) seen.set(sha, performance.now());
  });
  return {
    of: async (sha) => {
      for (const deadline = performance.now() + patience; performance.now() < deadline; await delay(2)) {
        const at = seen.get(sha);
        if (at !== undefined) return at;
      }
      throw new Error(`no check run of ${sha} came within ${patience} ms`);
    },
  };
}

const patience = 30_000;
const openRow = z.tuple([z.object({ open: z.coerce.number() })]);

/** Nothing waits to be drained or performed. */
async function untilIdle(sandbox: Sandbox, pool: pg.Pool): Promise<void> {
  for (const deadline = performance.now() + patience; performance.now() < deadline; await delay(20)) {
    await sandbox.settled();
    const { rows } = await pool.query(
      `select (select count(*) from inbox where state = 'waiting')
            + (select count(*) from graphile_worker._private_jobs where attempts < max_attempts and run_at <= now()) as open`,
    );
    if (openRow.parse(rows)[0].open === 0) return;
  }
  throw new Error(`the app did not come to rest within ${patience} ms`);
}
