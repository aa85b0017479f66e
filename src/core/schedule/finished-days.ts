import { type Board, type BoardTask, type FinishedWork, type Instant, type IsoDate, isFinished } from "../words.ts";
import { keyOf, taskKey } from "./task-key.ts";
import type { Days } from "./timetable.ts";
import { type Calendar, isoDate } from "./working-time.ts";

/**
 * When completed tasks were worked on, by `taskKey`, as their histories tell: from the day on which each was begun (for the last time) to
 * the one on which it was completed. One that nobody was seen to begin starts as its row says, or on the day on which it was completed. Of
 * one that was completed when its plan was first read, only its row knows when; without a date there it is missing.
 */
export function finishedDays(boards: readonly Board[], finished: Iterable<FinishedWork>, calendar: Calendar): ReadonlyMap<string, Days> {
  const histories = new Map([...finished].map(({ task: { scope, token }, history }) => [taskKey(scope, token), history]));
  const dayOf = (at: Instant): IsoDate => isoDate(calendar.local(at).day);
  const completed = boards.flatMap(({ tasks }) => tasks.filter(({ state }) => state.status === "completed"));
  return new Map(
    completed.flatMap((task) => {
      const history = histories.get(keyOf(task)) ?? [];
      const finish = isFirstSight(task, history) ? task.completed : dayOf(task.state.since);
      if (finish === null) return [];
      const began = beginningOf(history);
      const start = began === null ? task.start : dayOf(began);
      return [[keyOf(task), { start: start === null || start > finish ? finish : start, finish }]];
    }),
  );
}

const isFirstSight = ({ state }: BoardTask, history: FinishedWork["history"]): boolean =>
  state.cause.rule === "plan-row" && history.length < 2;

/** When a task was last begun after it was not finished any more; null where it never was. */
function beginningOf(history: FinishedWork["history"]): Instant | null {
  let began: Instant | null = null;
  for (const { at, after } of history.slice(0, -1)) {
    if (isFinished(after)) began = null;
    if (after === "in-progress") began ??= at;
  }
  return began;
}
