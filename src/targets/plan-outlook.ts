import { homesOn } from "../core/evidence/homes.ts";
import { underWay } from "../core/render/outlook.ts";
import { mostRows } from "../core/render/summary.ts";
import type { SummaryView } from "../core/render/views.ts";
import { finishedDays } from "../core/schedule/finished-days.ts";
import { scheduleOf } from "../core/schedule/schedule.ts";
import { spreadOf } from "../core/schedule/spread.ts";
import { keyOf } from "../core/schedule/task-key.ts";
import { calendarOf } from "../core/schedule/working-time.ts";
import { knownTo } from "../core/status/derive.ts";
import { openPullsOn } from "../core/status/open-pulls.ts";
import type { BoardTask, Instant } from "../core/words.ts";
import type { RepositoryState } from "../ports.ts";
import { momentOf } from "./plan-findings.ts";
import type { Target } from "./target.ts";

/**
 * The schedule of a repository as it was last looked at, and when what is completed was worked on: days pass in it with the daily look and not with the clock, so that a text that
 * shows it changes only when something did. The same versions of the plans have the same forecasts.
 */
export async function scheduleFor(
  { store, at }: Target,
  { boards, configuration, plans, ...state }: RepositoryState,
): Promise<Pick<SummaryView, "schedule" | "finished">> {
  const work = await store.finishedWork(at.repository);
  const calendar = calendarOf(configuration);
  const seen = boards.map((board) => momentOf({ plans, lookedAt: state.lookedAt }, board));
  const schedule = scheduleOf({
    boards,
    configuration,
    spread: spreadOf(work, calendar),
    now: seen.reduce((latest: Instant, one) => Math.max(latest, one), 0),
    revision: plans.map(({ path, fact }) => `${path} ${fact}`).join("\n"),
  });
  return { schedule, finished: finishedDays(boards, work, calendar) };
}

/** The open pull requests of those tasks under way that a summary shows, by `taskKey`. */
export const pullsUnderWay = (target: Target, state: RepositoryState): Promise<ReadonlyMap<string, readonly number[]>> =>
  pullsOf(
    target,
    state,
    state.boards.flatMap((board) => shownUnderWay(board.tasks)),
  );

/** Those under way that a text shows. */
export const shownUnderWay = (tasks: readonly BoardTask[]): readonly BoardTask[] => underWay(tasks).slice(0, mostRows);

/** The open pull requests that name these tasks, by `taskKey`. */
export async function pullsOf(
  { store, at }: Target,
  state: RepositoryState,
  tasks: readonly BoardTask[],
): Promise<ReadonlyMap<string, readonly number[]>> {
  if (tasks.length === 0) return new Map();
  const facts = await store.pullsNaming(at.repository, [...new Set(tasks.map(({ token }) => token))]);
  const pullsOn = openPullsOn(facts, { known: knownTo(homesOn(state.boards), state.configuration), configuration: state.configuration });
  return new Map(tasks.map((task) => [keyOf(task), pullsOn(task)]));
}
