import { parseArgs } from "node:util";
import { nextOf } from "../core/schedule/next.ts";
import { nextStepOf, type Progress, type StepAt, stepName, stepsInOrder, stepsNamed, withProgress } from "../core/schedule/next-step.ts";
import { taskKey } from "../core/schedule/task-key.ts";
import type { CliCommand, CommandIo } from "./command.ts";
import { nextAsJson, nextAsText, type Outlook, stepsAsText } from "./next-words.ts";
import { type PlansToWork, type PlanToWork, plansToWork } from "./plans-to-work.ts";
import { addMarks, printOf, readMarks, type StepMarks } from "./step-marks.ts";
import { visible } from "./visible.ts";

const usage = "plankeeper next <path> [--owner <name>] [--limit <n>] [--mark <task>/<step>]… [--dry-run] [--json]";

/**
 * Says what to do next in a plan, or in the plans of a folder. `--mark` remembers steps as done in `.plankeeper/state.json`. Exit 1 where
 * there is no plan, where a plan has an error, and where that file cannot be understood.
 */
export const next: CliCommand = {
  name: "next",
  summary: "say which tasks are ready, best first and why, and for a runner plan its next step; remember steps that are done",
  usage,
  async run(args, io) {
    const asked = readArguments(args);
    if ("wrong" in asked) return misused(asked.wrong, io);
    const work = await plansToWork(asked.path, io.cwd);
    if ("wrong" in work) return misused(work.wrong, io);
    for (const { path, line, column, severity, code, message } of work.problems.filter((one) => one.severity === "error"))
      io.err(visible(`${path}:${line}:${column} ${severity} ${code} ${message}`));
    if (work.plans.length === 0) {
      io.err(`${visible(asked.path)} holds no plan`);
      return 1;
    }
    const marked = await mark(asked.marks, work);
    if ("wrong" in marked) return misused(marked.wrong, io);
    print(outlookOf(work, await readMarks(work.folder), { ...asked, marked: marked.names }), asked, io);
    return work.problems.some(({ severity }) => severity === "error") ? 1 : 0;
  },
};

type Arguments = {
  readonly path: string;
  readonly owner: string | null;
  readonly limit: number;
  readonly marks: readonly string[];
  readonly dryRun: boolean;
  readonly json: boolean;
};

const options = {
  owner: { type: "string" },
  limit: { type: "string" },
  mark: { type: "string", multiple: true },
  "dry-run": { type: "boolean" },
  json: { type: "boolean" },
} as const;

function readArguments(args: readonly string[]): Arguments | { readonly wrong: string } {
  try {
    const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [path] = positionals;
    if (path === undefined || positionals.length > 1) return { wrong: "name one plan, or one folder" };
    const { mark: marks = [], owner = null, limit = "10" } = values;
    const dryRun = values["dry-run"] === true;
    if (!/^[1-9]\d{0,5}$/.test(limit)) return { wrong: `--limit ${limit} is not a number of tasks` };
    if (dryRun && marks.length > 0) return { wrong: "--dry-run only shows; it remembers nothing" };
    return { path, owner, limit: Number(limit), marks, dryRun, json: values.json === true };
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
}

function misused(complaint: string, io: CommandIo): number {
  io.err(`plankeeper next: ${visible(complaint)}\nusage: ${usage}`);
  return 2;
}

/** Remembers the steps that names mean, all or none of them. */
async function mark(
  names: readonly string[],
  { plans, folder }: PlansToWork,
): Promise<{ readonly names: readonly string[] } | { readonly wrong: string }> {
  const found: { readonly plan: PlanToWork; readonly at: StepAt }[] = [];
  for (const name of names) {
    const meant = plans.flatMap((plan) => stepsNamed(plan.plan.tasks, name).map((at) => ({ plan, at })));
    const [one, ...others] = meant;
    if (one === undefined) return { wrong: `there is no step ${name}${hintOf(plans)}` };
    if (others.length > 0) return { wrong: `${name} may mean ${listed(meant.map(({ at, plan }) => `${stepName(at)} of ${plan.shown}`))}` };
    found.push(one);
  }
  if (found.length > 0)
    await addMarks(
      folder,
      found.map(({ plan: { key }, at }) => ({ plan: key, step: stepName(at), print: printOf(at.step) })),
    );
  return { names: found.map(({ at }) => stepName(at)) };
}

function hintOf(plans: readonly PlanToWork[]): string {
  const names = plans.flatMap(({ plan }) => plan.tasks.flatMap((task) => task.steps.map((step) => stepName({ task, step }))));
  return names.length === 0 ? "; no task here has steps" : `; there are ${listed(names)}`;
}

const listed = (names: readonly string[]): string =>
  names.length <= 6 ? names.join(", ") : `${names.slice(0, 5).join(", ")} and ${names.length - 5} more`;

type Asked = Pick<Arguments, "owner"> & { readonly marked: readonly string[] };

function outlookOf({ plans }: PlansToWork, marks: StepMarks, { owner, marked }: Asked): Outlook {
  const tasks = plans.flatMap(({ plan }) => plan.tasks);
  const homes = new Map(plans.flatMap((home) => home.plan.tasks.map((task) => [taskKey(task.scope, task.token), home] as const)));
  const homeOf: Outlook["homeOf"] = ({ scope, token }) => homes.get(taskKey(scope, token));
  const progress: Progress = (at) => {
    const print = marks[homeOf(at.task)?.key ?? ""]?.[stepName(at)];
    return print === undefined ? "open" : print === printOf(at.step) ? "done" : "changed";
  };
  const all = tasks.flatMap((task) => task.steps.map((step) => ({ task, step })));
  return {
    next: nextOf(withProgress(tasks, progress), owner),
    step: nextStepOf(tasks, progress, owner),
    steps: stepsInOrder(tasks, progress),
    done: all.filter((at) => progress(at) === "done").length,
    of: all.length,
    changed: all.filter((at) => progress(at) === "changed"),
    marked,
    homeOf,
  };
}

function print(outlook: Outlook, { json, dryRun, limit }: Arguments, { out }: CommandIo): void {
  if (json) out(JSON.stringify(nextAsJson(outlook, { limit, dryRun }), null, 2));
  else out(dryRun ? stepsAsText(outlook) : nextAsText(outlook, limit));
}
