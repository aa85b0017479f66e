import { type Clock, inSeconds } from "../clock.ts";

export type Limit = { readonly limit: number; readonly used: number; readonly remaining: number; readonly reset: number };

/** GitHub's primary rate limit. */
export type Limits = {
  /** Where an installation (null: the app itself) stands in its hour of the story. */
  standing(installation: number | null): Limit;
  /** One more request; what is answered 304 is not counted. */
  count(installation: number | null): void;
};

const hour = 3_600;

export function createLimits(clock: Clock, limit: number): Limits {
  const windows = new Map<number | null, { readonly start: number; used: number }>();

  function windowOf(installation: number | null) {
    const now = inSeconds(clock.now());
    const known = windows.get(installation);
    if (known !== undefined && now >= known.start && now < known.start + hour) return known;
    const fresh = { start: now, used: 0 };
    windows.set(installation, fresh);
    return fresh;
  }

  return {
    standing(installation) {
      const { start, used } = windowOf(installation);
      return { limit, used, remaining: Math.max(0, limit - used), reset: start + hour };
    },
    count(installation) {
      windowOf(installation).used += 1;
    },
  };
}
