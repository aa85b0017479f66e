/** Wiring only: the environment → settings → the parts of this process's role → until a signal ends it. */

import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { now } from "./clock.ts";
import { effectKey, Fault, type Mode } from "./core/words.ts";
import { drain, perform } from "./flow.ts";
import { type GitHubApp, openApp } from "./github/app.ts";
import { createLog, type Log } from "./logging.ts";
import { createMetrics, type Metrics } from "./metrics.ts";
import type { RepositoryAddress } from "./ports.ts";
import { connect, type Database } from "./postgres/connect.ts";
import { askToDeriveAgain } from "./postgres/derive-again.ts";
import { startDrainLoop } from "./postgres/drain-loop.ts";
import { claimDueWork } from "./postgres/due-work.ts";
import { inboxLevel } from "./postgres/inbox-level.ts";
import { openLanes } from "./postgres/lanes.ts";
import { migrate } from "./postgres/migrate.ts";
import { openPool } from "./postgres/open-pool.ts";
import { startPerformLoop } from "./postgres/perform-loop.ts";
import { startPruning } from "./postgres/pruning.ts";
import { openReceipt } from "./postgres/receipt.ts";
import { openStore } from "./postgres/store.ts";
import { joinWorkers } from "./postgres/workers.ts";
import { describeProblems, loadEnvironment, type ProcessRole, processRoles, readSettings, type Settings, secretsOf } from "./settings.ts";
import { version } from "./version.ts";
import { readManifest } from "./web/manifest.ts";
import { startRegistration } from "./web/registration.ts";
import { startWeb } from "./web/server.ts";

/** Lanes drained at once, and effects performed at once, by one process. */
const lanesAtOnce = 4;
const effectsAtOnce = 4;
/** Jobs put off to a time are found by looking: at most this late. */
const pollMs = 1000;
/** What is under way at a signal has this long to end; then the process goes, and its work is done again by another. */
const lastCallMs = 25_000;

const role = roleFrom(process.argv[2]);
const environment = loadEnvironment();
const outcome = readSettings(environment, { role });
if (outcome.ok) await runUntilStopped(outcome.settings);
else stop(describeProblems(outcome.problems));

function roleFrom(argument: string | undefined): ProcessRole {
  const asked = processRoles.find((known) => known === (argument ?? "all"));
  return asked ?? stop(`Plankeeper knows no role "${argument}". Roles: ${processRoles.join(", ")}.`);
}

async function runUntilStopped(settings: Settings): Promise<void> {
  const log = createLog(settings.logLevel, undefined, secretsOf(settings));
  const onLost = (what: string) => {
    log.fatal({ what }, "what this process has begun is left to others");
    process.exit(1);
  };
  const starting = settings.registration ? startRegistering(settings, log) : start(settings, log, { version, onLost });
  const running = await starting.catch((error: unknown) => {
    // The world failing (database away, port taken) is told in a sentence; a mistake of ours needs its stack.
    if (error instanceof Fault) return stop(`Plankeeper cannot start: ${error.message}`);
    throw error;
  });
  log.info({ role: settings.role, url: running.url, version }, "Plankeeper is ready");
  let stopping = false;
  const end = (signal: NodeJS.Signals) => {
    if (stopping) process.exit(1);
    stopping = true;
    log.info({ signal }, "stopping");
    setTimeout(() => process.exit(1), lastCallMs).unref();
    running.close().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, "stopping failed");
        process.exit(1);
      },
    );
  };
  process.on("SIGTERM", end);
  process.on("SIGINT", end);
}

