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
