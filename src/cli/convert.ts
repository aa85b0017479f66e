import { parseArgs } from "node:util";
import { type StrictForm, strictForms, writePlan } from "../core/plan/write-plan.ts";
import type { Plan } from "../core/words.ts";
import type { CliCommand, CommandIo } from "./command.ts";
import { hasError, isScope, type PlanAsked, planAsked, scopeName } from "./plan-asked.ts";
import { problemJson, problemLines } from "./problem-line.ts";
import { visible, visibleLines } from "./visible.ts";

const usage = `plankeeper convert <plan> --to ${strictForms.join("|")} [--scope <scope>] [--json]`;

/** Writes a plan to standard output in a strict form, whatever form it has; its problems go to standard error. Exit 1 where it has an error. */
export const convert: CliCommand = {
  name: "convert",
  summary: "write a plan as CSV, YAML or Markdown in the strict form",
  usage,
  async run(args, io) {
    const asked = readArguments(args);
    if ("wrong" in asked) return misused(asked.wrong, io);
    const found = await planAsked(asked.path, io.cwd);
    if ("wrong" in found) return misused(found.wrong, io);
    const plan = found.plan && inScope(found.plan, asked.scope, found.root.shown);
    if (plan !== null && "wrong" in plan) return misused(plan.wrong, io);
    // A control sign is nothing a plan needs, and a terminal would obey it.
    const text = plan && visibleLines(writePlan(plan, asked.to));
    if (asked.json) io.out(JSON.stringify({ path: found.shown, to: asked.to, text, problems: found.problems.map(problemJson) }, null, 2));
    else print(text, found, io);
    return plan === null || hasError(found.problems) ? 1 : 0;
  },
};

type Arguments = { readonly path: string; readonly to: StrictForm; readonly scope: string | null; readonly json: boolean };

function readArguments(args: readonly string[]): Arguments | { readonly wrong: string } {
  try {
    const options = { to: { type: "string" }, scope: { type: "string" }, json: { type: "boolean" } } as const;
    const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [path] = positionals;
    const to = strictForms.find((form) => form === values.to);
    if (path === undefined || positionals.length > 1) return { wrong: "name one plan" };
    if (to === undefined) return { wrong: values.to === undefined ? "name a form with --to" : `there is no form ${values.to}` };
    return { path, to, scope: values.scope ?? null, json: values.json === true };
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
}

function misused(complaint: string, io: CommandIo): number {
  io.err(`plankeeper convert: ${visible(complaint)}\nusage: ${usage}`);
  return 2;
}

/** The plan with the tasks of one scope. The strict forms have one only, so that scopes that share an id cannot go into one file. */
function inScope(plan: Plan, scope: string | null, shown: (path: string) => string): Plan | { readonly wrong: string } {
  const scopes = [...new Set(plan.tasks.map((task) => task.scope))];
  const known = scopes
    .slice(0, 10)
    .map((one) => scopeName(plan, one, shown))
    .join(", ");
  if (scope !== null) {
    const chosen = scopes.find((one) => isScope(plan, one, { name: scope, shown }));
    if (chosen === undefined) return { wrong: `the plan has no scope ${scope}, but ${known}` };
    return { ...plan, scope: chosen, tasks: plan.tasks.filter((task) => task.scope === chosen) };
  }
  const shared = scopes.length > 1 && new Set(plan.tasks.map(({ token }) => token)).size < plan.tasks.length;
  return shared ? { wrong: `several scopes use the same ids (${known}); name one with --scope` } : plan;
}

function print(text: string | null, { problems, shown, because, plan }: PlanAsked, { out, err }: CommandIo): void {
  for (const line of problems.flatMap(problemLines)) err(line);
  if (plan === null) err(visible(`${shown}: ${because}`));
  if (text !== null) out(text.replace(/\n$/, ""));
}
