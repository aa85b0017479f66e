import type { FinishedWork, Instant } from "../words.ts";
import { median } from "./estimates.ts";
import { type Calendar, workingMinutes } from "./working-time.ts";

/** How long finished tasks took, as a multiple of their estimates: one number a task, in ascending order. */
export type Spread = { readonly ratios: readonly number[] };

type Worked = Pick<FinishedWork, "history"> & { readonly task: Pick<FinishedWork["task"], "hours"> };

export const noSpread: Spread = { ratios: [] };

/** With fewer finished tasks nothing is forecast: a quantile of seven numbers is one of them. */
export const enoughHistory = 8;

/**
 * The team's own spread, from the histories of its tasks. A completed task with an estimate counts with the working time that it was in
 * progress: from in-progress until completed, all such stretches of one that was reopened; what it was blocked, deferred or waiting again
 * does not count. One that was never in progress, or for less than a minute, says nothing: it was set so afterwards.
 *
 * Outliers are drawn in to Tukey's fences (J. W. Tukey, "Exploratory Data Analysis", 1977: 1.5 interquartile ranges beyond the quartiles),
 * measured on logarithms, as durations are skewed to the right: the one task forgotten for a year then counts as a slow one, not as a year.
 */
export function spreadOf(finished: Iterable<Worked>, calendar: Calendar): Spread {
  const logarithms: number[] = [];
  for (const { task, history } of finished) {
    const minutes = minutesInProgress(history, calendar);
    if (history.at(-1)?.after !== "completed" || task.hours === null || task.hours <= 0 || minutes < 1) continue;
    logarithms.push(Math.log(minutes / (task.hours * 60)));
  }
  return { ratios: fenced(logarithms.sort((a, b) => a - b)).map(Math.exp) };
}

function minutesInProgress(history: FinishedWork["history"], calendar: Calendar): number {
  let minutes = 0;
  let since: Instant | null = null;
  for (const { at, after } of history) {
    if (since !== null) minutes += workingMinutes(calendar, since, at);
    since = after === "in-progress" ? at : null;
  }
  return minutes;
}

function fenced(sorted: readonly number[]): readonly number[] {
  const half = sorted.length >> 1;
  const [low, high] = [median(sorted.slice(0, half)), median(sorted.slice(sorted.length - half))];
  if (low === undefined || high === undefined) return sorted;
  const reach = 1.5 * (high - low);
  return sorted.map((one) => Math.min(Math.max(one, low - reach), high + reach));
}
