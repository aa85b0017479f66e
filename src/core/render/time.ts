import type { Instant } from "../words.ts";

/** A time of GitHub's clock to the minute, such as `2026-01-31 10:05 UTC`. */
export const minute = (at: Instant): string => `${new Date(at).toISOString().slice(0, 16).replace("T", " ")} UTC`;

/** The day of a time, such as `2026-01-31`, in UTC. */
export const day = (at: Instant): string => new Date(at).toISOString().slice(0, 10);