function stop(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

/** No app is registered yet: offers to do that in the browser, and tells the console where. */
async function startRegistering(settings: Settings, log: Log): Promise<Running> {
  const manifest = readManifest(readFileSync(new URL("../app.yml", import.meta.url), "utf8"));
  const registration = await startRegistration({ settings, log, now, manifest, file: ".env" });
  process.stdout.write(`\nNo GitHub App is configured yet. Register one here:\n\n  ${registration.invitation}\n\n`);
  return { url: registration.url, close: () => registration.close() };
}

type Registered = Extract<Settings, { registration: false }>;
type Closing = () => Promise<void>;
type Parts = { readonly settings: Registered; readonly log: Log; readonly metrics: Metrics; readonly database: Database };

type Running = { readonly url: string | null; close(): Promise<void> };

/** Starts the roles of this process on a database that is up to date. `onLost`: the process must exit, so that others take up what it has begun. */
async function start(
  settings: Registered,
  log: Log,
  options: { readonly version: string; readonly onLost: (what: string) => void },
): Promise<Running> {
  const { role } = settings;
  const database = await connect({
    databaseUrl: settings.databaseUrl,
    dataDir: settings.dataDir,
    poolSize: 12,
    log: (line) => log.info(line),
  });
  const closings: Closing[] = [() => database.close()];
  const close = async () => {
    for (const closing of closings.reverse()) await closing();
    closings.length = 0;
  };
  try {
    const migrated = await migrate(database);
    if (migrated.length > 0) log.info({ migrated }, "the database was brought up to date");
    const metrics = createMetrics(() => inboxLevel(database.pool));
    const parts: Parts = { settings, log, metrics, database };
    const url = role === "worker" ? null : await startReceiving(parts, options.version, closings);
    if (role !== "web") await startWorking(parts, options.onLost, closings);
    return { url, close };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startReceiving({ settings, log, metrics, database }: Parts, version: string, closings: Closing[]): Promise<string> {
  // Its own connections: a delivery must not wait behind a drain.
  const pool = openPool(database.url, { poolSize: 2, log: (line) => log.warn(line) });
  closings.push(() => pool.end());
  const receipt = openReceipt(pool);
  closings.push(() => receipt.close());
  const health = async () => ({ database: "up" as const, inbox: await inboxLevel(database.pool) });
  const web = await startWeb({ settings, log, metrics, receipt, health, version });
  closings.push(() => web.close());
  return web.url;
}

async function startWorking(
  { settings, log, metrics, database }: Parts,
  onLost: (what: string) => void,
  closings: Closing[],
): Promise<void> {
  const { pool, url } = database;
  const app = await openApp({
    appId: settings.appId,
    privateKey: settings.privateKey,
    apiUrl: settings.githubApiUrl,
    writeSpacing: settings.writeSpacing,
    log,
    now,
    onCall: (call) => {
      metrics.githubCall(call.route, call.status, call.ms);
      if (call.rateLeft !== null) metrics.rateLeft(call.installation, call.rateLeft);
    },
  });
  await askToDeriveAgain(pool, { most: null, reopen: true });
  const presence = await joinWorkers(pool, { url, onLost: () => onLost("the connection that shows it to be alive is lost") });
  closings.push(() => presence.close());
  const pruning = startPruning(pool, (error) => log.warn({ err: error }, "old rows were not pruned"));
  closings.push(() => pruning.close());
  const performing = await startPerformLoop({
    pool,
    atOnce: effectsAtOnce,
    pollMs,
    announce: (name) => presence.announce(name),
    perform: performer({ settings, log, metrics, database }, app),
    claim: () => claimDueWork(pool, now()),
    elapsed: () => performance.now(),
    onBroken: () => onLost("it cannot be recorded how a job ended"),
    onTrouble: (message) => log.warn({ queue: message }, "the queue has trouble"),
    onPerformed: ({ job, outcome, error }, ms) => {
      metrics.performed(job.effect.kind, ms, outcome);
      const line = {
        repository: job.repository,
        effect: effectKey(job.effect),
        outcome,
        ms: Math.round(ms),
        ...(error === null ? {} : { err: error }),
      };
      if (error === null) log.info(line, "effect");
      else log.warn(line, "effect");
    },
  });
  closings.push(() => performing.close());
  const draining = startDrainLoop({
    lanes: openLanes(pool, (lane) => drain(lane, app.translator)),
    url,
    atOnce: lanesAtOnce,
    elapsed: () => performance.now(),
    onDrained: (drained, ms) => {
      metrics.drained(ms, drained.rows);
      log.info({ ...drained, ms: Math.round(ms) }, "drained");
    },
    onError: (error) => log.error({ err: error }, "draining failed"),
  });
  closings.push(() => draining.close());
}

function performer({ settings, database }: Parts, app: GitHubApp): Parameters<typeof startPerformLoop>[0]["perform"] {
  const store = openStore(database.pool);
  const modeOf = async (at: RepositoryAddress): Promise<Mode> => (settings.mode === "observe" ? "observe" : store.mode(at.repository));
  return (job) =>
    perform(job, {
      store,
      github: async (at) => app.client(at.installation, await modeOf(at)),
      web: (at) => `${settings.githubUrl}/${at.owner}/${at.name}`,
      now,
      summaryEveryMs: settings.summaryIntervalSeconds * 1000,
    });
}
