import type { Token } from "../words.ts";
import { isAddress } from "./address.ts";
import { markup } from "./characters.ts";
import { namesScope } from "./homes.ts";
import { type IdDoubt, looksLikeOurs } from "./id-warning.ts";
import { familyOf, type Known, meaningOf } from "./known.ts";
import type { IdReading, IdSight } from "./propose-ids.ts";

/** Characters of a passage that name tasks: one, or the several of a range. */
export type FoundIds = {
  readonly start: number;
  readonly end: number;
  readonly tokens: readonly Token[];
  /** From where the id shows as written: for a shorthand (`/006`) the id that it shortens. */
  readonly from: number;
  readonly written: string;
  /** The words before `#` that say which of several tasks with this id is meant. */
  readonly scope: string | null;
};

/** What stands at the sights of one passage. `unknown` = like an id but none of ours: a list of ids goes on over it. */
export type Recognised = {
  readonly found: readonly FoundIds[];
  readonly unknown: readonly { readonly start: number; readonly end: number }[];
  readonly doubts: readonly IdDoubt[];
};

/** The second step of reading: of all that could be ids, those that the plan knows, longest first. */
export function recogniseIds(text: string, sights: readonly IdSight[], known: Known): Recognised {
  const choices: Choice[] = [];
  let before: Choice | null = null;
  for (const sight of sights) {
    const behind: Choice | null = before !== null && before.end === sight.behind ? before : null;
    if (sight.behind !== null && behind === null) continue;
    const chosen = choose(sight, behind, known);
    const choice: Choice | null =
      chosen !== null && chosen.scope === null && before !== null ? joinedTo(before, chosen, { text, known }) : chosen;
    if (choice !== null) before = choice;
    const seen = choice ?? foreign(sight);
    if (seen === null) continue;
    // What looked like an id was the name of the scope, or a part of it.
    while ((choices.at(-1)?.end ?? -1) > seen.start) choices.pop();
    choices.push(seen);
  }
  return {
    found: choices.flatMap((choice) => (choice.tokens.length === 0 ? [] : [{ ...choice, written: text.slice(choice.from, choice.end) }])),
    unknown: choices.filter((choice) => choice.tokens.length === 0),
    doubts: choices.flatMap((choice) => choice.doubts),
  };
}

/** What a sight was read as. `stem` is what a shorthand behind it is filled up with. */
type Choice = {
  readonly start: number;
  readonly end: number;
  readonly from: number;
  readonly stem: string | null;
  readonly scope: string | null;
  readonly tokens: readonly Token[];
  readonly doubts: readonly IdDoubt[];
};

/**
 * An id of no family of ours (`UTF-8`), which is passed over as one of ours would be. Were it a plain word, the verb before it would reach what
 * follows only once some plan has such ids: a reading must not change with tasks that the text does not name.
 */
function foreign(sight: IdSight): Choice | null {
  const reading = sight.readings.find(({ needs, token }) => needs === null && familyOf(token.replace(/(?<=\d)\p{L}$/u, "")) !== null);
  if (reading === undefined) return null;
  return { start: sight.start, end: reading.end, from: sight.start, stem: null, scope: null, tokens: [], doubts: [] };
}

const joining = new RegExp(`^(?:[\\s,;/&+#*[\\]${markup}]|and|or)*$`, "u");

/** `014-roadmap#T012, T013`: in a list the scope need not be said again. */
function joinedTo(before: Choice, choice: Choice, so: { readonly text: string; readonly known: Known }): Choice {
  const { scope } = before;
  if (scope === null || !joining.test(so.text.slice(before.end, choice.start))) return choice;
  const homes = choice.tokens.flatMap((token) => so.known.homes?.get(token) ?? []);
  return homes.some((home) => namesScope(scope, home.scope)) ? { ...choice, scope } : choice;
}

function choose(sight: IdSight, behind: Choice | null, known: Known): Choice | null {
  const able = sight.readings.filter((reading) => reading.needs === null || reading.needs === behind?.stem);
  const reading = able.find((each) => meaningOf(each.token, known) !== null) ?? able.find((each) => looksLikeOurs(each.written, known));
  if (reading === undefined) return null;
  const meaning = meaningOf(reading.token, known);
  const homes = meaning?.kind === "task" ? (known.homes?.get(meaning.token) ?? []) : [];
  const address =
    sight.address !== null &&
    isAddress(
      sight.address.words,
      homes.map((home) => home.scope),
    )
      ? sight.address
      : null;
  const start = address?.start ?? sight.start;
  const at = { start, from: reading.needs === null || behind === null ? start : behind.from, scope: address?.words ?? null };
  if (meaning?.kind !== "task") return { ...alone(reading), ...at, tokens: [], doubts: [{ written: reading.written, flaw: null }] };
  return { ...withRange(reading, meaning.token, known), ...at };
}

const alone = (reading: IdReading): Pick<Choice, "end" | "stem"> => ({ end: reading.end, stem: reading.numbered?.stem ?? null });

function withRange(reading: IdReading, token: Token, known: Known): Pick<Choice, "end" | "stem" | "tokens" | "doubts"> {
  const { range } = reading;
  if (range === null) return { ...alone(reading), tokens: [token], doubts: [] };
  // An unknown end makes no range: the id before it stands alone.
  if (meaningOf(range.last.token, known)?.kind !== "task") {
    return { ...alone(reading), tokens: [token], doubts: [{ written: range.last.written, flaw: null }] };
  }
  const tokens = range.inside.flatMap((each) => {
    const meaning = meaningOf(each, known);
    return meaning?.kind === "task" ? [meaning.token] : [];
  });
  const doubts = range.flaw === null ? [] : [{ written: `${reading.written}–${range.last.written}`, flaw: range.flaw }];
  return { end: range.end, stem: range.numbered.stem, tokens, doubts };
}
