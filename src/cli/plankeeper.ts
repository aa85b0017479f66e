/** The command line: wiring only. The parts of the database are loaded when a command needs them, so that the others start at once. */
import { text } from "node:stream/consumers";
import { Fault } from "../core/words.ts";
import type { Database } from "../postgres/connect.ts";
import { describeProblems, loadEnvironment, readStorageSettings } from "../settings.ts";
import { variableTexts } from "../variables.ts";
import { version } from "../version.ts";
import { type AuditLog, auditBy } from "./audit.ts";
import { check } from "./check.ts";
import type { CliCommand, CommandIo } from "./command.ts";
import { convert } from "./convert.ts";
import { docsOf } from "./docs.ts";
import { explain } from "./explain.ts";
import { migrateBy } from "./migrate.ts";
import { next } from "./next.ts";
import { type Observed, observedBy } from "./observed.ts";
import { render } from "./render.ts";
import { replay } from "./replay.ts";
import { runCommandLine } from "./run-command-line.ts";
import { set } from "./set.ts";
import { show } from "./show.ts";
import { type History, syncBy } from "./sync.ts";
import { type Verdict, verifyBy } from "./verify.ts";
import { type ToldWhy, whyBy } from "./why.ts";

const commands = {
  check,
  show,
  set,
  convert,
  explain,
  next,
  render,
  replay,
  migrate: migrateBy(bringUpToDate),
  verify: verifyBy(proveAll),
  audit: auditBy({ prove: proveAudit, show: showAudit }),
  why: whyBy(tellWhy),
  observed: observedBy(listObserved),
  sync: syncBy({ ask: askForHistory, status: historyStatus }),
  docs: docsOf({ environment: variableTexts }),
} as const satisfies Record<string, CliCommand>;

const io: CommandIo = {
  out: (text) => void process.stdout.write(`${text}\n`),
  err: (text) => void process.stderr.write(`${text}\n`),
  cwd: process.cwd(),
  input: () => text(process.stdin),
  env: loadEnvironment(),
};
// A reader that has seen enough (`plankeeper check … | head`) closes the pipe; that is no failure.
process.stdout.on("error", () => process.exit(0));
process.exitCode = await runCommandLine(process.argv.slice(2), { commands: Object.values(commands), version, io });

function bringUpToDate(to: CommandIo): Promise<readonly string[]> {
  return withDatabase(to, async (database) => {
    const { migrate } = await import("../postgres/migrate.ts");
    return migrate(database);
  });
}

function proveAll(to: CommandIo): Promise<readonly Verdict[]> {
  return withDatabase(to, async ({ pool }) => (await import("../postgres/verify.ts")).verifyAll(pool));
}

function proveAudit(to: CommandIo): ReturnType<AuditLog["prove"]> {
  return withDatabase(to, async ({ pool }) => (await import("../postgres/audit.ts")).proveChains(pool));
}

function showAudit(to: CommandIo, asked: Parameters<AuditLog["show"]>[1]): ReturnType<AuditLog["show"]> {
  return withDatabase(to, async ({ pool }) => (await import("../postgres/audit.ts")).newestAudit(pool, asked));
}

function tellWhy(to: CommandIo, asked: { readonly repository: string | null; readonly id: string }): Promise<readonly ToldWhy[]> {
  return withDatabase(to, async ({ pool }) => (await import("../postgres/why.ts")).whyTasks(pool, asked));
}

function listObserved(to: CommandIo): Promise<readonly Observed[]> {
  return withDatabase(to, async ({ pool }) => (await import("../postgres/observed.ts")).observedPosts(pool));
}

function askForHistory(to: CommandIo, repository: string): ReturnType<History["ask"]> {
  return withDatabase(to, async ({ pool }) => (await import("../postgres/ask-for-history.ts")).askForHistory(pool, repository));
}

function historyStatus(to: CommandIo, repository: string): ReturnType<History["status"]> {
  return withDatabase(to, async ({ pool }) => (await import("../postgres/ask-for-history.ts")).historyOf(pool, repository));
}

async function withDatabase<T>(to: CommandIo, work: (database: Database) => Promise<T>): Promise<T> {
  const outcome = readStorageSettings(to.env);
  if (!outcome.ok) throw new Fault(describeProblems(outcome.problems), { next: { kind: "give-up" } });
  const { connect } = await import("../postgres/connect.ts");
  const database = await connect({ ...outcome.settings, poolSize: 2, log: () => undefined });
  try {
    return await work(database);
  } finally {
    await database.close();
  }
}
