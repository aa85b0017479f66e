import type { Reference } from "../words.ts";
import type { Sighting } from "./judge.ts";

/**
 * One verdict for each task, with or without its scope before it: the strongest of status or revert, complete or reopen, start, mention; among equals the later. It stands
 * where the task was first seen, and in that order. A mention that is no work on the task yields to one that is.
 */
export function strongest(sightings: readonly Sighting[]): readonly Reference[] {
  const verdicts = new Map<string, Reference>();
  for (const sighting of [...sightings].sort((a, b) => a.start - b.start)) {
    const task = sighting.scope === null ? sighting.token : `${sighting.token} ${sighting.scope.toLowerCase()}`;
    const first = verdicts.get(task);
    if (first === undefined) verdicts.set(task, sighting);
    else if (strength(sighting) >= strength(first)) verdicts.set(task, { ...sighting, start: first.start, end: first.end });
  }
  return [...verdicts.values()];
}

function strength(sighting: Pick<Sighting, "verb" | "idle">): number {
  switch (sighting.verb) {
    case "mention":
      return sighting.idle ? 0 : 1;
    case "start":
      return 2;
    case "complete":
    case "reopen":
      return 3;
    default:
      return 4;
  }
}
