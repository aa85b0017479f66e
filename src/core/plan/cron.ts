import { Cron } from "croner";
import type { Instant } from "../words.ts";

// The library reads more than that: seconds, `@daily`, `L` and `#`, which crontab(5) does not know.
const fiveFields = /^(?:[\d*,/A-Za-z-]+ +){4}[\d*,/A-Za-z-]+$/;

/** Whether a text is a cron line of five fields that comes some time (the 30th of February never does). */
export function isSchedule(text: string): boolean {
  if (!fiveFields.test(text)) return false;
  try {
    return nextTime(text, "UTC", Date.UTC(2026, 0, 1)) !== null;
  } catch {
    // The one way the library answers "this is no cron line".
    return false;
  }
}

/**
 * The first time after `after` that a cron line names, as clocks show it in a time zone; null where it is `off`. A time that summer time
 * skips comes when the clock has been put on; one that comes twice counts once. Throws for what `isSchedule` denies.
 */
export function nextTime(schedule: string, timezone: string, after: Instant): Instant | null {
  if (schedule === "off") return null;
  const line = new Cron(schedule, { timezone, paused: true, mode: "5-part" });
  return line.nextRun(new Date(after))?.getTime() ?? null;
}
