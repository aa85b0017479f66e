import type { Forecast } from "../schedule/forecast.ts";
import type { MilestoneProgress } from "../schedule/milestones.ts";
import type { MilestoneForecast } from "../schedule/schedule.ts";
import { enoughHistory } from "../schedule/spread.ts";
import { count, more, nothing, section, series, table } from "./block.ts";
import { inline } from "./escape.ts";
import { idLink, type Linking } from "./task-cells.ts";
import { milestoneHours, milestoneName, progressBar } from "./wording.ts";

type Told = { readonly milestone: MilestoneProgress; readonly forecast: Forecast };

/**
 * Milestones with how far they are, when they are due, when they are likely to be reached, and what moves that most. What is at risk comes
 * first, what is reached last. Below it, once for all, how the dates were come by.
 */
export function milestonesBlock(
  shown: Linking & { readonly milestones: readonly MilestoneProgress[] },
  forecasts: readonly MilestoneForecast[],
  amount: number,
): string {
  const told = shown.milestones
    .map((milestone, index): Told => ({ milestone, forecast: forecasts[index]?.forecast ?? { kind: "empty" } }))
    .filter(({ milestone }) => milestone.total > 0 || milestone.due !== null)
    .toSorted((a, b) => weight(a) - weight(b));
  const drawn = told.slice(0, amount);
  const rows = drawn.map(({ milestone, forecast }) => [
    milestoneName(milestone),
    progressBar(milestone),
    doneOf(milestone),
    inline(milestone.due ?? nothing, 20),
    outcomeOf(forecast),
    moversOf(shown, forecast),
  ]);
  const head = ["Milestone", "Progress", "Done", "Due", "Forecast", "Moved most by"];
  return section("Milestones", table(head, rows), more(told.length, amount, "milestone"), footnote(drawn.map(({ forecast }) => forecast)));
}

function weight({ milestone, forecast }: Told): number {
  if (isAtRisk(forecast)) return 0;
  return milestone.percent === 100 ? 2 : 1;
}

const isAtRisk = (forecast: Forecast): boolean => (marginOf(forecast) ?? 0) < 0;

const marginOf = (forecast: Forecast): number | null => (forecast.kind === "empty" || forecast.kind === "done" ? null : forecast.margin);

/** How many of its tasks are done, and of their hours where all have some. */
export function doneOf(milestone: MilestoneProgress): string {
  const { done, total } = milestone;
  if (total === 0) return nothing;
  const hours = milestoneHours(milestone);
  return `${done} of ${count(total, "task")}${hours === nothing ? "" : `, ${hours} h`}`;
}

/** The dates, and whether they are in time where one is due. */
export function outcomeOf(forecast: Forecast): string {
  const margin = marginOf(forecast);
  if (margin === null) return dates(forecast);
  return `${dates(forecast)}, ${margin < 0 ? `**at risk**: ${count(-margin, "working day")} late` : "in time"}`;
}

function dates(forecast: Forecast): string {
  switch (forecast.kind) {
    case "range":
      return forecast.p50 === forecast.p80 ? forecast.p80 : `${forecast.p50} to ${forecast.p80}`;
    case "too-little-history":
      return `${forecast.network} at the earliest`;
    default:
      return nothing;
  }
}

/** The tasks that move its date most. */
export const moversOf = (shown: Linking, forecast: Forecast): string =>
  "movers" in forecast && forecast.movers.length > 0 ? series(forecast.movers.map((task) => idLink(shown, task))) : nothing;

/** How the dates of these forecasts were come by. */
export function footnote(forecasts: readonly Forecast[]): string {
  const [forecast] = forecasts.flatMap((one) => (one.kind === "range" || one.kind === "too-little-history" ? [one] : []));
  if (forecast === undefined) return "";
  return forecast.kind === "range"
    ? `_Forecast: reached by the first date in half of ${forecast.runs} runs of the plan, by the second in four of five; ${count(forecast.finished, "finished task")} tell how long this team takes. In time: by the second date._`
    : `_Too little history for a range of dates: that needs ${enoughHistory} finished tasks which had an estimate and were seen in progress, and there ${forecast.finished === 1 ? "is" : "are"} ${forecast.finished}. In time: by the date on which everybody, at one task at a time, would be done._`;
}
