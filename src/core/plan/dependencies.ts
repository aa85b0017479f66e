import type { Token } from "../words.ts";
import { prefixOf } from "./nearest.ts";
import { isNone } from "./none.ts";
import { looksLikeId } from "./task-id.ts";
import { normalise } from "./token.ts";

/** The ids a dependency can name: the plan's tokens, what they begin with, and which of them is `Task N`. */
export type Known = {
  readonly tokens: Tokens;
  readonly prefixes: ReadonlySet<string>;
  readonly numbers: ReadonlyMap<string, Token>;
};

/** A set of tokens, or a map by tokens. */
export type Tokens = { readonly has: (token: Token) => boolean; readonly keys: () => Iterable<Token> };

export const knownTokens = (tokens: Iterable<Token>, numbers: ReadonlyMap<string, Token>): Known => knownIn(new Set(tokens), numbers);

/** The same of tokens that are in a set or a map already. */
export function knownIn(tokens: Tokens, numbers: ReadonlyMap<string, Token>): Known {
  let prefixes: ReadonlySet<string> | null = null;
  return {
    tokens,
    numbers,
    // Only prose asks for them.
    get prefixes() {
      prefixes ??= new Set([...tokens.keys()].map(prefixOf));
      return prefixes;
    },
  };
}

/** What a dependency cell names: tokens of the plan, each once, and what looks like an id but is none, as written. */
export type Named = { readonly found: readonly Token[]; readonly unknown: readonly string[] };

/**
 * Reads a dependency cell. A list (`AUTH-001; AUTH-2`, separated by `,` `;` `|` or space) must name ids throughout.
 * Prose (`Stable auth (Task 1)`, `Task 5 and Task 7 for the docs`) names the ids in it and `Task N`; its other words say nothing.
 */
export function readDependencies(written: string, known: Known): Named {
  if (!/[,;|\s]/.test(written)) return isNone(written) ? nothing : inList(stripped(written), known);
  const parts = written.split(/[,;|\n]/).map((part) => part.trim());
  const words = parts
    .filter((part) => !isNone(part))
    .map((part) =>
      part
        .split(/\s+/)
        .map(stripped)
        .filter((word) => word !== ""),
    );
  const isList = words.every((part) => part.length <= 1 || part.every((word) => looksLikeId(word) || known.tokens.has(normalise(word))));
  const named = isList ? [...new Set(words.flat())].map((word) => inList(word, known)) : inProse(words.flat(), known);
  return { found: [...new Set(named.flatMap((one) => one.found))], unknown: [...new Set(named.flatMap((one) => one.unknown))] };
}

const nothing: Named = { found: [], unknown: [] };

function inList(word: string, known: Known): Named {
  if (word === "") return nothing;
  const token = normalise(word);
  return known.tokens.has(token) ? { found: [token], unknown: nothing.unknown } : { found: nothing.found, unknown: [word] };
}

function inProse(words: readonly string[], known: Known): readonly Named[] {
  let afterTask = false;
  return words.map((word) => {
    if (/^tasks?$/i.test(word)) {
      afterTask = true;
      return nothing;
    }
    if (afterTask && /^\d/.test(word)) return byNumber(word, known);
    afterTask = afterTask && /^(?:and|or|&|\+)$/i.test(word);
    return inSentence(word, known);
  });
}

function byNumber(word: string, known: Known): Named {
  const token = known.numbers.get(normalise(word)) ?? normalise(word);
  return known.tokens.has(token) ? { found: [token], unknown: [] } : { found: [], unknown: [`Task ${word}`] };
}

/** A word of a sentence counts as an id only where the plan has ids of that prefix; a bare number never does. */
function inSentence(word: string, known: Known): Named {
  const token = normalise(word);
  if (/^[\d.]*$/.test(token)) return nothing;
  if (known.tokens.has(token)) return { found: [token], unknown: [] };
  return looksLikeId(word) && known.prefixes.has(prefixOf(token)) ? { found: [], unknown: [word] } : nothing;
}

const stripped = (word: string): string => (word.length > 200 ? word : word.replace(/^[[({"'`#*]+/, "").replace(/[\])}"'`*.:!?]+$/, ""));
