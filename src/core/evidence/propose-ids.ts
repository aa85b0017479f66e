import { normalise } from "../plan/token.ts";
import type { Token } from "../words.ts";
import { type Address, addressBefore } from "./address.ts";
import { markup, matchAt } from "./characters.ts";
import { endsWithin, isIdShaped, mayBegin, mayEnd, type NumberedId, numbered, runPattern } from "./id-shapes.ts";
import { type IdRange, mostExpanded, rangeFrom } from "./range.ts";

/** One way to read the characters at a sight: as the id `written`, or as a range that it begins. */
export type IdReading = {
  readonly token: Token;
  readonly written: string;
  readonly end: number;
  /** The id split before its last number: what a shorthand after it is filled up with. */
  readonly numbered: NumberedId | null;
  /** For a shorthand (`/006`): the stem that the id before it must have had. */
  readonly needs: string | null;
  readonly range: IdRange | null;
};

/** A place in a text where an id may stand, with every reading that some plan could give it, longest first. */
export type IdSight = {
  readonly start: number;
  /** For an id behind a `/`: where the id before it must have ended, else it is a path. Null for an id that stands free. */
  readonly behind: number | null;
  /** The words right before it with a `#` between (`014-roadmap#T012`), which may name the scope of its task. */
  readonly address: Address | null;
  readonly readings: readonly IdReading[];
};

/**
 * All places in a passage where an id may stand, whatever the plan: the first of the two steps of reading. Choosing among the
 * readings is `recogniseIds`; taking them all is `candidateTokens`, which is therefore a superset for every plan.
 */
export function proposeIds(text: string): readonly IdSight[] {
  const sights: IdSight[] = [];
  let chain: Chain | null = null;
  let list: NumberList | null = null;
  for (const match of text.matchAll(runPattern)) {
    const run = match[0];
    const start = match.index;
    const joined: Chain | null = chain !== null && chain.next === start && chain.length < mostExpanded ? chain : null;
    if (joined === null && !mayBegin(text, start)) continue;
    const address = joined === null ? addressBefore(text, start) : null;
    const task: TaskWord | null = joined === null ? taskWordBefore(text, address?.start ?? start, list) : joined.task;
    const readings: readonly IdReading[] = [
      ...(joined === null ? [] : shorthands(text, run, joined)),
      ...fullReadings(text, { run, start, afterTask: task !== null }),
    ];
    if (readings.length === 0) continue;
    sights.push({ start, behind: joined?.end ?? null, address, readings });
    chain = chainAfter(text, readings, { task, length: (joined?.length ?? 0) + 1 });
    list = task === "tasks" ? { end: Math.max(...readings.map(endOf)) } : null;
  }
  return sights;
}

/** Where an id behind a `/` would stand, and what it needs to know of those before it. */
type Chain = {
  readonly end: number;
  readonly next: number;
  readonly before: readonly NumberedId[];
  readonly task: TaskWord | null;
  readonly length: number;
};
type NumberList = { readonly end: number };
type TaskWord = "task" | "tasks";

const endOf = (reading: IdReading): number => reading.range?.end ?? reading.end;

function fullReadings(
  text: string,
  at: { readonly run: string; readonly start: number; readonly afterTask: boolean },
): readonly IdReading[] {
  return endsWithin(at.run).flatMap((length) => {
    const written = at.run.slice(0, length);
    return isIdShaped(written, at.afterTask) ? readingOf(text, { written, end: at.start + length, needs: null }) : [];
  });
}

/** `006` behind `SPEC-005/`, for each way in which the id before can be read. */
function shorthands(text: string, run: string, chain: Chain): readonly IdReading[] {
  const digits = matchAt(digitsOnly, run, 0);
  if (digits === null) return [];
  return chain.before
    .filter((before) => before.digits.length === digits.length)
    .flatMap(({ stem }) => readingOf(text, { written: stem + digits, end: chain.next + digits.length, needs: stem }));
}

function readingOf(
  text: string,
  at: { readonly written: string; readonly end: number; readonly needs: string | null },
): readonly IdReading[] {
  const { written, end, needs } = at;
  const split = numbered(written);
  const range = split === null ? null : rangeFrom(text, end, split);
  if (range === null && !mayEnd(text, end)) return [];
  return [{ token: normalise(written), written, end, numbered: split, needs, range }];
}

function chainAfter(
  text: string,
  readings: readonly IdReading[],
  so: { readonly task: TaskWord | null; readonly length: number },
): Chain | null {
  const end = Math.max(...readings.map(endOf));
  const slash = matchAt(slashes, text, end);
  if (slash === null) return null;
  const before = readings
    .filter((reading) => endOf(reading) === end)
    .flatMap((reading) => reading.range?.numbered ?? reading.numbered ?? []);
  return { end, next: end + slash.length, before, ...so };
}

const slashes = new RegExp(`${markup}*/${markup}*`, "y");
const digitsOnly = /\d+(?![\s\S])/y;

// `tasks 3, 4 and 5`: the word need not be said again, but a single `task 3, 4` does not go on.
function taskWordBefore(text: string, start: number, list: NumberList | null): TaskWord | null {
  const word = taskWord.exec(text.slice(Math.max(0, start - 24), start))?.[1];
  if (word !== undefined) return word.toLowerCase() === "tasks" ? "tasks" : "task";
  if (list === null || start - list.end > 24) return null;
  return betweenNumbers.test(text.slice(list.end, start)) ? "tasks" : null;
}

const taskWord = new RegExp(`(?<![\\p{L}\\p{N}_-])(tasks?)[ \\t]+[#["'${markup}]*$`, "iu");
const betweenNumbers = new RegExp(`^(?:[ \\t,;&+#"'[\\]${markup}]|and|or)*$`, "u");
