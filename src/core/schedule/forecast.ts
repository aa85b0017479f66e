import type { BoardTask, IsoDate } from "../words.ts";
import { drivingChain, moversOf } from "./driving-chain.ts";
import { defaultRuns, quantile, simulate } from "./simulate.ts";
import { enoughHistory, type Spread } from "./spread.ts";
import { daysOf, endDay, finishOf, type Timetable } from "./timetable.ts";
import { dayNumber, workingDayUntil } from "./working-time.ts";

/** When something should be, and is likely to be, finished. */
export type Forecast =
  /** No task of it counts: all are deferred or recurring, or it has none. */
  | { readonly kind: "empty" }
  | { readonly kind: "done" }
  /** Fewer than `enoughHistory` finished tasks tell how long this team takes, so there is no range: the dates of `Expected` stand alone. */
  | ({ readonly kind: "too-little-history"; readonly finished: number } & Expected)
  /** In half of all `runs` it was finished by `p50`, in four of five by `p80`. `onTime` = in which share by the due date; null without one. */
  | ({
      readonly kind: "range";
      readonly p50: IsoDate;
      readonly p80: IsoDate;
      readonly runs: number;
      readonly finished: number;
      readonly onTime: number | null;
    } & Expected);

export type Expected = {
  /** By dependencies alone, if every task took its estimate and nobody were busy: it cannot be sooner. */
  readonly network: IsoDate;
  /** If every task took its estimate and everybody did one at a time. */
  readonly levelled: IsoDate;
  /** Working days between P80 (without a range: the levelled date) and the due date; below 0 it is late, and at risk. Null without a due date. */
  readonly margin: number | null;
  /** The three tasks with the most work left among those that decide the levelled date. */
  readonly movers: readonly BoardTask[];
};

/** What is forecast: the places of its open activities in the network, and how many of its tasks count, finished ones too. */
export type Aim = { readonly due: IsoDate | null; readonly places: readonly number[]; readonly counted: number };

/** Forecasts some aims together, so that they share their luck. `seed` is the revision of the plans. */
export function forecastsOf(
  timetable: Timetable,
  luck: { readonly spread: Spread; readonly seed: string },
  aims: readonly Aim[],
): readonly Forecast[] {
  const finished = luck.spread.ratios.length;
  const enough = finished >= enoughHistory && aims.some(({ places }) => places.length > 0);
  const samples = enough
    ? simulate(
        { ...timetable, ...luck, runs: defaultRuns },
        aims.map(({ places }) => places),
      )
    : [];
  return aims.map((aim, index) => {
    if (aim.counted === 0) return { kind: "empty" };
    if (aim.places.length === 0) return { kind: "done" };
    const sorted = samples[index];
    const levelled = finishOf(aim.places, timetable.levelled.finish);
    if (sorted === undefined) return { kind: "too-little-history", finished, ...expected(timetable, aim, levelled) };
    const [p50, p80] = [quantile(sorted, 0.5), quantile(sorted, 0.8)];
    return {
      kind: "range",
      p50: dateOfEnd(timetable, p50),
      p80: dateOfEnd(timetable, p80),
      runs: sorted.length,
      finished,
      onTime: aim.due === null ? null : shareUntil(timetable, sorted, aim.due),
      ...expected(timetable, aim, p80),
    };
  });
}

/** Working days from the end of some work to the last working day on or before a date; below 0 where the work ends after it. */
export const marginOf = (timetable: Timetable, end: number, due: IsoDate): number =>
  workingDayUntil(timetable.calendar, dayNumber(due)) - endDay(timetable, end);

function expected(timetable: Timetable, { due, places }: Aim, decisive: number): Expected {
  return {
    network: dateOfEnd(timetable, finishOf(places, timetable.times.earliestFinish)),
    levelled: dateOfEnd(timetable, finishOf(places, timetable.levelled.finish)),
    margin: due === null ? null : marginOf(timetable, decisive, due),
    movers: moversOf(timetable, drivingChain(timetable, places), 3),
  };
}

const dateOfEnd = (timetable: Timetable, end: number): IsoDate => daysOf(timetable, end, end).finish;

function shareUntil(timetable: Timetable, sorted: Float64Array, due: IsoDate): number {
  const late = sorted.findIndex((end) => marginOf(timetable, end, due) < 0);
  return (late === -1 ? sorted.length : late) / sorted.length;
}
