import { parseArgs } from "node:util";
import { historyNames, stageWord } from "../core/render/reply-sync.ts";
import { type Backfill, isRunning } from "../core/words.ts";
import type { CliCommand, CommandIo } from "./command.ts";
import { visible } from "./visible.ts";

/** How far the reading of a repository's past is. `asked` = somebody asked for it, and it has not begun. `backfill` null: it was never read. */
export type SyncStatus = { readonly repository: string; readonly asked: boolean; readonly backfill: Backfill | null };

/** What the command asks of the database. Each answers null where no such repository is known, or the app is not in it any more. */
export type History = {
  /** Puts the request into the repository's lane; answers with its name as it is written. */
  ask(io: CommandIo, repository: string): Promise<string | null>;
  status(io: CommandIo, repository: string): Promise<SyncStatus | null>;
};

const usage = "plankeeper sync <owner/repo> [--status] [--json]";

/** Asks for a repository's past to be read again, as `/plan sync` does, or tells how far that is. A running worker does the work. */
export function syncBy(history: History): CliCommand {
  return {
    name: "sync",
    summary: "read a repository's past again, as /plan sync does, or tell how far that is (--status)",
    usage,
    async run(args, io) {
      const asked = readArguments(args);
      if ("wrong" in asked) {
        io.err(`plankeeper sync: ${asked.wrong}\nusage: ${usage}`);
        return 2;
      }
      const { repository, json } = asked;
      if (asked.status) {
        const status = await history.status(io, repository);
        if (status === null) return unknown(repository, io);
        io.out(json ? JSON.stringify(plain(status)) : inWords(status));
        return 0;
      }
      const name = await history.ask(io, repository);
      if (name === null) return unknown(repository, io);
      io.out(
        json ? JSON.stringify({ repository: name, asked: true }) : `Asked. A running worker reads it; plankeeper sync ${name} --status`,
      );
      return 0;
    },
  };
}

function unknown(repository: string, io: CommandIo): number {
  io.err(`plankeeper sync: the app is in no repository ${JSON.stringify(repository)} that it has heard of`);
  return 1;
}

type Asked = { readonly repository: string; readonly status: boolean; readonly json: boolean };

function readArguments(args: readonly string[]): Asked | { readonly wrong: string } {
  try {
    const options = { status: { type: "boolean" }, json: { type: "boolean" } } as const;
    const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [repository] = positionals;
    if (repository === undefined || positionals.length > 1 || !/^[^/]+\/[^/]+$/.test(repository))
      return { wrong: "name one repository as owner/repo" };
    return { repository, status: values.status ?? false, json: values.json ?? false };
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
}

/** `state` in a word; every other key as it is kept. Times are in ms since 1970. */
function plain({ repository, asked, backfill }: SyncStatus): object {
  const state = stateOf({ asked, backfill });
  if (backfill === null) return { repository, state, since: null, stages: [] };
  const stages = backfill.stages.map(({ state: _, ...stage }, index) => ({ ...stage, stage: wordAt(backfill, index) }));
  return { repository, state, since: backfill.since, stages };
}

const wordAt = (backfill: Backfill, index: number): string => {
  const stage = backfill.stages[index];
  return stage === undefined ? "" : stageWord(backfill, stage);
};

function stateOf({
  asked,
  backfill,
}: Pick<SyncStatus, "asked" | "backfill">): "never" | "asked" | "reading" | "stopped" | "incomplete" | "done" {
  if (asked) return "asked";
  if (backfill === null) return "never";
  if (backfill.stopped) return "stopped";
  if (isRunning(backfill)) return "reading";
  return backfill.stages.some(({ state }) => state === "failed") ? "incomplete" : "done";
}

function inWords(status: SyncStatus): string {
  const { repository, backfill } = status;
  const headline = `${repository}: ${headlines[stateOf(status)]}`;
  if (backfill === null) return visible(headline);
  const lines = backfill.stages.flatMap((stage) => {
    const left = stage.left === null || stage.left === 0 ? "" : `, about ${stage.left} left`;
    const rest = stage.notBefore === null ? "" : `, not before ${time(stage.notBefore)}: the rest of GitHub's quota is kept for daily work`;
    const line = `  ${stageWord(backfill, stage).padEnd(8)}  ${historyNames[stage.kind]}: ${stage.done}${left}${rest}`;
    return stage.error === null ? [line] : [line, `            ${stage.error}`];
  });
  return [`${headline} (since ${time(backfill.since)})`, ...lines].map(visible).join("\n");
}

const headlines: Readonly<Record<ReturnType<typeof stateOf>, string>> = {
  never: "its history was never read",
  asked: "its history is about to be read, once a worker runs",
  reading: "its history is being read",
  stopped: "its history was read in part only: the next page failed for hours and was given up; sync goes on where it stopped",
  incomplete: "its history was read, but not all of it; sync tries again",
  done: "its history was read",
};

const time = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;
