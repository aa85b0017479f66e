import type { BoardTask, Configuration, Instant, IsoDate, Status } from "../words.ts";
import { type Crew, crewOf } from "./crew.ts";
import { type Estimate, estimatesOf } from "./estimates.ts";
import type { Milestone } from "./membership.ts";
import { presentStatus } from "./readiness.ts";
import type { TaskIndex } from "./task-index.ts";
import { type Calendar, dayNumber, isoDate, workingDayFrom, workingDayUntil } from "./working-time.ts";

/** What a network is made of. `statuses`, by place, may be other ones than the present; `milestones` are those of `membersOf`. */
export type Setting = {
  readonly index: TaskIndex;
  readonly configuration: Configuration;
  readonly calendar: Calendar;
  readonly now: Instant;
  readonly statuses: readonly Status[];
  readonly milestones: readonly Milestone[];
};

/**
 * A task as it stands in a network. All times are minutes of work that one person does, counted from the beginning of today, or of the
 * next working day where today is none.
 */
export type Activity = {
  readonly task: BoardTask;
  /** Its place among all tasks, in the order of the plans. */
  readonly place: number;
  /** Its place by priority, then id (`TaskIndex.ranks`). */
  readonly rank: number;
  /** The place of its plan among the boards. */
  readonly plan: number;
  readonly estimate: Estimate;
  readonly owners: readonly string[];
  /** The whole work, what is done of it, and what is left: whole minutes, so that sums are exact and no slack is a rounding error. */
  readonly whole: number;
  readonly worked: number;
  readonly left: number;
  /** When it began; null where it has not. */
  readonly began: IsoDate | null;
  /** It cannot begin earlier. */
  readonly release: number;
  /** When it should be finished: the end of the day on which it, or a milestone it belongs to, is due; infinity where nothing is. */
  readonly target: number;
};

/** However long somebody has worked on a task that is not completed, this share of it is still to be done. */
export const leastLeft = 0.1;

/**
 * Reads open tasks, by their place in the index, as activities. `parts` are those of `partsOf`.
 * - A task begun has its estimate less the working days since it began, today not counted (so that dates change once a day, not every
 *   minute); an owner with more tasks in progress than people gave each only a part of his time. A tenth is left however long it took.
 * - It began when it was set in progress, or at the start date of its row where that is earlier.
 * - A start date on any other task is the earliest day on which it begins ("start no earlier than"). A due date moves nothing: it is a
 *   target, by which people choose among tasks, and dates beyond it are late.
 * - A blocked task has its whole work left, from today on, as if it were released today: nobody knows when it will be.
 */
export function activitiesOf(setting: Setting, parts: ReadonlyMap<number, readonly number[]>): (place: number) => Activity | undefined {
  const { index, calendar, configuration } = setting;
  const crew = crewOf(configuration.capacity);
  const estimateOf = estimatesOf(index, parts, calendar.minutesPerDay / 60);
  const milestoneDues = duesOf(setting);
  const shareOf = sharesOf(setting, crew);
  const today = todayOf(setting);
  const ranks = index.ranks();
  return (place) => {
    const task = index.tasks[place];
    if (task === undefined) return undefined;
    const estimate = estimateOf(place);
    const owners = crew.ownersOf(task.owner);
    const whole = Math.round(estimate.hours * 60);
    const began = beginningOf(task, setting.statuses[place], setting);
    const daysWorked = began === null ? 0 : Math.max(0, today - workingDayFrom(calendar, dayNumber(began)));
    const worked = Math.round(daysWorked * calendar.minutesPerDay * (began === null ? 0 : shareOf(owners)));
    const startDay = began !== null || task.start === null ? today : workingDayFrom(calendar, dayNumber(task.start));
    const due = earlier(task.due, milestoneDues.get(task) ?? null);
    return {
      task,
      place,
      rank: ranks[place] ?? 0,
      plan: index.plans[place] ?? 0,
      estimate,
      owners,
      whole,
      worked,
      left: Math.round(Math.max(whole - worked, whole * leastLeft)),
      began,
      release: Math.max(0, startDay - today) * calendar.minutesPerDay,
      target: due === null ? Number.POSITIVE_INFINITY : (workingDayUntil(calendar, dayNumber(due)) + 1 - today) * calendar.minutesPerDay,
    };
  };
}

/** The number of the working day on which all times of a network begin. */
export const todayOf = ({ calendar, now }: Pick<Setting, "calendar" | "now">): number => workingDayFrom(calendar, calendar.local(now).day);

function beginningOf(task: BoardTask, status: Status | undefined, { calendar, now }: Setting): IsoDate | null {
  if (status !== "in-progress") return null;
  const since = presentStatus(task) === "in-progress" ? Math.min(task.state.since, now) : now;
  return earlier(isoDate(calendar.local(since).day), task.start);
}

const earlier = (one: IsoDate | null, other: IsoDate | null): IsoDate | null =>
  one === null || (other !== null && other < one) ? other : one;

function duesOf({ milestones }: Setting): ReadonlyMap<BoardTask, IsoDate> {
  const dues = new Map<BoardTask, IsoDate>();
  for (const { due, members } of milestones) {
    if (due === null) continue;
    for (const task of members) dues.set(task, earlier(dues.get(task) ?? null, due) ?? due);
  }
  return dues;
}

/** Which part of the working time since it began went into one task begun of these owners. */
function sharesOf({ index, statuses }: Setting, crew: Crew): (owners: readonly string[]) => number {
  const begun = new Map<string, number>();
  for (const [place, status] of statuses.entries()) {
    const task = index.tasks[place];
    if (status !== "in-progress" || task === undefined || task.recurring) continue;
    for (const name of crew.ownersOf(task.owner)) begun.set(name, (begun.get(name) ?? 0) + 1);
  }
  return (owners) => Math.max(...owners.map((name) => Math.min(1, crew.peopleBehind(name) / (begun.get(name) ?? 1))));
}
