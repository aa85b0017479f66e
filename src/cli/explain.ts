import { parseArgs } from "node:util";
import { type Explanation, explainReading } from "../core/evidence/explain-reading.ts";
import { homeOf, homesByToken } from "../core/evidence/homes.ts";
import { knownFrom } from "../core/evidence/known.ts";
import { defaultConfiguration, readConfiguration } from "../core/plan/configuration.ts";
import { readPlan } from "../core/plan/read-plan.ts";
import { type Configuration, Fault, type Place, places } from "../core/words.ts";
import type { CliCommand, CommandIo } from "./command.ts";
import { askedFor } from "./find-plan-files.ts";
import { textOf } from "./read-plan-file.ts";
import { visible } from "./visible.ts";

const usage = "plankeeper explain --plan <path> [--config <path>] --where commit|title|branch|body|comment|label [--json] [text | -]";

/** Shows what a text says of a plan's tasks, word by word, and what in it is passed over and why. Exit 0, whatever is read. */
export const explain: CliCommand = {
  name: "explain",
  summary: "show how a commit message, title, branch, body, comment or label is read",
  usage,
  async run(args, io) {
    const asked = readArguments(args);
    if ("wrong" in asked) return refuse(asked.wrong, io);
    const files = await Promise.all([...asked.plans, ...asked.configurations].map((path) => fileAt(path, io)));
    const missing = [...asked.plans, ...asked.configurations].find((_, index) => files[index] === null);
    if (missing !== undefined) return refuse(`there is no file ${missing}`, io);
    const texts = files.filter((file) => file !== null);
    const plans = texts.slice(0, asked.plans.length).map((file) => readPlan({ ...file, named: true }));
    const refused = plans.find(({ plan }) => plan === null);
    if (refused !== undefined) {
      io.err(`plankeeper explain: no plan: ${refused.because}`);
      return 1;
    }
    const configuration = configurationFrom(texts.slice(asked.plans.length), io);
    if (configuration === null) return 1;
    const text = asked.text ?? (await io.input?.()) ?? "";
    const known = knownFrom({
      ids: plans.flatMap(({ plan }) => (plan?.tasks ?? []).map((task) => task.id)),
      homes: homesByToken(
        plans.flatMap(({ plan }) =>
          (plan?.tasks ?? []).map((task) => [task.token, homeOf(task, { path: plan?.path ?? "", present: true })] as const),
        ),
      ),
      aliases: Object.assign({}, ...configuration.plans.map((plan) => plan.aliases)),
      retired: configuration.plans.flatMap((plan) => plan.retired),
    });
    const reading = explainReading(text, asked.where, known, configuration.verbs);
    io.out(asked.json ? JSON.stringify(asJson(reading, known.ids), null, 2) : inWords(reading, known.ids));
    return 0;
  },
};

function refuse(complaint: string, io: CommandIo): number {
  io.err(`plankeeper explain: ${complaint}\nusage: ${usage}`);
  return 2;
}

type Asked = {
  readonly plans: readonly string[];
  readonly configurations: readonly string[];
  readonly where: Place;
  readonly json: boolean;
  /** Null: standard input. */
  readonly text: string | null;
};

function readArguments(args: readonly string[]): Asked | { readonly wrong: string } {
  try {
    const { positionals, values } = parseArgs({
      args: [...args],
      options: {
        plan: { type: "string", multiple: true },
        config: { type: "string", multiple: true },
        where: { type: "string" },
        json: { type: "boolean" },
      },
      allowPositionals: true,
    });
    const where = places.find((place) => place === values.where);
    if (values.plan === undefined) return { wrong: "no --plan is given" };
    if (where === undefined) return { wrong: `--where is one of ${places.join(", ")}` };
    const text = positionals.length === 0 || (positionals.length === 1 && positionals[0] === "-") ? null : positionals.join(" ");
    return { plans: values.plan, configurations: values.config ?? [], where, json: values.json === true, text };
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
}

async function fileAt(path: string, io: CommandIo): Promise<{ readonly path: string; readonly text: string } | null> {
  const asked = await askedFor(path, io.cwd);
  if (asked === null || asked.kind !== "file") return null;
  const text = await textOf(asked.root, asked.path).catch((cause: unknown) => {
    throw new Fault(`${path} cannot be read`, { cause, next: { kind: "give-up" } });
  });
  return { path, text };
}

/** The last configuration given; null, after saying why, where it is not valid. */
function configurationFrom(files: readonly { readonly path: string; readonly text: string }[], io: CommandIo): Configuration | null {
  const file = files.at(-1);
  if (file === undefined) return defaultConfiguration;
  const { configuration, problems } = readConfiguration(file.text, file.path);
  for (const { path, line, column, severity, code, message } of problems)
    io.err(`${path}:${line}:${column} ${severity} ${code} ${message}`);
  return configuration;
}

function asJson({ references, ignored, warnings }: Explanation, ids: ReadonlyMap<string, string>): object {
  return {
    references: references.map(({ token, verb, start, end, because }) => ({ id: ids.get(token) ?? token, verb, start, end, because })),
    ignored: ignored.map(({ text, because }) => ({ text, because })),
    warnings: warnings.map(({ text, nearest }) => ({ text, nearest })),
  };
}

function inWords({ references, ignored, warnings }: Explanation, ids: ReadonlyMap<string, string>): string {
  const read = references.map(({ token, verb, words, because }) => `${ids.get(token) ?? token}  ${verb}  “${words}”: ${because}`);
  const doubted = warnings.map(({ text, nearest, because }) => {
    const meant = nearest.length === 0 ? "" : ` (meant: ${nearest.join(", ")}?)`;
    return `${text}  warning: ${because}${meant}`;
  });
  const passed = ignored.map(({ text, because }) => `${text}  passed over: ${because}`);
  const lines = [...read, ...doubted, ...passed];
  return lines.length === 0 ? "Nothing in it names a task." : lines.map(visible).join("\n");
}
