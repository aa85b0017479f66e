/** The story's clock: every timestamp and the `Date` header come from it. It stands still until somebody moves it. */
export type Clock = {
  now(): number;
  advance(ms: number): void;
  set(ms: number): void;
};

export function createClock(start: number): Clock {
  let at = start;
  return {
    now: () => at,
    advance: (ms) => {
      at += ms;
    },
    set: (ms) => {
      at = ms;
    },
  };
}

/**
 * The machine's clock, in ms. For what lives outside the story: when the app's JWT and tokens expire (the app signs by this clock, and a story
 * that jumps a day must not log it out), how long a delivery took, and the story's default start.
 */
export const machineNow = (): number => Date.now();

/** GitHub writes times to the second. */
export const iso = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`;
export const isoOrNull = (ms: number | null): string | null => (ms === null ? null : iso(ms));
export const inSeconds = (ms: number): number => Math.floor(ms / 1000);
