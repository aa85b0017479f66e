import { longestId } from "../plan/task-id.ts";
import { normalise } from "../plan/token.ts";
import type { Token } from "../words.ts";
import { isIdShaped } from "./id-shapes.ts";
import { type IdDoubt, looksLikeOurs } from "./id-warning.ts";
import type { Sighting } from "./judge.ts";
import { type Known, meaningOf } from "./known.ts";
import type { Passage } from "./passage.ts";

/** Parts of a branch name that could be an id. `free`: it stands at the start or behind a `/`, where letter case does not matter. */
export type BranchReading = {
  readonly token: Token;
  /** With `/` and `_` as the hyphens that they stand for. */
  readonly written: string;
  readonly start: number;
  readonly end: number;
  readonly free: boolean;
};

const mostIds = 5;
// Git hosts refuse names over 255 bytes.
const longestName = 500;
const made = /^(?:dependabot\/|renovate\/|release-please--|changeset-release\/|backport\/|revert-\d+-|gh-readonly-queue\/)/i;

/** For each part of a branch name, every id that could begin with it, longest first. Branches that bots name hold none. */
export function proposeInBranch(name: string): readonly (readonly BranchReading[])[] {
  if (made.test(name)) return [];
  const parts = [...name.slice(0, longestName).matchAll(/[\p{L}\p{N}.]+/gu)];
  return parts.map((part, index) => {
    const readings: BranchReading[] = [];
    let written = part[0];
    let end = part.index + part[0].length;
    for (let next = index + 1; ; next += 1) {
      const reading = { token: normalise(written), written, start: part.index, end, free: isFree(name, part.index) };
      if (isIdShaped(written, isBehindTask(name, part.index))) readings.unshift(reading);
      const following = parts[next];
      if (following === undefined || following.index !== end + 1 || !joint.test(name.charAt(end))) return readings;
      written = `${written}-${following[0]}`;
      end = following.index + following[0].length;
      if (written.length > longestId) return readings;
    }
  });
}

const joint = /[-/_\u2011\u2013]/;
const isFree = (name: string, at: number): boolean => !/[-_\u2011\u2013]/.test(name.charAt(at - 1));
const isBehindTask = (name: string, at: number): boolean => /(?:^|[-/_])tasks?[-/_]$/i.test(name.slice(Math.max(0, at - 8), at));

/** The tasks that a branch name names: leftmost, then longest, five at most. Behind `-` and `_` only in the plan's own letter case. */
export function readBranch(
  passage: Passage,
  known: Known,
): { readonly sightings: readonly Sighting[]; readonly doubts: readonly IdDoubt[] } {
  const sightings: Sighting[] = [];
  const doubtful: BranchReading[] = [];
  let from = 0;
  for (const readings of proposeInBranch(passage.text)) {
    if (sightings.length === mostIds) break;
    const able = readings.filter((reading) => reading.start >= from && (reading.free || inPlansCase(reading, known)));
    const [task] = able.flatMap((reading) => {
      const meaning = meaningOf(reading.token, known);
      return meaning?.kind === "task" ? [sightingOf(passage, reading, meaning.token)] : [];
    });
    const doubt = task === undefined ? doubtAmong(able, known) : undefined;
    if (doubt !== undefined) doubtful.push(doubt);
    if (task === undefined) continue;
    from = task.end;
    sightings.push(task);
  }
  const lonely = doubtful.filter((doubt) => !sightings.some((sighting) => sighting.start < doubt.end && doubt.start < sighting.end));
  return { sightings, doubts: lonely.map(({ start, end }) => ({ written: passage.text.slice(start, end), flaw: null })) };
}

/** The shortest reading that looks like ours: of `wo/spec-002-001` the `spec-002`. */
const doubtAmong = (readings: readonly BranchReading[], known: Known): BranchReading | undefined =>
  readings.findLast((each) => meaningOf(each.token, known) !== null || looksLikeOurs(each.written, known));

function sightingOf(passage: Passage, reading: BranchReading, token: Token): Sighting {
  const { start, end } = reading;
  const merged = passage.bound === "merge";
  return {
    token,
    scope: null,
    start,
    end,
    verb: "mention",
    stance: merged ? "merge" : "bare",
    idle: false,
    words: passage.text.slice(start, end),
    because: merged ? "the merged branch is named for it" : "the branch is named for it",
  };
}

function inPlansCase(reading: BranchReading, known: Known): boolean {
  const id = known.ids.get(reading.token) ?? (known.aliases.has(reading.token) ? reading.token : undefined);
  return id !== undefined && caseOf(id) === caseOf(reading.written);
}

const caseOf = (id: string): string => id.replace(/[\u2011\u2013]/g, "-").replace(/\d+/g, "");
