import type { Board, Configuration, IsoDate } from "../words.ts";
import { type Milestone, membersOf } from "./membership.ts";
import { presentStatus, type StatusOf } from "./readiness.ts";
import { keyOf } from "./task-key.ts";

/**
 * How far a milestone is. `tasks` are the keys of its tasks; `total` leaves out deferred and recurring ones.
 * `hours` and `hoursDone` are null unless every counted task has an estimate; then `percent` goes by hours, else by tasks.
 * `percent` is null where nothing is counted, and 100 only when every counted task is completed.
 */
export type MilestoneProgress = {
  readonly id: string;
  readonly title: string;
  readonly due: IsoDate | null;
  readonly tasks: readonly string[];
  readonly done: number;
  readonly total: number;
  readonly hoursDone: number | null;
  readonly hours: number | null;
  readonly percent: number | null;
};

/** The progress of every milestone of these plans, in the order of `membersOf`. Milestones without tasks are listed, for their dates. */
export function progressOf(boards: readonly Board[], configuration: Configuration): readonly MilestoneProgress[] {
  return membersOf(boards, configuration).map((milestone) => measure(milestone, presentStatus));
}

/** The progress of one milestone when its tasks have the statuses asked for. */
export function measure(milestone: Milestone, statusOf: StatusOf): MilestoneProgress {
  const { id, title, due, members } = milestone;
  return { id, title, due, tasks: members.map(keyOf), ...tally(milestone, statusOf) };
}

/** The same without naming the tasks, which for a large milestone is most of the work. */
export function tally({ members }: Milestone, statusOf: StatusOf): Omit<MilestoneProgress, "id" | "title" | "due" | "tasks"> {
  let [done, total, estimated, sum, sumDone] = [0, 0, 0, 0, 0];
  for (const task of members) {
    const status = statusOf(task);
    if (task.recurring || status === "deferred") continue;
    total += 1;
    if (task.hours !== null) estimated += 1;
    sum += task.hours ?? 0;
    if (status !== "completed") continue;
    done += 1;
    sumDone += task.hours ?? 0;
  }
  const [hours, hoursDone] = estimated === total ? [sum, sumDone] : [null, null];
  return { done, total, hoursDone, hours, percent: percentOf({ done, total }, hours && hoursDone !== null ? hoursDone / hours : null) };
}

function percentOf(count: { readonly done: number; readonly total: number }, share: number | null): number | null {
  if (count.total === 0) return null;
  if (count.done === count.total) return 100;
  // The last bit of a sum such as 0.29 × 100 must not cost a whole percent, and tasks of zero hours must not make it 100.
  return Math.min(99, Math.floor((share ?? count.done / count.total) * 100 + 1e-9));
}
