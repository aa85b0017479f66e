import { normalise } from "../plan/token.ts";
import { isFinished, type PlannedTask, type Step } from "../words.ts";
import { nextOf, orderOfWork } from "./next.ts";

export type StepAt = { readonly task: PlannedTask; readonly step: Step };

/** Whether a step has been done: not yet, yes, or yes in another form than it has now, which counts as not yet. */
export type Progress = (at: StepAt) => "open" | "done" | "changed";

/**
 * The tasks of a plan with what a runner did of them: one whose steps are all done is completed, one with a step done has begun. What the
 * plan itself says of a finished or blocked task stands.
 */
export function withProgress(tasks: readonly PlannedTask[], progress: Progress): readonly PlannedTask[] {
  return tasks.map((task) => {
    const done = task.steps.filter((step) => progress({ task, step }) === "done").length;
    if (done === 0 || isFinished(task.status) || task.status === "blocked") return task;
    return { ...task, status: done === task.steps.length ? "completed" : "in-progress" };
  });
}

/** The step to be done next: the first open one of the best task that has begun, or else of the best that can begin; null where there is none. */
export function nextStepOf(tasks: readonly PlannedTask[], progress: Progress, owner: string | null = null): StepAt | null {
  const { started, ready } = nextOf(withProgress(tasks, progress), owner);
  for (const { task } of [...started, ...ready]) {
    const step = task.steps.find((one) => progress({ task, step: one }) !== "done");
    if (step !== undefined) return { task, step };
  }
  return null;
}

/** All steps that are still to be done, in the order in which they can be. */
export function stepsInOrder(tasks: readonly PlannedTask[], progress: Progress): readonly StepAt[] {
  return orderOfWork(withProgress(tasks, progress)).flatMap((task) =>
    task.steps.flatMap((step) => (progress({ task, step }) === "done" ? [] : [{ task, step }])),
  );
}

/** The name a step is called by: its task's id and its own. */
export const stepName = ({ task, step }: StepAt): string => `${task.id}/${step.id}`;

/** The steps that a name may mean: `TASK/STEP`, a step's id alone, or the id of a task with one step; letter case and zero padding aside. */
export function stepsNamed(tasks: readonly PlannedTask[], name: string): readonly StepAt[] {
  const wanted = normalise(name);
  const all = tasks.flatMap((task) => task.steps.map((step) => ({ task, step })));
  const whole = all.filter((at) => normalise(stepName(at)) === wanted);
  if (whole.length > 0) return whole;
  return all.filter(({ task, step }) => normalise(step.id) === wanted || (task.token === wanted && task.steps.length === 1));
}
