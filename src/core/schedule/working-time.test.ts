import fc from "fast-check";
import { expect, test } from "vitest";
import { configuration } from "../../../test/board.ts";
import {
  type Calendar,
  calendarOf,
  dayNumber,
  isoDate,
  isWorkingDay,
  workingDayFrom,
  workingDayUntil,
  workingMinutes,
} from "./working-time.ts";

const calendar = (holidays: readonly string[] = [], timezone = "UTC", hoursPerDay = 6): Calendar =>
  calendarOf({ capacity: { hoursPerDay, owners: {}, holidays }, summary: { ...configuration().summary, timezone } });
const after = (one: Calendar, date: string, days: number): string => one.dateOf(workingDayFrom(one, dayNumber(date)) + days);
const hours = (one: Calendar, from: string, to: string): number => workingMinutes(one, Date.parse(from), Date.parse(to)) / 60;

test.each([
  ["2026-01-02", 0, "2026-01-02"],
  ["2026-01-02", 1, "2026-01-05"],
  ["2026-01-03", 0, "2026-01-05"],
  ["2026-01-05", -1, "2026-01-02"],
  ["2026-02-27", 1, "2026-03-02"],
  ["2028-02-28", 1, "2028-02-29"],
])("from %s, %i working days on is %s", (from, days, to) => {
  expect(after(calendar(), from, days)).toBe(to);
});

test("holidays are days without work, and one on a Sunday takes nothing away", () => {
  const christmas = calendar(["2026-12-25", "2026-12-28", "2026-12-27", "2026-12-25"]);

  expect(after(christmas, "2026-12-24", 1)).toBe("2026-12-29");
  expect(after(christmas, "2026-12-25", 0)).toBe("2026-12-29");
  expect(after(christmas, "2026-12-31", -3)).toBe("2026-12-24");
  expect(christmas.dateOf(workingDayUntil(christmas, dayNumber("2026-12-28")))).toBe("2026-12-24");
});

test("a day begins when clocks in the team's time zone show midnight, in summer and in winter", () => {
  const berlin = calendar([], "Europe/Berlin");

  expect(berlin.local(Date.parse("2026-01-05T22:59:00Z"))).toEqual({ day: dayNumber("2026-01-05"), minute: 23 * 60 + 59 });
  expect(berlin.local(Date.parse("2026-01-05T23:00:00Z"))).toEqual({ day: dayNumber("2026-01-06"), minute: 0 });
  expect(berlin.local(Date.parse("2026-07-05T22:00:00Z"))).toEqual({ day: dayNumber("2026-07-06"), minute: 0 });
  expect(calendar([], "Asia/Kathmandu").local(Date.parse("2026-01-05T18:15:00Z"))).toEqual({ day: dayNumber("2026-01-06"), minute: 0 });
});

test("the night in which clocks are set is one day long like every other", () => {
  for (const timezone of ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]) {
    const one = calendar([], timezone);
    const days = Array.from({ length: 365 * 24 }, (_, hour) => one.local(Date.UTC(2026, 0, 1, hour)).day);
    expect(days.every((day, index) => index === 0 || day - (days[index - 1] ?? day) === Number(day !== days[index - 1]))).toBe(true);
  }
});

test.each([
  ["within a day", "2026-01-05T09:00:00Z", "2026-01-05T11:30:00Z", 2.5],
  ["a long day", "2026-01-05T06:00:00Z", "2026-01-05T23:00:00Z", 6],
  ["two days and a morning", "2026-01-05T09:00:00Z", "2026-01-07T04:00:00Z", 16],
  ["over a weekend", "2026-01-09T20:00:00Z", "2026-01-12T03:00:00Z", 7],
  ["on a Sunday", "2026-01-11T08:00:00Z", "2026-01-11T12:00:00Z", 0],
  ["backwards", "2026-01-07T08:00:00Z", "2026-01-05T12:00:00Z", 0],
])("work %s", (_, from, to, expected) => {
  expect(hours(calendar(), from, to)).toBe(expected);
});

test("times that nobody can mean are read as some day, and a date never leaves the calendar", () => {
  for (const at of [Number.NaN, Number.POSITIVE_INFINITY, -1e18, 1e18]) expect(calendar([], "Asia/Tokyo").local(at).day).toBeGreaterThan(0);
  expect(calendar().dateOf(1e12)).toBe("9999-12-31");
});

test("counting working days one by one comes to the same", () => {
  const day = fc.integer({ min: 0, max: 30_000 });
  fc.assert(
    fc.property(day, fc.integer({ min: 0, max: 60 }), fc.array(fc.integer({ min: -20, max: 90 })), (start, count, off) => {
      const holidays = off.map((offset) => isoDate(Math.max(0, start + offset)));
      const works = (at: number): boolean => ![0, 6].includes(new Date(at * 86_400_000).getUTCDay()) && !holidays.includes(isoDate(at));
      let at = start;
      for (let left = count; left > 0 || !works(at); at += 1) if (works(at)) left -= 1;
      const one = calendar(holidays);
      expect(after(one, isoDate(start), count)).toBe(isoDate(at));
      expect(isWorkingDay(one, start)).toBe(works(start));
    }),
  );
});
