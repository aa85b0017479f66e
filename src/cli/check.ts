import { parseArgs } from "node:util";
import { checkAcross } from "../core/plan/across.ts";
import { configurationPaths, defaultConfiguration, readConfiguration } from "../core/plan/configuration.ts";
import { matchesGlob } from "../core/plan/glob.ts";
import { readPlan } from "../core/plan/read-plan.ts";
import { type Configuration, Fault, type Plan, type PlannedTask, type Problem, type Scope, type Status, statuses } from "../core/words.ts";
import type { CliCommand, CommandIo } from "./command.ts";
import { type Asked, askedFor, configurationFile, plansAsked, type Root } from "./find-plan-files.ts";
import { hasError, scopeName } from "./plan-asked.ts";
import { annotation, problemJson, problemLines } from "./problem-line.ts";
import { textOf } from "./read-plan-file.ts";
import { visible } from "./visible.ts";

const usage = "plankeeper check [path…] [--json | --format github]";

/**
 * Finds the plans in files and folders (without one: in the working folder), counts their tasks, and lists what is wrong with them. Exit 1
 * where something is an error.
 */
export const check: CliCommand = {
  name: "check",
  summary: "find plans, count their tasks by status, and list problems with their lines",
  usage,
  async run(args, io) {
    const { paths, form, wrong } = readArguments(args);
    const asked = await Promise.all(paths.map((path) => askedFor(path, io.cwd)));
    const missing = paths.find((_, index) => asked[index] === null);
    const complaint = wrong ?? (missing === undefined ? null : `there is no file or folder ${missing}`);
    if (complaint !== null) {
      io.err(`plankeeper check: ${visible(complaint)}\nusage: ${usage}`);
      return 2;
    }
    const checked = await checkAll(asked.filter((one) => one !== null)).catch((cause: unknown) => {
      throw new Fault("a file or folder cannot be read", { cause, next: { kind: "give-up" } });
    });
    if (form === "json") io.out(JSON.stringify(asJson(checked), null, 2));
    else if (form === "github") for (const problem of checked.problems) io.out(annotation(problem));
    else print(checked, io);
    return hasError(checked.problems) ? 1 : 0;
  },
};

/** `shown` = how a path, or a scope that is one, is named to the reader. */
type CheckedPlan = { readonly plan: Plan; readonly because: string; readonly shown: (path: string) => string };
type Checked = { readonly plans: readonly CheckedPlan[]; readonly problems: readonly Problem[] };

type Form = "text" | "json" | "github";
type Arguments = { readonly paths: readonly string[]; readonly form: Form; readonly wrong: string | null };

function readArguments(args: readonly string[]): Arguments {
  const misused = (wrong: string): Arguments => ({ paths: [], form: "text", wrong });
  try {
    const options = { json: { type: "boolean" }, format: { type: "string" } } as const;
    const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true });
    const form = (["text", "json", "github"] as const).find((one) => one === (values.format ?? (values.json ? "json" : "text")));
    if (form === undefined) return misused(`there is no format ${values.format}, but text, json and github`);
    if (values.json && form !== "json") return misused(`--json is not --format ${form}`);
    return { paths: positionals.length === 0 ? ["."] : positionals, form, wrong: null };
  } catch (error) {
    return misused(error instanceof Error ? error.message : String(error));
  }
}

/** Files of one root are held against each other, those of different roots are different repositories. */
async function checkAll(asked: readonly Asked[]): Promise<Checked> {
  const byRoot = new Map<string, Asked[]>();
  for (const one of asked) byRoot.set(one.root.folder, [...(byRoot.get(one.root.folder) ?? []), one]);
  const checked: Checked[] = [];
  for (const group of byRoot.values()) checked.push(await checkRoot(group));
  return { plans: checked.flatMap(({ plans }) => plans), problems: checked.flatMap(({ problems }) => problems) };
}

