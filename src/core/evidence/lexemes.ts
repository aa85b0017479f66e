import { gap, markup, matchAt, wordClass } from "./characters.ts";
import type { FoundIds, Recognised } from "./recognise-ids.ts";

/** A passage as a row of words, ids and marks; spaces and unseen markup are left out. Offsets are those of the passage. */
export type Lexeme = { readonly start: number; readonly end: number } & (
  | { readonly kind: "ids"; readonly found: FoundIds; readonly possessive: boolean }
  /** An id that names no task, or `#12`: a list of ids goes on over it. */
  | { readonly kind: "element" }
  /** In lower case, with plain apostrophe and hyphens. `whole`: no hyphen touches it, so that it can be a verb. */
  | { readonly kind: "word"; readonly word: string; readonly whole: boolean }
  | { readonly kind: "mark"; readonly mark: string }
  | { readonly kind: "line" }
  /** The end of a sentence. */
  | { readonly kind: "stop"; readonly question: boolean }
);

/** Cuts a passage into lexemes, given the ids that were recognised in it. */
export function lexemesOf(text: string, recognised: Recognised): readonly Lexeme[] {
  const ids = [...recognised.found.map(idsLexeme(text)), ...recognised.unknown.map(element)].sort((a, b) => a.start - b.start);
  const lexemes: Lexeme[] = [];
  let at = 0;
  for (const id of ids) {
    cut(text, at, id.start, lexemes);
    lexemes.push(id);
    at = id.end;
  }
  cut(text, at, text.length, lexemes);
  return lexemes;
}

const idsLexeme =
  (text: string) =>
  (found: FoundIds): Lexeme => {
    const possessive = matchAt(ownership, text, found.end);
    return { kind: "ids", found, possessive: possessive !== null, start: found.start, end: found.end + (possessive?.length ?? 0) };
  };

const element = ({ start, end }: { readonly start: number; readonly end: number }): Lexeme => ({ kind: "element", start, end });

const ownership = new RegExp(`['’]s(?![${wordClass}])`, "uy");
const unseen = new RegExp(`[^\\S\\n\\r]+|${markup}+`, "uy");
const lineEnd = /[\n\r]/y;
const number = new RegExp(`#\\d+(?![${wordClass}-])`, "uy");
const word = new RegExp(`[${wordClass}\\p{M}]+(?:[-\u2011][${wordClass}\\p{M}]+)*(?:['’](?:s|t|ll|re|ve|d|m)(?![${wordClass}]))?`, "uy");
const endMarks = /[.!?…]+/y;
// Scripts that put no space between sentences.
const fullStops = /[。！？؟।]+/y;
const afterEnd = new RegExp(`["'”’)\\]*_${markup}]*(?:\\s|$)`, "uy");

function cut(text: string, from: number, to: number, lexemes: Lexeme[]): void {
  let at = from;
  while (at < to) {
    const skipped = matchAt(unseen, text, at);
    if (skipped !== null) {
      at += skipped.length;
      continue;
    }
    const lexeme = lexemeAt(text, at);
    lexemes.push(lexeme);
    at = lexeme.end;
  }
}

function lexemeAt(text: string, start: number): Lexeme {
  const at = (part: string) => ({ start, end: start + part.length });
  const line = matchAt(lineEnd, text, start);
  if (line !== null) return { kind: "line", ...at(line) };
  const letters = matchAt(word, text, start);
  if (letters !== null) return { kind: "word", word: spelt(letters), whole: isWhole(text, start, start + letters.length), ...at(letters) };
  const hash = matchAt(number, text, start);
  if (hash !== null) return { kind: "element", ...at(hash) };
  const full = matchAt(fullStops, text, start);
  if (full !== null) return { kind: "stop", question: /[？؟]/.test(full), ...at(full) };
  const ending = matchAt(endMarks, text, start);
  if (ending !== null && matchAt(afterEnd, text, start + ending.length) !== null) {
    return { kind: "stop", question: ending.includes("?"), ...at(ending) };
  }
  const mark = ending ?? matchAt(gaps, text, start) ?? String.fromCodePoint(text.codePointAt(start) ?? 0);
  return { kind: "mark", mark, ...at(mark) };
}

const gaps = new RegExp(`${gap}+`, "y");
const spelt = (letters: string): string =>
  letters
    .normalize("NFC")
    .toLowerCase()
    .replace(/’/g, "'")
    .replace(/\u2011/g, "-");

// Masked text touching a word belongs to it, as `hot-` in front of `fix` does.
const touching = new RegExp(`[-${gap}]`);
const isWhole = (text: string, start: number, end: number): boolean =>
  !touching.test(text.charAt(start - 1)) && !touching.test(text.charAt(end));
