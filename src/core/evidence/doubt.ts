import type { Lexeme } from "./lexemes.ts";
import type { Governor, OwnWords } from "./vocabulary.ts";

const window = 5;

const negations = `not, never, cannot, without, partly, partially, neither, nor, no longer, instead of, rather than,
  fail to, fails to, failed to, failing to`;
const notYet = `will, before, tentative, tentatively, todo, try to, tries to, tried to, trying to,
  start, starts, started, starting, begin, begins, began, begun, beginning, wip`;
const doubts: ReadonlySet<string> = new Set(`${negations}, ${notYet}`.split(/,\s+/));

// `won't`, `I'll`, and `dont` as people type it.
const contracted = /(?:n't|'ll)$|^(?:do|does|did|wo|ca|should|would|could|is|are|was|were|has|have|had)nt$/;
const participles = new Set(["closed", "fixed", "resolved", "completed", "implemented", "finished", "done"]);

/** Words that put a verb in doubt; `from` and `to` are the lexemes from the first to the last that tell of it. */
export type Doubt = { readonly words: string; readonly from: number; readonly to: number };

/**
 * What denies the governor or puts it off, or null: a negation or not-yet up to five words before it, in the same sentence.
 * An -s form opens a clause of its own behind `, ; : (`, and behind a line end when it has a capital letter.
 */
export function doubtBefore(text: string, lexemes: readonly Lexeme[], governor: Governor, own: OwnWords): Doubt | null {
  if (opensClause(text, lexemes, governor)) return null;
  let after: readonly string[] = [];
  let left = window;
  for (let at = governor.first - 1; at >= 0 && left > 0; at -= 1) {
    const lexeme = lexemes[at];
    if (lexeme === undefined || lexeme.kind === "stop") return null;
    if (lexeme.kind !== "word" && lexeme.kind !== "ids" && lexeme.kind !== "element") continue;
    const word = lexeme.kind === "word" ? lexeme.word : "";
    const words = phrasesFrom([word, ...after], own.longestDenial).find((phrase) => isDoubt(phrase) || own.denying.has(phrase));
    if (words !== undefined) return { words, from: at, to: governor.last };
    after = [word, ...after];
    left -= 1;
  }
  return null;
}

/** What says of ids before it that the work is not done (`AUTH-001 is not fixed`), or null. */
export function doubtBehind(lexemes: readonly Lexeme[], last: number, own: OwnWords): Doubt | null {
  let words: string | undefined;
  for (let at = last + 1; at <= last + window; at += 1) {
    const lexeme = lexemes[at];
    // `n'est pas terminé`
    if (lexeme?.kind === "mark" && /^['’]$/.test(lexeme.mark)) continue;
    if (lexeme?.kind !== "word") return null;
    if (words !== undefined && (participles.has(lexeme.word) || own.done.has(lexeme.word))) return { words, from: last + 1, to: at };
    const before = lexemes[at - 1];
    const phrases = [`${before?.kind === "word" ? before.word : ""} ${lexeme.word}`, lexeme.word];
    words = phrases.find((phrase) => isDoubt(phrase) || own.denying.has(phrase) || own.denyingBehind.has(phrase)) ?? words;
  }
  return null;
}

/** What a repository's own words deny right behind a verb or the ids that it governs (`schließt AUTH-001 nicht`), or null. */
export function denialBehind(lexemes: readonly Lexeme[], last: number, own: OwnWords): Doubt | null {
  const next = lexemes.slice(last + 1, last + 1 + own.longestDenial);
  const end = next.findIndex((lexeme) => lexeme.kind !== "word");
  const words = (end < 0 ? next : next.slice(0, end)).flatMap((lexeme) => (lexeme.kind === "word" ? [lexeme.word] : []));
  const found = phrasesFrom(words, own.longestDenial).find((phrase) => own.denyingBehind.has(phrase));
  return found === undefined ? null : { words: found, from: last + 1, to: last + found.split(" ").length };
}

/** The phrases that the words begin, longest first; two words are the longest of the built-in ones. */
const phrasesFrom = (words: readonly string[], longest: number): readonly string[] =>
  Array.from({ length: Math.min(words.length, Math.max(2, longest)) }, (_, index) => words.slice(0, index + 1).join(" ")).reverse();

const isDoubt = (words: string): boolean => doubts.has(words) || contracted.test(words);

/** For each lexeme, whether its sentence is a question. A sentence goes on behind a line end only where the next line begins small or the last one joins on. */
export function questionsIn(text: string, lexemes: readonly Lexeme[]): readonly boolean[] {
  const answers: boolean[] = new Array(lexemes.length).fill(false);
  let question = false;
  for (let at = lexemes.length - 1; at >= 0; at -= 1) {
    const lexeme = lexemes[at];
    if (lexeme?.kind === "stop") question = lexeme.question;
    if (lexeme?.kind === "line" && !continues(text, lexemes, at)) question = false;
    answers[at] = question;
  }
  return answers;
}

const clauseMarks = new Set([",", ";", ":", "("]);

function opensClause(text: string, lexemes: readonly Lexeme[], governor: Governor): boolean {
  const verb = lexemes[governor.first];
  if (verb?.kind !== "word" || !verb.word.endsWith("s")) return false;
  const before = lexemes[governor.first - 1];
  if (before?.kind === "mark") return clauseMarks.has(before.mark);
  return before?.kind === "line" && /\p{Lu}/u.test(text.charAt(verb.start));
}

const goingOn = new Set([",", "&", "+", "/"]);

function continues(text: string, lexemes: readonly Lexeme[], line: number): boolean {
  const before = lexemes[line - 1];
  const next = lexemes[line + 1];
  if (before?.kind === "mark" && goingOn.has(before.mark)) return true;
  if (before?.kind === "word" && (before.word === "and" || before.word === "or")) return true;
  return next?.kind === "word" && /\p{Ll}/u.test(text.charAt(next.start));
}
