import { type Doubt, denialBehind } from "./doubt.ts";
import type { Lexeme } from "./lexemes.ts";
import type { Governor, Vocabulary } from "./vocabulary.ts";

/** Ids joined to each other, and the verb or linking words before them, if any. Numbers are places in the row of lexemes. */
export type Run = {
  readonly governor: Governor | null;
  /** Words between verb and ids that deny it (`ferme pas AUTH-001`). */
  readonly denied: Doubt | null;
  readonly ids: readonly IdsLexeme[];
  readonly last: number;
};

export type IdsLexeme = Extract<Lexeme, { readonly kind: "ids" }>;

/**
 * Finds the runs of ids and what governs them. A verb reaches over spaces, `,` `;` `/` `&` `+`, "and", "or", over brackets `[`, `#`,
 * quotes, emphasis and `#12`; any other word, a round bracket, the end of a sentence or of the line ends its reach. Words that begin
 * before `verbsFrom` (the type of a conventional subject) govern nothing.
 */
export function runsOf(lexemes: readonly Lexeme[], vocabulary: Vocabulary, verbsFrom: number): readonly Run[] {
  const runs: Run[] = [];
  let open: Open = opened(null);
  const close = (governor: Governor | null): void => {
    if (open.ids.length > 0) runs.push({ governor: open.governor, denied: open.denied, ids: open.ids, last: open.last });
    open = opened(governor);
  };
  for (let at = 0; at < lexemes.length; at += 1) {
    const lexeme = lexemes[at];
    if (lexeme === undefined) break;
    const governor = lexeme.kind === "word" && lexeme.start >= verbsFrom ? governorAt(lexemes, at, vocabulary) : null;
    if (governor !== null) {
      close(governor);
      at = governor.last;
    } else if (lexeme.kind === "ids") {
      open.ids.push(lexeme);
      open.last = at;
      open.listed = true;
    } else if (lexeme.kind === "element") open.listed = true;
    else if (!goesOn(lexeme, lexemes[at - 1], open, vocabulary)) {
      const denied = open.governor === null || open.listed ? null : denialBehind(lexemes, at - 1, vocabulary.own);
      if (denied === null) close(null);
      else {
        open.denied = denied;
        at = denied.to;
      }
    }
  }
  close(null);
  return runs;
}

/** A run being read. `listed`: it has an element, so that a joining word or mark may follow. */
type Open = { readonly governor: Governor | null; denied: Doubt | null; readonly ids: IdsLexeme[]; last: number; listed: boolean };

const opened = (governor: Governor | null): Open => ({ governor, denied: null, ids: [], last: -1, listed: false });

const unseenMarks = new Set(["[", "]", "#", '"', "'", "“", "”", "‘", "’", "*", "_", "`"]);
const joiners = new Set([",", ";", "/", "&", "+", "、", "，"]);
const things = new Set(["task", "tasks", "issue", "issues"]);

function goesOn(lexeme: Lexeme, before: Lexeme | undefined, open: Open, { own }: Vocabulary): boolean {
  if (lexeme.kind === "mark") {
    if (lexeme.mark === ":" || lexeme.mark === "：") return open.governor !== null && !open.listed && before?.kind === "word";
    return unseenMarks.has(lexeme.mark) || (open.listed && joiners.has(lexeme.mark));
  }
  if (lexeme.kind !== "word") return false;
  return things.has(lexeme.word) || (open.listed && (lexeme.word === "and" || lexeme.word === "or" || own.joining.has(lexeme.word)));
}

function governorAt(lexemes: readonly Lexeme[], at: number, vocabulary: Vocabulary): Governor | null {
  // `/close` is a command, of ours or of another bot.
  const before = lexemes[at - 1];
  if (before?.kind === "mark" && before.mark === "/" && isLineStart(lexemes[at - 2])) return null;
  for (let words = vocabulary.longest; words > 0; words -= 1) {
    const phrase = phraseAt(lexemes, at, words);
    const sense = phrase === null ? undefined : vocabulary.phrases.get(phrase);
    if (sense !== undefined) return { sense, first: at, last: at + words - 1 };
  }
  return null;
}

const isLineStart = (before: Lexeme | undefined): boolean => before === undefined || before.kind === "line";

function phraseAt(lexemes: readonly Lexeme[], at: number, words: number): string | null {
  const parts = lexemes.slice(at, at + words);
  const spoken = parts.flatMap((part) => (part.kind === "word" && part.whole ? [part.word] : []));
  return spoken.length === words ? spoken.join(" ") : null;
}
