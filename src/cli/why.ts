import { parseArgs } from "node:util";
import { type Why, wayWords } from "../core/status/why.ts";
import type { CliCommand, CommandIo } from "./command.ts";
import { visible } from "./visible.ts";

/** A task with its account; `task` = scope and id. */
export type ToldWhy = { readonly repository: string; readonly task: string; readonly title: string; readonly why: Why };

const usage = "plankeeper why <task> [--repository owner/name] [--json]";

/** Tells every change of a task's status with its cause, what holds it, and what would change it. Exit 1 where there is no such task. */
export function whyBy(
  tell: (io: CommandIo, asked: { readonly repository: string | null; readonly id: string }) => Promise<readonly ToldWhy[]>,
): CliCommand {
  return {
    name: "why",
    summary: "tell why a task has its status",
    usage,
    async run(args, io) {
      const asked = readArguments(args);
      if ("wrong" in asked) {
        io.err(`plankeeper why: ${asked.wrong}\nusage: ${usage}`);
        return 2;
      }
      const told = await tell(io, asked);
      if (told.length === 0) {
        io.err(`plankeeper why: no plan that is known holds ${JSON.stringify(asked.id)}`);
        return 1;
      }
      for (const one of told) io.out(asked.json ? JSON.stringify(one) : inWords(one));
      return 0;
    },
  };
}

type Asked = { readonly id: string; readonly repository: string | null; readonly json: boolean };

function readArguments(args: readonly string[]): Asked | { readonly wrong: string } {
  try {
    const options = { repository: { type: "string" }, json: { type: "boolean" } } as const;
    const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [id] = positionals;
    if (id === undefined || positionals.length > 1) return { wrong: "name one task" };
    return { id, repository: values.repository ?? null, json: values.json === true };
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
}

function inWords({ repository, task, title, why }: ToldWhy): string {
  const steps = why.steps.map(({ at, before, after, cause }, index) => {
    const who = cause.actor === null ? "" : ` by ${cause.actor}`;
    const where = cause.link === null ? "" : ` (${cause.link})`;
    return `  ${index + 1}. ${time(at)}  ${before === null ? "" : `${before} → `}${after}: ${cause.rule} “${cause.words}”${who}${where}`;
  });
  const holds = why.holds.map((hold) => `  held since ${time(hold.since)}: ${hold.reason}`);
  const waits = why.waits.map((clause) => `  not completed by what is merged, because ${clause}`);
  const issues = why.waitsForIssues.flatMap(({ issue, on }) =>
    on.map(({ repository: elsewhere, number }) => `  issue #${issue} waits for ${elsewhere ?? ""}#${number}`),
  );
  const ways = why.ways.map((way) => `  it changes when ${wayWords(way)}`);
  return [`${repository} ${task} ${title}: ${why.status} since ${time(why.since)}`, ...steps, ...holds, ...waits, ...issues, ...ways]
    .map(visible)
    .join("\n");
}

const time = (at: number): string => `${new Date(at).toISOString().slice(0, 19).replace("T", " ")} UTC`;
