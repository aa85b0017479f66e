import type { Instant } from "./core/words.ts";

/** The time now. The one reader of the clock: whoever decides by time is handed an `Instant` instead, so that tests can choose it. */
export const now = (): Instant => Date.now();
