import { parseArgs } from "node:util";
import { isCalendarDate } from "../core/plan/iso-date.ts";
import { readStatus } from "../core/plan/status-spelling.ts";
import { type Status, statuses } from "../core/words.ts";
import type { CliCommand, CommandIo } from "./command.ts";
import { planAsked } from "./plan-asked.ts";
import { problemJson, problemLines } from "./problem-line.ts";
import { type Setting, settingOf } from "./setting.ts";
import { visible } from "./visible.ts";

const usage = "plankeeper set <plan> <id> <status> [--date YYYY-MM-DD] [--scope <scope>] [--write] [--json]";

/**
 * Sets a task's status in its plan file, and with `--date` its day of completion: shown as a diff, and written with `--write`. Exit 1 where
 * the file has no place for it or cannot be written; then it stays as it is.
 */
export const set: CliCommand = {
  name: "set",
  summary: "set a task's status in its plan file, in the file's own words",
  usage,
  async run(args, io) {
    const asked = readArguments(args);
    if ("wrong" in asked) return misused(asked.wrong, io);
    const found = await planAsked(asked.path, io.cwd);
    if ("wrong" in found) return misused(found.wrong, io);
    const setting = await settingOf(found, asked);
    if ("wrong" in setting) return misused(setting.wrong, io);
    if (asked.json) io.out(JSON.stringify({ ...setting, problems: setting.problems.map(problemJson) }, null, 2));
    else print(setting, io);
    return setting.hindrance === null ? 0 : 1;
  },
};

type Arguments = {
  readonly path: string;
  readonly id: string;
  readonly status: Status;
  readonly date: string | null;
  readonly scope: string | null;
  readonly write: boolean;
  readonly json: boolean;
};

function readArguments(args: readonly string[]): Arguments | { readonly wrong: string } {
  try {
    const options = { date: { type: "string" }, scope: { type: "string" }, write: { type: "boolean" }, json: { type: "boolean" } } as const;
    const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [path, id, word] = positionals;
    if (path === undefined || id === undefined || word === undefined || positionals.length > 3)
      return { wrong: "name a plan, an id and a status" };
    const reading = readStatus(word);
    if (reading === null || reading.recurring) return { wrong: `${word} is none of ${statuses.join(", ")}` };
    const { date = null, scope = null, write = false, json = false } = values;
    if (date !== null && !isCalendarDate(date)) return { wrong: `${date} is not a day written as YYYY-MM-DD` };
    if (date !== null && reading.status !== "completed") return { wrong: "--date is the day of completion" };
    return { path, id, status: reading.status, date, scope, write, json };
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
}

function misused(complaint: string, io: CommandIo): number {
  io.err(`plankeeper set: ${visible(complaint)}\nusage: ${usage}`);
  return 2;
}

function print({ id, path, after, diff, written, hindrance, problems }: Setting, { out, err }: CommandIo): void {
  for (const line of problems.flatMap(problemLines)) err(line);
  if (diff !== "") out(diff);
  if (hindrance !== null) err(visible(`${path} is not written: ${hindrance}`));
  else if (diff === "") out(visible(`${id} is ${after} in ${path} already`));
  else if (written) out(visible(`${path} is written: ${id} is ${after}`));
}
