import type { Instant } from "../words.ts";

/** A time of GitHub's clock to the minute, such as `2026-01-31 10:05 UTC`. Whoever makes a commit sets its date, so it may be none. */
export function minute(at: Instant): string {
  const [date, time] = isoOf(at);
  return time === "" ? date : `${date} ${time} UTC`;
}

/** The day of a time, such as `2026-01-31`, in UTC. */
export const day = (at: Instant): string => isoOf(at)[0];

function isoOf(at: Instant): readonly [string, string] {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return ["an unknown time", ""];
  const [date = "", time = ""] = moment.toISOString().split("T");
  return [date, time.slice(0, 5)];
}
