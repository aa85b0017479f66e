import { expect } from "vitest";
import type { Change, NewTask, NewValues } from "../src/core/plan/change.ts";
import { editPlan } from "../src/core/plan/edit.ts";
import { readPlan } from "../src/core/plan/read-plan.ts";
import type { PlanFile } from "../src/core/plan/source.ts";
import { normalise } from "../src/core/plan/token.ts";
import type { Plan, PlannedTask } from "../src/core/words.ts";

/**
 * Asserts that a file, after these changes, reads as its plan with them applied, save what is told as unwritten, and that nothing else
 * changed. Of one task the last change counts. Lines and spellings of statuses may differ.
 */
export function saysTheChanged(file: PlanFile, changes: readonly Change[]): void {
  const before = readPlan(file).plan;
  if (before === null) return;
  const once = [...new Map(changes.map((change) => [tokenOf(change), change])).values()];
  const { text, unwritten } = editPlan(file, once);
  const applied = once.flatMap((change) => {
    const left = unwritten.filter((one) => one.change === change).map(({ field }) => field);
    return left.includes(null) ? [] : [without(change, left)];
  });
  const after = readPlan({ ...file, text }).plan;

  expect(after && said(after, after.tasks)).toEqual(said(before, tasksAfter(before, applied)));
}

const tokenOf = (change: Change): string => (change.kind === "add" ? normalise(change.task.id) : change.token);

/** A change without the fields that were not written. */
function without(change: Change, left: readonly (keyof NewTask | keyof NewValues | null)[]): Change {
  const kept = <T extends object>(values: T): Partial<T> => {
    const copy: Partial<T> = { ...values };
    for (const field of Object.keys(values)) if (left.some((one) => one === field)) Reflect.deleteProperty(copy, field);
    return copy;
  };
  if (change.kind === "set") return { ...change, to: kept(change.to) };
  if (change.kind === "add") return { ...change, task: { ...kept(change.task), id: change.task.id, title: change.task.title } };
  return change;
}

function tasksAfter(plan: Plan, changes: readonly Change[]): readonly PlannedTask[] {
  const tasks = [...plan.tasks];
  // What goes to the end stands behind all that goes below the last task.
  const atEnd = (change: Change): boolean => change.kind === "add" && change.after === null;
  const counts = new Map<string | null, number>();
  for (const change of [...changes.filter((one) => !atEnd(one)), ...changes.filter(atEnd)]) {
    if (change.kind === "add") {
      // Several below one task stand in the order in which they are asked for.
      const count = counts.get(change.after) ?? 0;
      counts.set(change.after, count + 1);
      const at = change.after === null ? tasks.length : tasks.findIndex(({ token }) => token === change.after) + 1 + count;
      tasks.splice(at, 0, newTask(plan, change.task));
    }
    if (change.kind !== "set") continue;
    const at = tasks.findIndex(({ token }) => token === change.token);
    const task = tasks[at];
    if (task !== undefined)
      tasks[at] = { ...task, ...change.to, recurring: task.recurring && (change.to.status ?? task.status) === task.status };
  }
  const gone = new Set(changes.flatMap((change) => (change.kind === "remove" ? [change.token] : [])));
  const left = tasks.filter(({ token }) => !gone.has(token));
  const there = new Set(left.map(({ token }) => token));
  return left.map((task) => ({ ...task, dependencies: task.dependencies.filter((token) => there.has(token)) }));
}

function newTask({ scope, path }: Plan, { dependencies = [], ...task }: NewTask): PlannedTask {
  return {
    status: "todo",
    owner: null,
    priority: null,
    hours: null,
    due: null,
    completed: null,
    phase: null,
    milestone: null,
    notes: null,
    ...task,
    token: normalise(task.id),
    scope,
    parent: null,
    writtenStatus: "",
    recurring: false,
    dependencies: [...new Set(dependencies.map(normalise))],
    start: null,
    optional: false,
    steps: [],
    extra: {},
    file: path,
    line: 0,
  };
}

const said = (plan: Plan, tasks: readonly PlannedTask[]): object => ({
  ...plan,
  tasks: tasks.map(({ line: _line, writtenStatus: _spelling, ...task }) => task),
});
