import type { OwnVerbs } from "../words.ts";

/** What a word or phrase before a run of ids says of them. `mark` needs a status behind the run; `link` sets nothing, `bookkeeping` is no work either. */
export const senses = ["complete", "start", "reopen", "mark", "link", "bookkeeping"] as const;
export type Sense = (typeof senses)[number];

/** A verb or linking words as they stand in a row of lexemes: `first` to `last`. */
export type Governor = { readonly sense: Sense; readonly first: number; readonly last: number };

/** Phrases in lower case with single spaces, and what they mean. `longest` counts words. */
export type Vocabulary = { readonly phrases: ReadonlyMap<string, Sense>; readonly longest: number; readonly own: OwnWords };

/** A repository's own words that are no verbs. */
export type OwnWords = {
  /** Phrases that deny a verb behind them. */
  readonly denying: ReadonlySet<string>;
  /** Phrases that deny a verb, or the ids that it governs, right before them. */
  readonly denyingBehind: ReadonlySet<string>;
  /** The longest of both, in words. */
  readonly longestDenial: number;
  /** Words that say of ids before them that they are done. */
  readonly done: ReadonlySet<string>;
  readonly joining: ReadonlySet<string>;
};

const builtIn = {
  complete: `close, closes, closed, closing, fix, fixes, fixed, fixing, resolve, resolves, resolved, resolving,
    complete, completes, completed, completing, implement, implements, implemented, implementing, finish, finishes, finished, finishing`,
  start: "start, starts, started, starting, begin, begins, began, begun, beginning, wip",
  reopen: "reopen, reopens, reopened, reopening, re-open, re-opens, re-opened, re-opening",
  mark: "mark, marks, marked, marking",
  link: "ref, refs, re, part of, parts of, toward, towards, relate to, relates to, related to, relating to, for",
  bookkeeping: `see, sees, depend on, depends on, depended on, depending on, blocked by, blocked on,
    wait for, waits for, waited for, waiting for, add, adds, added, adding, register, registers, registered, registering,
    queue, queues, queued, queuing, queueing, record, records, recorded, recording,
    auto-block, auto-blocks, auto-blocked, auto-blocking, unblock, unblocks, unblocked, unblocking`,
} as const satisfies Record<Sense, string>;

// A trailer writes `Depends-on:` where a sentence says `depends on`.
const spellings = (phrase: string): readonly string[] => (phrase.includes(" ") ? [phrase, phrase.replaceAll(" ", "-")] : [phrase]);

// A configuration lives as long as it is in force, and each text asks for its words.
const made = new WeakMap<OwnVerbs, Vocabulary>();

/** The built-in words, and a repository's own beside them, just as written. A word of its own replaces what it meant before. */
export function vocabularyWith(own: OwnVerbs | null): Vocabulary {
  if (own === null) return plain;
  const before = made.get(own);
  if (before !== undefined) return before;
  const phrases = (["complete", "link", "start", "reopen"] as const).flatMap((sense) =>
    own[sense].map((phrase) => [asSpoken(phrase), sense] as const),
  );
  const now = vocabularyOf([...plain.phrases, ...phrases], ownWords(own));
  made.set(own, now);
  return now;
}

/** A phrase in the form in which texts are compared with it: as `spelt` writes their words. */
const asSpoken = (phrase: string): string => phrase.normalize("NFC").trim().toLowerCase().replace(/’/g, "'").replace(/\s+/g, " ");

function ownWords({ complete, not, and }: OwnVerbs): OwnWords {
  // `ne … pas` stands around a verb (`ne ferme pas`) or whole before it (`ne pas fermer`); `ne` alone may mean anything.
  const parts = not.map((phrase) =>
    asSpoken(phrase)
      .split(/\s*(?:…|\.\.\.)\s*/)
      .filter((part) => part !== ""),
  );
  const denying = parts.map((each) => each.join(" "));
  const denyingBehind = parts.flatMap((each) => each.at(-1) ?? []);
  return {
    denying: new Set(denying),
    denyingBehind: new Set(denyingBehind),
    longestDenial: Math.max(0, ...[...denying, ...denyingBehind].map(wordsIn)),
    done: new Set(complete.map(asSpoken)),
    joining: new Set(and.map(asSpoken)),
  };
}

const wordsIn = (phrase: string): number => phrase.split(" ").length;

function vocabularyOf(pairs: readonly (readonly [string, Sense])[], own: OwnWords): Vocabulary {
  const phrases = new Map(pairs.filter(([phrase]) => phrase !== ""));
  return { phrases, longest: Math.max(...[...phrases.keys()].map(wordsIn)), own };
}

const plain: Vocabulary = vocabularyOf(
  senses.flatMap((sense) =>
    builtIn[sense]
      .split(/,\s+/)
      .flatMap(spellings)
      .map((phrase) => [phrase, sense] as const),
  ),
  ownWords({ complete: [], link: [], start: [], reopen: [], not: [], and: [] }),
);
