import { expect, test } from "vitest";
import { day, minute } from "./time.ts";

test("times are told in UTC to the minute", () => {
  expect(minute(Date.UTC(2026, 0, 31, 10, 5, 59))).toBe("2026-01-31 10:05 UTC");
  expect(day(Date.UTC(2026, 0, 31, 23, 59))).toBe("2026-01-31");
});

test("a commit dated beyond all calendars does no harm", () => {
  expect(minute(8.64e15)).toBe("+275760-09-13 00:00 UTC");
  expect(minute(9e15)).toBe("an unknown time");
  expect(day(Number.NaN)).toBe("an unknown time");
});

test("times are told as the team's clocks show them, summer time and half hours included", () => {
  expect(minute(Date.UTC(2026, 0, 31, 23, 5), "Europe/Berlin")).toBe("2026-02-01 00:05 UTC+1");
  expect(minute(Date.UTC(2026, 6, 1, 10, 5), "Europe/Berlin")).toBe("2026-07-01 12:05 UTC+2");
  expect(minute(Date.UTC(2026, 0, 1, 3, 0), "Asia/Kolkata")).toBe("2026-01-01 08:30 UTC+5:30");
  expect(minute(Date.UTC(2026, 0, 1, 3, 0), "America/New_York")).toBe("2025-12-31 22:00 UTC-5");
  expect(minute(Date.UTC(2026, 0, 1, 3, 0), "Etc/UTC")).toBe("2026-01-01 03:00 UTC");
  expect(day(Date.UTC(2026, 0, 31, 23, 30), "Europe/Berlin")).toBe("2026-02-01");
  expect(minute(8.64e15, "Europe/Berlin")).toBe("+275760-09-13 00:00 UTC");
});
