import type { Board, BoardTask, Configuration, Instant, IsoDate } from "../words.ts";
import type { Activity } from "./activity.ts";
import { unassigned } from "./crew.ts";
import { criticalPathsOf } from "./critical-path.ts";
import type { Source } from "./estimates.ts";
import { type Aim, type Forecast, forecastsOf, marginOf } from "./forecast.ts";
import { type Milestone, membersOf } from "./membership.ts";
import type { LeftOut } from "./network.ts";
import { presentStatus } from "./readiness.ts";
import type { Spread } from "./spread.ts";
import { indexOf } from "./task-index.ts";
import { keyOf } from "./task-key.ts";
import { type Days, daysOf, openPlaces, type Timetable, timetableOf } from "./timetable.ts";
import { calendarOf } from "./working-time.ts";

/**
 * The dates of one open task. Slack is in working days, and may be a part of one.
 * `planned` = levelled, by its owner's capacity; one that has begun starts on the day it began. `margin` = working days from its planned
 * finish to its due date, below 0 where it is late. A blocked task is planned as if it were released today.
 */
export type TaskDates = {
  readonly task: BoardTask;
  readonly hoursLeft: number;
  readonly estimateFrom: Source;
  readonly began: IsoDate | null;
  readonly earliest: Days;
  readonly latest: Days;
  readonly planned: Days;
  readonly slack: number;
  readonly freeSlack: number;
  readonly critical: boolean;
  readonly blocked: boolean;
  readonly margin: number | null;
};

export type MilestoneForecast = Pick<Milestone, "id" | "title" | "due"> & { readonly forecast: Forecast };

/**
 * A plan as a whole, and its milestones as it tells them alone (in the order of `membersOf` that plan). `critical.paths` lists at most `mostPaths` of `critical.count`, each from
 * its first task to its last.
 */
export type PlanForecast = {
  readonly path: string;
  readonly forecast: Forecast;
  readonly milestones: readonly MilestoneForecast[];
  readonly critical: { readonly count: number; readonly paths: readonly (readonly BoardTask[])[] };
};

/** What had to be supposed, for people to mend. */
export type Assumption =
  /** These tasks have no estimate, so each is taken to need so many hours: the median of its phase, its plan or all plans, its share of its parent, or a day. */
  | {
      readonly kind: "estimate";
      readonly from: Exclude<Source, "own" | "parts">;
      readonly hours: number;
      readonly tasks: readonly BoardTask[];
    }
  /** These tasks have no owner: as many at a time as `capacity.owners.unassigned` says, or one. */
  | { readonly kind: "unassigned"; readonly tasks: readonly BoardTask[] };

export type Schedule = {
  /** By `taskKey`, in the order of the plans: open tasks only, without recurring ones. */
  readonly tasks: ReadonlyMap<string, TaskDates>;
  /** In the order of `membersOf`. */
  readonly milestones: readonly MilestoneForecast[];
  /** In the order of the boards. */
  readonly plans: readonly PlanForecast[];
  readonly leftOut: readonly LeftOut[];
  readonly assumed: readonly Assumption[];
};

export const mostPaths = 10;

/**
 * The schedule of all plans of a repository, which share their people.
 * Dates are days in `summary.timezone`; the schedule changes with the plans, the statuses, and once a day as `now` goes on.
 *
 * @param ask.spread how long this team takes, from `spreadOf` its histories; `noSpread` gives dates without ranges.
 * @param ask.revision of the plans, such as their blobs' shas joined: the same revision has the same forecasts.
 */
