import type { Instant } from "../words.ts";

/**
 * A time of GitHub's clock to the minute as clocks show it in a time zone, with how far that is from UTC: `2026-01-31 11:05 UTC+1`. Whoever
 * makes a commit sets its date, so it may be none.
 */
export function minute(at: Instant, timezone = "UTC"): string {
  const [date, time, offset] = shownIn(timezone, at);
  return time === "" ? date : `${date} ${time} ${offset}`;
}

/** The day of a time in a time zone, such as `2026-01-31`. */
export const day = (at: Instant, timezone = "UTC"): string => shownIn(timezone, at)[0];

function shownIn(timezone: string, at: Instant): readonly [date: string, time: string, offset: string] {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return ["an unknown time", "", ""];
  const [date = "", time = ""] = moment.toISOString().split("T");
  // Beyond the years that ISO writes with four digits nobody asks for the time zone.
  if (timezone === "UTC" || !/^\d{4}-/.test(date)) return [date, time.slice(0, 5), "UTC"];
  const parts = new Map(
    clockIn(timezone)
      .formatToParts(moment)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? "";
  return [
    `${part("year").padStart(4, "0")}-${part("month")}-${part("day")}`,
    `${part("hour")}:${part("minute")}`,
    part("timeZoneName").replace(/^GMT(?:[+-]0$)?/, "UTC"),
  ];
}

// One takes longer to make than a thousand times take to be shown.
const clocks = new Map<string, Intl.DateTimeFormat>();

function clockIn(timeZone: string): Intl.DateTimeFormat {
  const known = clocks.get(timeZone);
  if (known !== undefined) return known;
  const clock = new Intl.DateTimeFormat("en-US", {
    timeZone,
    hourCycle: "h23",
    year: "numeric",
    month: "2-digit",
    day: "2-digit",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "shortOffset",
  });
  clocks.set(timeZone, clock);
  return clock;
}
