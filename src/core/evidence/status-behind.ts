import type { Status } from "../words.ts";
import { markup } from "./characters.ts";
import type { Lexeme } from "./lexemes.ts";
import { statusMeant } from "./status-words.ts";

/** A status as it stands behind a run of ids. `as`: it was joined by that word. */
export type StatusBehind = { readonly status: Status; readonly written: string; readonly as: boolean };

const longest = 3;

/** The status that the words behind lexeme `last` spell: `done`, `in progress`, `as wontfix`, `as a duplicate`. Null when they spell none. */
export function statusBehind(text: string, lexemes: readonly Lexeme[], last: number): StatusBehind | null {
  const next = lexemes.slice(last + 1, last + 1 + longest + 3).filter((lexeme) => !(lexeme.kind === "mark" && skipped.has(lexeme.mark)));
  const as = isWord(next[0], "as");
  const from = as ? (isWord(next[1], "a") || isWord(next[1], "an") ? 2 : 1) : 0;
  for (let count = longest; count > 0; count -= 1) {
    const words = next.slice(from, from + count);
    if (words.length < count || !words.every((lexeme) => lexeme.kind === "word" || isEmoji(lexeme))) continue;
    const written = text.slice(words[0]?.start, words.at(-1)?.end).replaceAll(markup, "");
    const status = statusMeant(written);
    if (status !== null && !isForSomething(next.slice(from + count))) return { status, written, as };
  }
  return null;
}

const skipped = new Set([":", '"', "'", "“", "”", "‘", "’", "*", "_", "`"]);

const isWord = (lexeme: Lexeme | undefined, word: string): boolean => lexeme?.kind === "word" && lexeme.word === word;

const isEmoji = (lexeme: Lexeme): boolean => lexeme.kind === "mark" && /\p{Extended_Pictographic}/u.test(lexeme.mark);

// "ready for review" is not the status "ready", but "blocked for now" is one.
const isForSomething = (rest: readonly Lexeme[]): boolean => isWord(rest[0], "for") && !isWord(rest[1], "now");
