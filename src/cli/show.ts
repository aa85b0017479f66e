import { parseArgs } from "node:util";
import { idsOf } from "../core/plan/strict-words.ts";
import type { Plan, PlannedTask } from "../core/words.ts";
import type { CliCommand, CommandIo } from "./command.ts";
import { hasError, type PlanAsked, planAsked, scopeName } from "./plan-asked.ts";
import { problemJson, problemLines } from "./problem-line.ts";
import { visible } from "./visible.ts";

const usage = "plankeeper show <plan> [--json]";

/** Shows a plan as the model sees it: every task with all of its fields, and what the plan says around them. Exit 1 where it has an error. */
export const show: CliCommand = {
  name: "show",
  summary: "show a plan as it is read: every task with all that its row says",
  usage,
  async run(args, io) {
    const asked = readArguments(args);
    if ("wrong" in asked) return misused(asked.wrong, io);
    const found = await planAsked(asked.path, io.cwd);
    if ("wrong" in found) return misused(found.wrong, io);
    if (asked.json) io.out(JSON.stringify(asJson(found), null, 2));
    else print(found, io);
    return found.plan === null || hasError(found.problems) ? 1 : 0;
  },
};

function readArguments(args: readonly string[]): { readonly path: string; readonly json: boolean } | { readonly wrong: string } {
  try {
    const { positionals, values } = parseArgs({ args: [...args], options: { json: { type: "boolean" } }, allowPositionals: true });
    const [path] = positionals;
    return path === undefined || positionals.length > 1 ? { wrong: "name one plan" } : { path, json: values.json === true };
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
}

function misused(complaint: string, io: CommandIo): number {
  io.err(`plankeeper show: ${visible(complaint)}\nusage: ${usage}`);
  return 2;
}

function asJson({ root, shown, plan, problems, because }: PlanAsked): object {
  const told = { because, problems: problems.map(problemJson) };
  if (plan === null) return { path: shown, format: null, ...told };
  const tasks = plan.tasks.map((task) => ({ ...task, scope: root.shown(task.scope), file: root.shown(task.file) }));
  return { ...plan, path: shown, scope: root.shown(plan.scope), tasks, ...told };
}

function print({ shown, plan, problems, because, root }: PlanAsked, { out, err }: CommandIo): void {
  for (const line of problems.flatMap(problemLines)) err(line);
  out(visible(`${shown}: ${because}`));
  if (plan === null) return;
  for (const line of plan.tasks.flatMap(tasksIn(plan, root.shown))) out(line);
  for (const line of around(plan)) out(visible(line));
}

/** The lines of a task: id, status and title, below them what else is said, and where it stands. */
function tasksIn(plan: Plan, shown: (path: string) => string): (task: PlannedTask) => readonly string[] {
  const ids = idsOf(plan);
  const scoped = plan.tasks.some(({ scope }) => scope !== plan.scope);
  return (task) => {
    const facts = [
      task.recurring ? "never completes" : null,
      task.optional ? "optional" : null,
      said("scope", scoped ? scopeName(plan, task.scope, shown) : null),
      said("part of", task.parent && ids(task, [task.parent]).join()),
      said("owner", task.owner),
      said("priority", task.priority === null ? null : `P${task.priority}`),
      said("hours", task.hours),
      said("start", task.start),
      said("due", task.due),
      said("completed", task.completed),
      said("phase", task.phase),
      said("milestone", task.milestone),
      task.dependencies.length === 0 ? null : `waits for ${ids(task, task.dependencies).join(", ")}`,
    ].filter((fact) => fact !== null);
    const status = task.writtenStatus === "" || task.writtenStatus === task.status ? task.status : `${task.status} (${task.writtenStatus})`;
    return [
      "",
      visible(`${task.id}  ${status}  ${task.title}`),
      ...(facts.length === 0 ? [] : [facts.join(" · ")]),
      ...Object.entries({ notes: task.notes, ...task.extra }).flatMap(([name, words]) => (words === null ? [] : [`${name}: ${words}`])),
      ...task.steps.flatMap(({ id, title, tests, edits, verify, commit }) => [
        `step ${id}: ${title}`,
        ...[...tests.map((one) => `test ${one}`), ...edits.map((one) => `edit ${one}`), ...verify.map((one) => `verify ${one}`)].map(
          (line) => `  ${line}`,
        ),
        ...(commit === null ? [] : [`  commit ${commit}`]),
      ]),
      `${shown(task.file)}:${task.line}`,
    ].map((line, index) => (index < 2 ? line : `    ${visible(line)}`));
  };
}

const said = (name: string, value: string | number | null): string | null => (value === null || value === "" ? null : `${name} ${value}`);

function around({ milestones, risks, roles, cadence, criteria }: Plan): readonly string[] {
  const dates = (start: string | null, due: string | null): string =>
    due === null ? "" : ` (${start === null ? "" : `${start} → `}${due})`;
  const count = criteria.open + criteria.done;
  return [
    ...headed(
      "Milestones",
      milestones.map(({ id, title, owner, start, due, notes }) =>
        [`${id}  ${title}${dates(start, due)}`, owner, notes].filter((part) => part !== null).join(" · "),
      ),
    ),
    ...headed(
      "Risks",
      risks.map(
        ({ id, title, impact, likelihood, mitigation }) =>
          `${id}  ${[title, impact && `impact ${impact}`, likelihood && `likelihood ${likelihood}`, mitigation].filter((part) => part !== "").join(" · ")}`,
      ),
    ),
    ...headed(
      "Roles",
      roles.map(
        ({ what, people }) =>
          `${what}: ${Object.entries(people)
            .map(([who, does]) => `${who} ${does}`)
            .join(", ")}`,
      ),
    ),
    ...headed(
      "Cadence",
      cadence.map(({ words }) => words),
    ),
    ...headed("Success criteria", count === 0 ? [] : [`${criteria.done} of ${count} are met`]),
  ];
}

const headed = (head: string, lines: readonly string[]): readonly string[] =>
  lines.length === 0 ? [] : ["", head, ...lines.map((line) => `    ${line}`)];
