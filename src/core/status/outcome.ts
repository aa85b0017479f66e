import type { Instant, PromisedTask, PullPromise, Status, TaskMaterial, Transition } from "../words.ts";
import { type Why, whyOf } from "./why.ts";

/** What became of one promised task. `why` is null where the task is in no plan any more; `takenBack` = what undid it after it was done. */
export type TaskOutcome = {
  readonly task: PromisedTask;
  readonly done: boolean;
  readonly why: Why | null;
  readonly takenBack: Transition | null;
};

export type PullOutcome = { readonly pull: number; readonly tasks: readonly TaskOutcome[] };

/**
 * What became of a promise: a task is done once it has had the promised status at the merge or after it, whatever happened to it since.
 * `tasks` = as they are stored now, in any order; others among them are passed over.
 */
export function outcomeOf(promise: PullPromise & { readonly mergedAt: Instant }, tasks: readonly TaskMaterial[]): PullOutcome {
  const outcome = (task: PromisedTask): TaskOutcome => {
    const stored = tasks.find(({ scope, token }) => scope === task.scope && token === task.token)?.stored ?? null;
    const history = stored?.history ?? [];
    const met = history.findIndex((step, index) => reaches(task, step.after) && lastsUntil(history, index) > promise.mergedAt);
    const after = history.slice(met + 1);
    return {
      task,
      done: met !== -1,
      why: stored?.present ? whyOf(task.id, stored.state, history) : null,
      takenBack:
        met === -1 || reaches(task, after.at(-1)?.after ?? task.after) ? null : (after.find((step) => !reaches(task, step.after)) ?? null),
    };
  };
  return { pull: promise.pull, tasks: promise.tasks.map(outcome) };
}

/** Whether everything that was promised happened. */
export const isKept = ({ tasks }: PullOutcome): boolean => tasks.every(({ done }) => done);

/** Whoever was to be started and is completed already has been given more than was promised. */
const reaches = ({ before, after }: PromisedTask, status: Status): boolean =>
  status === after || (after === "in-progress" && before !== "completed" && status === "completed");

/** When the step at this place of a history was followed by the next. */
const lastsUntil = (history: readonly Transition[], index: number): Instant => history[index + 1]?.at ?? Number.POSITIVE_INFINITY;