async function checkRoot(asked: readonly Asked[]): Promise<Checked> {
  const root = asked[0]?.root;
  if (root === undefined) return { plans: [], problems: [] };
  const settings = await readSettings(root);
  const readings = [];
  for (const [path, named] of await filesOf(asked, settings.configuration)) {
    readings.push(readPlan({ path, text: await textOf(root, path), named }));
  }
  const plans = readings.flatMap(({ plan, because }) => (plan === null ? [] : [{ plan, because }]));
  const across = checkAcross(
    plans.map(({ plan }) => plan),
    settings.configuration,
  );
  const problems = [...settings.problems, ...readings.flatMap((reading) => reading.problems), ...across];
  return {
    plans: plans.map((one) => ({ ...one, shown: root.shown })),
    problems: problems.map((problem) => ({ ...problem, path: root.shown(problem.path) })),
  };
}

async function readSettings(root: Root): Promise<{ readonly configuration: Configuration; readonly problems: readonly Problem[] }> {
  const path = await configurationFile(root);
  if (path === null) return { configuration: defaultConfiguration, problems: [] };
  const { configuration, problems } = readConfiguration(await textOf(root, path), path);
  return { configuration: configuration ?? defaultConfiguration, problems };
}

/** The files asked for, each once; true for those that somebody names as plans. */
async function filesOf(asked: readonly Asked[], configuration: Configuration): Promise<ReadonlyMap<string, boolean>> {
  const files = new Map<string, boolean>();
  const isSettings = (path: string): boolean => configurationPaths.some((known) => known === path);
  for (const one of asked) {
    const found = await plansAsked(one, configuration);
    for (const path of found.filter((file) => !isSettings(file))) {
      const named = one.kind === "file" || configuration.plans.some((plan) => plan.snapshot === path || matchesGlob(plan.path, path));
      files.set(path, named || files.get(path) === true);
    }
  }
  return files;
}

/** A plan's tasks by their scopes, the plan's own first; an empty plan has that one. */
function scopesOf({ scope, tasks }: Plan): readonly (readonly [Scope, readonly PlannedTask[]])[] {
  const scopes = new Map<Scope, PlannedTask[]>();
  for (const task of tasks) {
    const known = scopes.get(task.scope);
    if (known === undefined) scopes.set(task.scope, [task]);
    else known.push(task);
  }
  return scopes.size === 0 ? [[scope, []]] : [...scopes].sort(([a], [b]) => Number(b === scope) - Number(a === scope));
}

function countsOf(tasks: readonly PlannedTask[]): Readonly<Record<Status, number>> {
  const counts: Record<Status, number> = { todo: 0, "in-progress": 0, completed: 0, blocked: 0, deferred: 0 };
  for (const task of tasks) counts[task.status] += 1;
  return counts;
}

function asJson({ plans, problems }: Checked): object {
  return {
    plans: plans.flatMap(({ plan, shown }) =>
      scopesOf(plan).map(([scope, tasks], index) => ({
        path: shown(plan.path),
        format: plan.format,
        scope: shown(scope),
        tasks: tasks.length,
        // They are the whole plan's, and must count once.
        milestones: index === 0 ? plan.milestones.length : 0,
        dependencies: tasks.reduce((sum, task) => sum + task.dependencies.length, 0),
        statuses: countsOf(tasks),
      })),
    ),
    problems: problems.map(problemJson),
  };
}

function print({ plans, problems }: Checked, { out }: CommandIo): void {
  if (plans.length === 0) out("No plan found.");
  for (const { plan, because, shown } of plans) {
    out(visible(`${shown(plan.path)}: ${because}`));
    out(`${tableOf(plan, shown).join("\n")}\n`);
  }
  for (const line of problems.flatMap(problemLines)) out(line);
}

/** How many tasks have each status; a line for each scope where there are several. */
function tableOf(plan: Plan, shown: (path: string) => string): readonly string[] {
  const scopes = scopesOf(plan).map(([scope, tasks]) => ({ name: visible(scopeName(plan, scope, shown)), counts: countsOf(tasks) }));
  const width = scopes.length === 1 ? 0 : Math.max(...scopes.map(({ name }) => name.length));
  const line = (name: string, cells: readonly string[]): string =>
    `  ${[...(width === 0 ? [] : [name.padEnd(width)]), ...cells].join("  ")}`;
  const counted = scopes.map(({ name, counts }) =>
    line(
      name,
      statuses.map((status) => String(counts[status]).padStart(status.length)),
    ),
  );
  return [line("", statuses), ...counted];
}
