import { editDistance } from "../plan/nearest.ts";
import { readStatus } from "../plan/status-spelling.ts";
import type { Status } from "../words.ts";

// GitHub's and other trackers' words for closing without doing; no plan spells a status so.
const closings = new Set(["not planned", "not-planned", "duplicate", "invalid", "obsolete"]);

/** The status that words of a sentence or command mean: a plan's spellings and those of trackers (`duplicate`, `not planned`). Null for none. */
export function statusMeant(written: string): Status | null {
  const words = written.trim().toLowerCase().replace(/\s+/g, " ");
  return closings.has(words) ? "deferred" : (readStatus(words)?.status ?? null);
}

const guesses: readonly (readonly [string, Status])[] = [
  ["todo", "todo"],
  ["to do", "todo"],
  ["pending", "todo"],
  ["in-progress", "in-progress"],
  ["in progress", "in-progress"],
  ["progress", "in-progress"],
  ["started", "in-progress"],
  ["completed", "completed"],
  ["finished", "completed"],
  ["done", "completed"],
  ["closed", "completed"],
  ["fixed", "completed"],
  ["blocked", "blocked"],
  ["waiting", "blocked"],
  ["deferred", "deferred"],
  ["postponed", "deferred"],
  ["cancelled", "deferred"],
];

/** The status that someone who wrote these words may have meant; null when they are far from all. */
export function statusNear(words: readonly string[]): Status | null {
  const written = [words.slice(0, 1), words.slice(0, 2)].map((some) => some.join(" ").toLowerCase().slice(0, 20));
  const near = guesses
    .map(([spelling, status]) => ({ status, steps: Math.min(...written.map((word) => editDistance(word, spelling))), spelling }))
    .filter(({ steps, spelling }) => steps <= Math.max(1, Math.floor(spelling.length / 3)));
  return near.sort((a, b) => a.steps - b.steps)[0]?.status ?? null;
}