export function scheduleOf(ask: {
  readonly boards: readonly Board[];
  readonly configuration: Configuration;
  readonly spread: Spread;
  readonly now: Instant;
  readonly revision: string;
}): Schedule {
  const { boards, configuration, spread, now, revision } = ask;
  const calendar = calendarOf(configuration);
  const milestones = membersOf(boards, configuration);
  const index = indexOf(boards);
  const timetable = timetableOf({ index, configuration, calendar, now, statuses: index.tasks.map(presentStatus), milestones });
  const own = boards.length === 1 ? [milestones] : boards.map((board) => membersOf([board], configuration));
  const all = [...new Set([...milestones, ...own.flat()])];
  const aims = [...aimsOf(timetable, all), ...planAimsOf(timetable, boards)];
  const forecasts = forecastsOf(timetable, { spread, seed: revision }, aims);
  const forecastAt = (index: number): Forecast => forecasts[index] ?? { kind: "empty" };
  const told = new Map(all.map((milestone, index) => [milestone, forecastAt(index)]));
  const toldOf = (some: readonly Milestone[]): readonly MilestoneForecast[] =>
    some.map((milestone) => ({ ...nameOf(milestone), forecast: told.get(milestone) ?? { kind: "empty" } }));
  const asPlanned = [...timetable.network.activities.entries()].sort(([, a], [, b]) => a.place - b.place);
  return {
    tasks: new Map(asPlanned.map(([at, activity]) => [keyOf(activity.task), datesOf(timetable, activity, at)])),
    milestones: toldOf(milestones),
    plans: boards.map(({ path }, plan) => ({
      path,
      forecast: forecastAt(all.length + plan),
      milestones: toldOf(own[plan] ?? []),
      critical: criticalTasks(timetable, plan),
    })),
    leftOut: timetable.network.leftOut,
    assumed: assumptionsOf(asPlanned.map(([, activity]) => activity)),
  };
}

const nameOf = ({ id, title, due }: Milestone): Omit<MilestoneForecast, "forecast"> => ({ id, title, due });

/** What each milestone still needs: its open tasks in the network. Counted as `MilestoneProgress` counts. */
function aimsOf({ placeOf }: Timetable, milestones: readonly Pick<Milestone, "due" | "members">[]): readonly Aim[] {
  return milestones.map(({ due, members }) => {
    const counted = members.filter((task) => !task.recurring && presentStatus(task) !== "deferred").length;
    return { due, places: openPlaces(placeOf, members), counted };
  });
}

/** The same of whole plans, which are due on no day. */
const planAimsOf = (timetable: Timetable, boards: readonly Board[]): readonly Aim[] =>
  aimsOf(
    timetable,
    boards.map(({ tasks }) => ({ due: null, members: tasks })),
  );

/** The critical paths of one plan, as tasks. */
export function criticalTasks({ network, times }: Timetable, plan: number): PlanForecast["critical"] {
  const { count, paths } = criticalPathsOf(network, times, { plan, most: mostPaths });
  return { count, paths: paths.map((path) => path.flatMap((at) => network.activities[at]?.task ?? [])) };
}

function datesOf(timetable: Timetable, activity: Activity, at: number): TaskDates {
  const { calendar, times, levelled } = timetable;
  const { task, left, began, estimate } = activity;
  const days = (start: Float64Array, finish: Float64Array): Days => daysOf(timetable, start[at] ?? 0, finish[at] ?? 0);
  const planned = days(levelled.start, levelled.finish);
  return {
    task,
    hoursLeft: left / 60,
    estimateFrom: estimate.from,
    began,
    earliest: days(times.earliestStart, times.earliestFinish),
    latest: days(times.latestStart, times.latestFinish),
    planned: began === null ? planned : { ...planned, start: began < planned.start ? began : planned.start },
    slack: (times.slack[at] ?? 0) / calendar.minutesPerDay,
    freeSlack: (times.freeSlack[at] ?? 0) / calendar.minutesPerDay,
    critical: times.slack[at] === 0,
    blocked: task.state.status === "blocked",
    margin: task.due === null ? null : marginOf(timetable, levelled.finish[at] ?? 0, task.due),
  };
}

function assumptionsOf(activities: readonly Activity[]): readonly Assumption[] {
  const groups = new Map<string, { from: Exclude<Source, "own" | "parts">; hours: number; tasks: BoardTask[] }>();
  for (const { task, plan, estimate } of activities) {
    const { from, hours } = estimate;
    if (from === "own" || from === "parts") continue;
    const name = [from, hours, plan, from === "phase" ? task.phase : "", from === "parent" ? task.parent : ""].join("\n");
    const group = groups.get(name) ?? { from, hours, tasks: [] };
    groups.set(name, group);
    group.tasks.push(task);
  }
  const orphans = activities.filter(({ owners, left }) => left > 0 && owners[0] === unassigned).map(({ task }) => task);
  const estimates = [...groups.values()].map((group) => ({ kind: "estimate", ...group }) as const);
  return orphans.length === 0 ? estimates : [...estimates, { kind: "unassigned", tasks: orphans }];
}
