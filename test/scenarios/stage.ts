import { generateKeyPairSync } from "node:crypto";
import { createServer } from "node:net";
import type pg from "pg";
import { onTestFinished } from "vitest";
import { openPool } from "../../src/postgres/open-pool.ts";
import { verifyAll } from "../../src/postgres/verify.ts";
import { type RepositoryOptions, type Sandbox, type SandboxRepository, startSandbox } from "../../src/sandbox/sandbox.ts";
import { validateExchange } from "../contracts/openapi.ts";
import { freshDatabase } from "../fresh-database.ts";
import { type AppProcess, startApp } from "./app-process.ts";
import { until } from "./until.ts";

const { publicKey, privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});

const webhookSecret = "a secret of sixteen or more";
export const storyStart = Date.parse("2026-03-02T10:00:00Z");

/** A repository on the sandbox, the app beside it, and a database of their own. */
export type Stage = {
  readonly sandbox: Sandbox;
  readonly repository: SandboxRepository;
  readonly pool: pg.Pool;
  /** What no log may show. */
  readonly secrets: { readonly webhookSecret: string; readonly privateKey: string };
  /** The process that was started last. */
  app(): AppProcess;
  /** Starts another process of the app on the same database (after a kill, or beside the first). */
  start(role?: string, environment?: Readonly<Record<string, string>>): Promise<AppProcess>;
  /**
   * Until everything sent has been drained and everything asked for has been performed, what waits for more changes of the base or for a second to be over with it;
   * `hasten`: also what is put off meanwhile.
   */
  settle(options?: { readonly hasten?: boolean }): Promise<void>;
  /** What `plankeeper verify` says; empty when all is proven. */
  problems(): Promise<readonly string[]>;
  /** Statuses as stored, by id. */
  statuses(): Promise<Readonly<Record<string, string>>>;
};

export type StageOptions = Pick<RepositoryOptions, "files" | "people" | "private"> & {
  /** What the app may do; all that it can use when absent. */
  readonly permissions?: Readonly<Record<string, "read" | "write">>;
  readonly mode?: "live" | "observe";
  /** Where the story's clock starts. */
  readonly start?: number;
  /** Requests the app may make in an hour of the story. */
  readonly rateLimit?: number;
  readonly environment?: Readonly<Record<string, string>>;
  /** Processes to start with; one with every role when absent. */
  readonly roles?: readonly string[];
  /** Puts something between the app and its database, and answers with where the app is to go. */
  readonly between?: (databaseUrl: string) => Promise<string>;
};

/** Sets the stage and starts the app; nothing is installed yet. All of it is taken down when the test ends, and every exchange is held against GitHub's own description. */
export async function setStage(options: StageOptions): Promise<Stage> {
  const database = await freshDatabase();
  onTestFinished(() => database.drop());
  const port = await freePort();
  const sandbox = await startSandbox({
    appId: 4711,
    publicKey,
    webhookSecret,
    webhookUrl: `http://127.0.0.1:${port}/api/github/webhooks`,
    now: options.start ?? storyStart,
    ...(options.rateLimit === undefined ? {} : { rateLimit: options.rateLimit }),
    ...(options.permissions === undefined ? {} : { permissions: options.permissions }),
  });
  onTestFinished(() => sandbox.close());
  const environment = {
    APP_ID: "4711",
    PRIVATE_KEY: privateKey,
    WEBHOOK_SECRET: webhookSecret,
    GITHUB_API_URL: sandbox.url,
    GITHUB_URL: "https://github.test",
    DATABASE_URL: options.between === undefined ? database.url : await options.between(database.url),
    HOST: "127.0.0.1",
    PORT: String(port),
    SUMMARY_INTERVAL_SECONDS: "0",
    GITHUB_WRITE_SPACING: "off",
    MODE: options.mode ?? "live",
    ...options.environment,
  };
  const running: AppProcess[] = [];
  const start = async (role = "all", more: Readonly<Record<string, string>> = {}) => {
    const app = await startApp({ ...environment, ...more }, role);
    running.push(app);
    return app;
  };
  onTestFinished(async () => {
    for (const app of running) await app.kill();
  });
  const pool = openPool(database.url, { poolSize: 2, log: () => undefined });
  onTestFinished(() => pool.end());
  const repository = sandbox.repository({ owner: "octo", name: "plans", ...options });
  for (const role of options.roles ?? ["all"]) await start(role);
  return {
    sandbox,
    repository,
    pool,
    secrets: { webhookSecret, privateKey },
    app: () => running.at(-1) ?? fail(),
    start,
    settle: ({ hasten = false } = {}) => settle({ sandbox, pool, hasten }),
    problems: async () => [
      ...(await verifyAll(pool)).flatMap(({ waiting, problems }) => (waiting ? ["it waits to be derived again"] : problems)),
      ...sandbox.exchanges.filter((exchange) => exchange.fault === null).flatMap(validateExchange),
    ],
    statuses: async () => {
      const { rows } = await pool.query("select declared ->> 'id' as id, status from tasks where present order by position");
      return Object.fromEntries(rows.map((row) => [row.id, row.status]));
    },
  };
}

function fail(): never {
  throw new Error("no app is running");
}

/** Jobs that something is to come of soon; a fallback waits in case that nothing comes, a comment on a blocker whether it stays blocked, those on milestones for quiet. */
export const open = ["fallback", "blocker:%", "milestones%"].reduce(
  (rest, kind) => `${rest} and coalesce(key, '') not like '%:${kind}'`,
  "attempts < max_attempts",
);

/** What waits for a minute, or for the sake of one second, waits until all that was sent meanwhile was told. */
const drained = "not exists (select from inbox where state = 'waiting')";

/** Nothing waits in the inbox or the queue, nothing is under way, and it was so twice in a row. */
async function settle({ sandbox, pool, hasten }: Pick<Stage, "sandbox" | "pool"> & { readonly hasten: boolean }): Promise<void> {
  let quiet = 0;
  await until("the app comes to rest", async () => {
    await sandbox.settled();
    await makeDue(pool, hasten ? "true" : `(key like '%:moved' or key like '%:read-snapshot:%') and ${drained}`);
    if (hasten) await pool.query("update inbox set not_before = '-infinity' where state = 'waiting' and not_before > now()");
    const { rows } = await pool.query(
      `select (select count(*) from inbox where state = 'waiting') + (select count(*) from graphile_worker._private_jobs where ${open}) as open`,
    );
    quiet = Number(rows[0]?.open) === 0 ? quiet + 1 : 0;
    return quiet === 2;
  });
}

export async function makeDue(pool: pg.Pool, which: string): Promise<void> {
  await pool.query(
    `update graphile_worker._private_jobs set run_at = now() where run_at > now() and locked_at is null and ${open} and (${which})`,
  );
}

/** A port that nobody uses now: the sandbox has to know where to deliver before the app listens there. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : fail();
}
