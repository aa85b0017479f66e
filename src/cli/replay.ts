import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { readConfiguration } from "../core/plan/configuration.ts";
import { type EvidenceStatus, type Replay, replay as replayHistory, type Statement } from "../core/status/replay.ts";
import { type ConfigurationVersion, Fault } from "../core/words.ts";
import type { CliCommand, CommandIo } from "./command.ts";
import { gitHistory } from "./git-history.ts";
import { visible } from "./visible.ts";

const usage = "plankeeper replay <git-dir> --plan <path> [--branch <name>] [--config <path>] [--json]";

/**
 * Walks a repository's history as the app would have lived it, and tells how much of the bookkeeping people did by hand evidence would
 * have done for them. No database, no network. Exit 1 where no version of the file is a plan.
 */
export const replay: CliCommand = {
  name: "replay",
  summary: "measure on a repository's history how much plan-keeping evidence would have saved",
  usage,
  async run(args, io) {
    const asked = readArguments(args);
    if ("wrong" in asked) {
      io.err(`plankeeper replay: ${asked.wrong}\nusage: ${usage}`);
      return 2;
    }
    const configurations = asked.config === null ? [] : await configurationAt(asked.config, io);
    if (configurations === null) return 1;
    const commits = await gitHistory(resolve(io.cwd, asked.folder), { path: asked.plan, ref: asked.branch });
    const told = replayHistory(commits, asked.plan, configurations);
    io.out(asked.json ? JSON.stringify({ plan: asked.plan, ...told }, null, 2) : inWords(asked.plan, told));
    if (told.versions > 0) return 0;
    io.err(`plankeeper replay: in ${told.commits} commits ${asked.plan} is never a plan; is the path right, from the repository's root?`);
    return 1;
  },
};

type Asked = {
  readonly folder: string;
  readonly plan: string;
  readonly branch: string;
  readonly config: string | null;
  readonly json: boolean;
};

function readArguments(args: readonly string[]): Asked | { readonly wrong: string } {
  try {
    const options = {
      plan: { type: "string" },
      branch: { type: "string" },
      config: { type: "string" },
      json: { type: "boolean" },
    } as const;
    const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [folder] = positionals;
    if (folder === undefined || positionals.length > 1) return { wrong: "name one repository's folder" };
    if (values.plan === undefined) return { wrong: "no --plan is given" };
    return { folder, plan: values.plan, branch: values.branch ?? "HEAD", config: values.config ?? null, json: values.json === true };
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
}

/** A configuration that holds for the whole history; null, after saying why, where it is not valid. */
async function configurationAt(path: string, io: CommandIo): Promise<readonly ConfigurationVersion[] | null> {
  const text = await readFile(resolve(io.cwd, path), "utf8").catch((cause: unknown) => {
    throw new Fault(`${path} cannot be read`, { cause, next: { kind: "give-up" } });
  });
  const { configuration, problems } = readConfiguration(text, path);
  for (const { line, column, severity, code, message } of problems) io.err(`${path}:${line}:${column} ${severity} ${code} ${message}`);
  return configuration === null ? null : [{ fact: "configuration", at: 0, blob: null, configuration, problems }];
}

function inWords(plan: string, { commits, versions, unreadable, tasks, statements, set }: Replay): string {
  const unread = unreadable === 0 ? "" : ` (${unreadable} more could not be read)`;
  const lines = [
    `${plan}: ${commits} commits, ${versions} versions of the plan${unread}, ${tasks} tasks`,
    "",
    `Statuses that people set by editing the plan: ${statements.length}`,
    ...["earlier", "same", "later", "never"].map((when) => share(statements, ({ evidence }) => evidence === when, said[when] ?? when)),
    "",
    `Statuses that evidence set by itself: ${set.length}`,
    ...["confirmed", "contradicted", "unconfirmed"].map((next) => share(set, (one) => one.next === next, said[next] ?? next)),
    share(set, ({ people }) => !people, "no version of the plan ever said"),
    ...listed("Never seen by evidence", statements.filter(({ evidence }) => evidence === "never").map(lineOfStatement)),
    ...listed("Contradicted by the plan's next word", set.filter(({ next }) => next === "contradicted").map(lineOfEvidence)),
  ];
  return lines.map(visible).join("\n");
}

const said: Readonly<Record<string, string>> = {
  earlier: "evidence had said so before",
  same: "evidence said so in the same commit",
  later: "evidence said so later",
  never: "evidence never said so",
  confirmed: "the plan's next word on the task agreed",
  contradicted: "the plan's next word on the task was another",
  unconfirmed: "the plan did not speak of the task again",
};

function share<T>(all: readonly T[], counts: (one: T) => boolean, words: string): string {
  const number = all.filter(counts).length;
  const percent = all.length === 0 ? "–" : `${Math.round((number / all.length) * 100)} %`;
  return `  ${String(number).padStart(5)}  ${percent.padStart(5)}  ${words}`;
}

const mostListed = 10;

function listed(head: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return [];
  const more = lines.length > mostListed ? [`  … and ${lines.length - mostListed} more (--json lists all)`] : [];
  return ["", `${head}:`, ...lines.slice(0, mostListed).map((line) => `  ${line}`), ...more];
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);
const lineOfStatement = ({ id, before, status, at, commit }: Statement): string =>
  `${day(at)}  ${id}  ${before} → ${status}  ${commit.slice(0, 8)}`;
const lineOfEvidence = ({ id, status, at, words }: EvidenceStatus): string => `${day(at)}  ${id}  ${status}  “${words}”`;
