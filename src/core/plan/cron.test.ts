import { describe, expect, test } from "vitest";
import { isSchedule, nextTime } from "./cron.ts";

const comes = (schedule: string, zone: string, from: string): readonly string[] => {
  const times: string[] = [];
  let at: number | null = Date.parse(from);
  while (times.length < 3 && at !== null) {
    at = nextTime(schedule, zone, at);
    if (at !== null) times.push(new Date(at).toISOString().slice(0, 16));
  }
  return times;
};

describe("when the digest comes", () => {
  test("Monday at ten is every Monday at ten, never the same one twice", () => {
    expect(comes("0 10 * * 1", "UTC", "2026-01-05T09:59:59Z")).toEqual(["2026-01-05T10:00", "2026-01-12T10:00", "2026-01-19T10:00"]);
    expect(comes("0 10 * * 1", "UTC", "2026-01-05T10:00:00Z")[0]).toBe("2026-01-12T10:00");
  });

  test("ten o'clock in Berlin or New York stays ten o'clock when the clocks change", () => {
    expect(comes("0 10 * * 1", "Europe/Berlin", "2026-03-22T00:00:00Z")).toEqual([
      "2026-03-23T09:00",
      "2026-03-30T08:00",
      "2026-04-06T08:00",
    ]);
    expect(comes("0 10 * * 1", "America/New_York", "2026-10-25T00:00:00Z")).toEqual([
      "2026-10-26T14:00",
      "2026-11-02T15:00",
      "2026-11-09T15:00",
    ]);
  });

  test("a time that summer time skips comes when the clock has been put on", () => {
    expect(comes("30 2 * * *", "Europe/Berlin", "2026-03-28T00:00:00Z")).toEqual([
      "2026-03-28T01:30",
      "2026-03-29T01:00",
      "2026-03-30T00:30",
    ]);
    expect(comes("30 2 * * 0", "America/New_York", "2026-03-02T00:00:00Z").slice(0, 2)).toEqual(["2026-03-08T07:00", "2026-03-15T06:30"]);
  });

  test("a time that comes twice as summer time ends counts once", () => {
    expect(comes("30 2 * * *", "Europe/Berlin", "2026-10-24T00:00:00Z")).toEqual([
      "2026-10-24T00:30",
      "2026-10-25T00:30",
      "2026-10-26T01:30",
    ]);
    expect(comes("30 1 * * 0", "America/New_York", "2026-10-26T00:00:00Z").slice(0, 2)).toEqual(["2026-11-01T05:30", "2026-11-08T06:30"]);
  });

  test("off is never", () => {
    expect(nextTime("off", "UTC", 0)).toBeNull();
  });
});

test.each(["0 10 * * 1", "*/15 8-18 * * MON-FRI", "0 10 1 * *", "0 10 * * 7", "0 0 29 2 *"])("%s is a schedule", (text) => {
  expect(isSchedule(text)).toBe(true);
});

test.each(["Mondays", "0 10 * *", "0 0 10 * * 1", "61 10 * * 1", "0 25 * * 1", "0 10 * * 8", "0 10 * JUN L", "0 10 30 2 *", "@weekly", ""])(
  "“%s” is none",
  (text) => {
    expect(isSchedule(text)).toBe(false);
  },
);
