import type { Next, Waiting, Worthwhile } from "../core/schedule/next.ts";
import { type StepAt, stepName } from "../core/schedule/next-step.ts";
import type { PlannedTask } from "../core/words.ts";
import type { PlanToWork } from "./plans-to-work.ts";
import { visible } from "./visible.ts";

/** What is next in some plans. `steps` = those to be done, in order; `changed` = those done in another form than they have now. */
export type Outlook = {
  readonly next: Next;
  readonly step: StepAt | null;
  readonly steps: readonly StepAt[];
  readonly done: number;
  readonly of: number;
  readonly changed: readonly StepAt[];
  readonly marked: readonly string[];
  readonly homeOf: (task: PlannedTask) => PlanToWork | undefined;
};

export function nextAsText(outlook: Outlook, limit: number): string {
  const { next, step, marked, done, of } = outlook;
  const nothing = next.ready.length === 0 && next.started.length === 0;
  return [
    ...marked.map((name) => visible(`${name} is done.`)),
    ...changedLines(outlook),
    ...(step === null ? [] : [`Next step (${done} of ${of} done):`, ...stepLines(step, outlook), ""]),
    ...group("Under way, best first:", next.started.map(ranked), limit),
    ...group("Ready, best first:", next.ready.map(ranked), limit),
    ...(nothing ? [next.waiting.length + next.blocked.length === 0 ? "Nothing is left to do." : "Nothing can be begun.", ""] : []),
    ...group("Blocked:", next.blocked.map(held), limit),
    ...group("Waiting:", next.waiting.map(held), limit),
  ]
    .join("\n")
    .trimEnd();
}

/** The steps alone, in the order in which they are to be done. */
export function stepsAsText(outlook: Outlook): string {
  const { steps, of } = outlook;
  if (of === 0) return "No task here has steps.";
  if (steps.length === 0) return "No step is left that could be done.";
  return [...changedLines(outlook), ...steps.flatMap((step) => stepLines(step, outlook))].join("\n");
}

const changedLines = ({ changed }: Outlook): readonly string[] =>
  changed.map((at) => visible(`${stepName(at)} was done, but the plan has changed it since; it counts as not done.`));

function stepLines(at: StepAt, { homeOf }: Outlook): readonly string[] {
  const { task, step } = at;
  const title = step.title === step.id ? task.title : step.title;
  const parts = [
    ["tests", step.tests],
    ["edits", step.edits],
    ["verify", step.verify],
    ["commit", step.commit === null ? [] : step.commit.split("\n")],
  ] as const;
  return [
    visible(`  ${stepName(at)}  ${title}  (${homeOf(task)?.shown ?? task.file}:${step.line})`),
    ...parts.flatMap(([head, lines]) => lines.map((line, index) => visible(`    ${(index === 0 ? head : "").padEnd(6)}  ${line}`))),
  ];
}

function group(head: string, lines: readonly string[], limit: number): readonly string[] {
  if (lines.length === 0) return [];
  const more = lines.length > limit ? [`  and ${lines.length - limit} more`] : [];
  return [head, ...lines.slice(0, limit).map((line) => visible(`  ${line}`)), ...more, ""];
}

const nameOf = ({ id, title, owner }: PlannedTask): string =>
  `${id}${title === id ? "" : ` ${title}`}${owner === null ? "" : ` (${owner})`}`;

const ranked = ({ task, because }: Worthwhile): string => `${nameOf(task)}: ${because.join(", ")}`;

function held({ task, waitsFor }: Waiting): string {
  const ids = waitsFor.slice(0, 5).map(({ id }) => id);
  const more = waitsFor.length > ids.length ? ` and ${waitsFor.length - ids.length} more` : "";
  return ids.length === 0 ? nameOf(task) : `${nameOf(task)}: waits for ${ids.join(", ")}${more}`;
}

/** The same for programs; with `dryRun` the steps alone. */
export function nextAsJson(outlook: Outlook, { limit, dryRun }: { readonly limit: number; readonly dryRun: boolean }): object {
  const { next, step, steps, changed, marked, homeOf } = outlook;
  const placed = (task: PlannedTask, line: number): object => ({ path: homeOf(task)?.shown ?? task.file, line });
  const taskJson = (task: PlannedTask): object => {
    const { id, title, owner, priority, due, status } = task;
    return { id, title, status, owner, priority, due, ...placed(task, task.line) };
  };
  const stepJson = ({ task, step: { id, title, tests, edits, verify, commit, line } }: StepAt): object => ({
    task: task.id,
    step: id,
    title,
    tests,
    edits,
    verify,
    commit,
    ...placed(task, line),
  });
  if (dryRun) return { steps: steps.map(stepJson), changed: changed.map(stepName) };
  const worthwhile = (some: readonly Worthwhile[]): readonly object[] =>
    some.slice(0, limit).map(({ task, behind, because }) => ({ ...taskJson(task), behind, because }));
  const waiting = (some: readonly Waiting[]): readonly object[] =>
    some.slice(0, limit).map(({ task, waitsFor }) => ({ ...taskJson(task), waitsFor: waitsFor.map(({ id }) => id) }));
  return {
    step: step === null ? null : stepJson(step),
    started: worthwhile(next.started),
    ready: worthwhile(next.ready),
    blocked: waiting(next.blocked),
    waiting: waiting(next.waiting),
    marked,
    changed: changed.map(stepName),
  };
}
