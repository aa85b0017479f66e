import { parseArgs } from "node:util";
import { checkAcross } from "../core/plan/across.ts";
import { configurationPaths, defaultConfiguration, readConfiguration } from "../core/plan/configuration.ts";
import { matchesGlob } from "../core/plan/glob.ts";
import { readPlan } from "../core/plan/read-plan.ts";
import { type Configuration, Fault, type Plan, type Problem, type Status, statuses } from "../core/words.ts";
import type { CliCommand, CommandIo } from "./command.ts";
import { type Asked, askedFor, configurationFile, plansAsked, type Root } from "./find-plan-files.ts";
import { textOf } from "./read-plan-file.ts";

const usage = "plankeeper check <path…> [--json]";

/** Finds the plans in files and folders, counts their tasks, and lists what is wrong with them. Exit 1 where something is an error. */
export const check: CliCommand = {
  name: "check",
  summary: "find plans, count their tasks by status, and list problems with their lines",
  usage,
  async run(args, io) {
    const { paths, json, wrong } = readArguments(args);
    const asked = await Promise.all(paths.map((path) => askedFor(path, io.cwd)));
    const missing = paths.find((_, index) => asked[index] === null);
    const complaint =
      wrong ?? (paths.length === 0 ? "no path is given" : missing === undefined ? null : `there is no file or folder ${missing}`);
    if (complaint !== null) {
      io.err(`plankeeper check: ${complaint}\nusage: ${usage}`);
      return 2;
    }
    const checked = await checkAll(asked.filter((one) => one !== null)).catch((cause: unknown) => {
      throw new Fault("a file or folder cannot be read", { cause, next: { kind: "give-up" } });
    });
    if (json) io.out(JSON.stringify(asJson(checked), null, 2));
    else print(checked, io);
    return checked.problems.some(({ severity }) => severity === "error") ? 1 : 0;
  },
};

type Checked = { readonly plans: readonly { readonly plan: Plan; readonly because: string }[]; readonly problems: readonly Problem[] };

function readArguments(args: readonly string[]): {
  readonly paths: readonly string[];
  readonly json: boolean;
  readonly wrong: string | null;
} {
  try {
    const { positionals, values } = parseArgs({ args: [...args], options: { json: { type: "boolean" } }, allowPositionals: true });
    return { paths: positionals, json: values.json === true, wrong: null };
  } catch (error) {
    return { paths: [], json: false, wrong: error instanceof Error ? error.message : String(error) };
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
    plans: plans.map(({ plan, because }) => ({ plan: { ...plan, path: root.shown(plan.path), scope: root.shown(plan.scope) }, because })),
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

function countsOf(plan: Plan): Readonly<Record<Status, number>> {
  const counts: Record<Status, number> = { todo: 0, "in-progress": 0, completed: 0, blocked: 0, deferred: 0 };
  for (const task of plan.tasks) counts[task.status] += 1;
  return counts;
}

function asJson({ plans, problems }: Checked): object {
  return {
    plans: plans.map(({ plan }) => ({
      path: plan.path,
      format: plan.format,
      scope: plan.scope,
      tasks: plan.tasks.length,
      milestones: plan.milestones.length,
      dependencies: plan.tasks.reduce((sum, task) => sum + task.dependencies.length, 0),
      statuses: countsOf(plan),
    })),
    problems: problems.map(({ path, line, column, severity, code, message, suggestion }) => ({
      path,
      line,
      column,
      severity,
      code,
      message,
      suggestion: suggestion ?? null,
    })),
  };
}

function print({ plans, problems }: Checked, { out }: CommandIo): void {
  if (plans.length === 0) out("No plan found.");
  for (const { plan, because } of plans) {
    const counts = countsOf(plan);
    const cells = statuses.map((status) => ({ head: status, count: String(counts[status]).padStart(status.length) }));
    out(visible(`${plan.path}: ${because}`));
    out(`  ${cells.map(({ head }) => head).join("  ")}\n  ${cells.map(({ count }) => count).join("  ")}\n`);
  }
  for (const { path, line, column, severity, code, message, suggestion } of problems) {
    out(visible(`${path}:${line}:${column} ${severity} ${code} ${message}`));
    if (suggestion !== undefined) out(visible(`  → ${suggestion}`));
  }
}

/** Text from files on one line of a terminal: control signs in it would be obeyed. */
const visible = (text: string): string => text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ");
