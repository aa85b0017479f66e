import type { Configuration, Instant, IsoDate } from "../words.ts";

/**
 * When people work. Days are numbered from 1970-01-01 (day 0), working days by how many of them lie between, so that neither
 * summer time nor the length of a month enters the arithmetic. A working day has `minutesPerDay` of work, at no particular hour.
 */
export type Calendar = {
  readonly minutesPerDay: number;
  /** The days without work that are no Saturdays or Sundays, in order, each once. */
  readonly holidays: readonly number[];
  /** The day and the minute of that day which clocks showed in the team's time zone. */
  readonly local: (at: Instant) => LocalTime;
  /** The working day with this number, as a date. Beyond the year 9999 it is its last day. */
  readonly dateOf: (workingDay: number) => IsoDate;
};
export type LocalTime = { readonly day: number; readonly minute: number };

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;
const lastDay = Date.UTC(9999, 11, 31) / dayMs;

/** The calendar of a repository: `capacity.hours_per_day`, `capacity.holidays`, and days that begin in the time zone `summary.timezone`. */
export function calendarOf({ capacity, summary }: Pick<Configuration, "capacity" | "summary">): Calendar {
  const weekdays = capacity.holidays.map(dayNumber).filter((day) => plainWorkingDay(day) !== plainWorkingDay(day + 1));
  const holidays = [...new Set(weekdays)].sort((a, b) => a - b);
  const dates = new Map<number, IsoDate>();
  return {
    minutesPerDay: Math.max(1, Math.round(capacity.hoursPerDay * 60)),
    holidays,
    local: localTimeIn(summary.timezone),
    dateOf: (workingDay) => {
      // A schedule asks for six dates a task, most of them the same few hundred.
      const known = dates.get(workingDay) ?? isoDate(dayOfWorkingDay(workingDay, holidays));
      dates.set(workingDay, known);
      return known;
    },
  };
}

/** How many days after 1970-01-01 a date is. */
export const dayNumber = (date: IsoDate): number => Math.floor(Date.parse(`${date}T00:00:00Z`) / dayMs);

/** The date that is so many days after 1970-01-01. */
export const isoDate = (day: number): IsoDate => new Date(Math.min(Math.max(day, 0), lastDay) * dayMs).toISOString().slice(0, 10);

/** The number of the first working day on or after a day. */
export const workingDayFrom = ({ holidays }: Calendar, day: number): number => plainWorkingDay(day) - countBelow(holidays, day);

/** The number of the last working day on or before a day. */
export const workingDayUntil = (calendar: Calendar, day: number): number => workingDayFrom(calendar, day + 1) - 1;

export const isWorkingDay = (calendar: Calendar, day: number): boolean => workingDayFrom(calendar, day + 1) > workingDayFrom(calendar, day);

/**
 * Minutes of work between two times: of each working day the hours that lie between, but never more than one person works in a day.
 * At which hours people work is not known.
 */
export function workingMinutes(calendar: Calendar, from: Instant, to: Instant): number {
  const [start, end] = [calendar.local(from), calendar.local(to)];
  const most = (minutes: number): number => Math.min(Math.max(minutes, 0), calendar.minutesPerDay);
  const on = (day: number, minutes: number): number => (isWorkingDay(calendar, day) ? most(minutes) : 0);
  if (end.day <= start.day) return end.day < start.day ? 0 : on(start.day, end.minute - start.minute);
  const between = workingDayFrom(calendar, end.day) - workingDayFrom(calendar, start.day + 1);
  return on(start.day, dayMs / minuteMs - start.minute) + between * calendar.minutesPerDay + on(end.day, end.minute);
}

/** Weekdays before a day, holidays not regarded. Day 0 was a Thursday. */
function plainWorkingDay(day: number): number {
  const weeks = Math.floor((day + 3) / 7);
  return weeks * 5 + Math.min(day + 3 - weeks * 7, 5);
}

function dayOfWorkingDay(workingDay: number, holidays: readonly number[]): number {
  let plain = workingDay;
  for (const holiday of holidays) {
    if (plainWorkingDay(holiday) > plain) break;
    plain += 1;
  }
  const weeks = Math.floor(plain / 5);
  return weeks * 7 + (plain - weeks * 5) - 3;
}

function countBelow(sorted: readonly number[], limit: number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? limit) < limit) low = middle + 1;
    else high = middle;
  }
  return low;
}

function localTimeIn(timeZone: string): Calendar["local"] {
  const clock = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    minute: "numeric",
  });
  const offsets = new Map<number, number>();
  const offsetAt = (quarter: number): number => {
    const known = offsets.get(quarter) ?? shownBy(clock, quarter * quarterMs) - quarter * quarterMs;
    offsets.set(quarter, known);
    return known;
  };
  return (at) => {
    // Whoever makes a commit sets its date, so it may be any number, or none.
    const sane = Number.isFinite(at) ? Math.min(Math.max(at, dayMs), (lastDay - 1) * dayMs) : dayMs;
    const local = sane + offsetAt(Math.floor(sane / quarterMs));
    const day = Math.floor(local / dayMs);
    return { day, minute: Math.floor((local - day * dayMs) / minuteMs) };
  };
}

/** Clocks are set only at full quarters of an hour, so one question a quarter is enough. */
const quarterMs = 15 * minuteMs;

function shownBy(clock: Intl.DateTimeFormat, at: Instant): number {
  const parts = new Map(clock.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0;
  return Date.UTC(part("year"), part("month") - 1, part("day"), part("hour"), part("minute"));
}
