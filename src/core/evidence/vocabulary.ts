/** What a word or phrase before a run of ids says of them. `mark` needs a status behind the run; `link` sets nothing, `bookkeeping` is no work either. */
export const senses = ["complete", "start", "reopen", "mark", "link", "bookkeeping"] as const;
export type Sense = (typeof senses)[number];

/** Phrases in lower case with single spaces, and what they mean. `longest` counts words. */
export type Vocabulary = { readonly phrases: ReadonlyMap<string, Sense>; readonly longest: number };

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

const plain: Vocabulary = vocabularyOf(
  senses.flatMap((sense) =>
    builtIn[sense]
      .split(/,\s+/)
      .flatMap(spellings)
      .map((phrase) => [phrase, sense] as const),
  ),
);

/** The built-in words, and a repository's own beside them, just as written. A word of its own replaces what it meant before. */
export function vocabularyWith(own: { readonly complete: readonly string[]; readonly link: readonly string[] }): Vocabulary {
  if (own.complete.length + own.link.length === 0) return plain;
  return vocabularyOf([
    ...plain.phrases,
    ...own.complete.map((phrase) => [asSpoken(phrase), "complete"] as const),
    ...own.link.map((phrase) => [asSpoken(phrase), "link"] as const),
  ]);
}

const asSpoken = (phrase: string): string => phrase.trim().toLowerCase().replace(/’/g, "'").replace(/\s+/g, " ");

function vocabularyOf(pairs: readonly (readonly [string, Sense])[]): Vocabulary {
  const phrases = new Map(pairs.filter(([phrase]) => phrase !== ""));
  return { phrases, longest: Math.max(...[...phrases.keys()].map((phrase) => phrase.split(" ").length)) };
}
