import { longestId } from "../plan/task-id.ts";
import { normalise } from "../plan/token.ts";
import type { Homes, Token } from "../words.ts";

/** What a reader of texts knows of the plan: which tokens are tasks now, which were, and which look as if they could be. */
export type Known = {
  /** Token → id as the plan writes it. */
  readonly ids: ReadonlyMap<Token, string>;
  /** Former token → token in force. */
  readonly aliases: ReadonlyMap<Token, Token>;
  readonly retired: ReadonlySet<Token>;
  /** Families of ids (`AUTH` of AUTH-005, `T#` of T025): an unknown number in one of them is warned of. Empty: no such warnings. */
  readonly prefixes: ReadonlySet<string>;
  /** Tokens that the plan spells in two ways (AUTH-5 and AUTH-005): no text can mean one of them. */
  readonly ambiguous?: ReadonlyMap<Token, readonly string[]>;
  /** Where each task lives. Without it, words before `#` that look like a scope's name are taken for one. */
  readonly homes?: Homes;
};

/**
 * `ids` as one plan writes them. An alias is one id (`SEC-3: AUTH-009`) or a whole prefix (`TASK: BACK` makes TASK-12 mean BACK-12);
 * an id in force is never read as an alias.
 */
export function knownFrom(input: {
  readonly ids: readonly string[];
  readonly aliases?: Readonly<Record<string, string>>;
  readonly retired?: readonly string[];
  readonly homes?: Homes;
}): Known {
  const spellings = spellingsOf(input.ids);
  const ids = new Map([...spellings].map(([token, [first = token]]) => [token, first]));
  const retired = new Set((input.retired ?? []).map(normalise).filter((token) => !ids.has(token)));
  const aliases = aliasesOf(input.aliases ?? {}, ids, retired);
  const families = [...ids.keys(), ...retired, ...aliases.keys()].flatMap((token) => familyOf(token) ?? []);
  const ambiguous = new Map([...spellings].filter(([, written]) => written.length > 1));
  return {
    ids,
    aliases,
    retired,
    prefixes: new Set(families),
    ...(ambiguous.size === 0 ? {} : { ambiguous }),
    ...(input.homes === undefined ? {} : { homes: input.homes }),
  };
}

/** What a token stands for: a task, an id that is no longer used, one that cannot be told from another; null when unknown. */
export type Meaning =
  | { readonly kind: "task"; readonly token: Token }
  | { readonly kind: "retired" }
  | { readonly kind: "ambiguous"; readonly spellings: readonly string[] };

export function meaningOf(token: Token, known: Known): Meaning | null {
  const spellings = known.ambiguous?.get(token);
  if (spellings !== undefined) return { kind: "ambiguous", spellings };
  if (known.ids.has(token)) return { kind: "task", token };
  if (known.retired.has(token)) return { kind: "retired" };
  const target = known.aliases.get(token);
  return target === undefined ? null : meaningOf(target, { ...known, aliases: none });
}

/** The family of a token whose end is a number: `AUTH` of AUTH-5 and AUTH-5.1, `T#` of T25; null for LI-W1-MON, 1.2 and plain words. */
export function familyOf(token: Token): string | null {
  if (token.length > longestId) return null;
  const stem = token.replace(/(?:[-.]\d+)+$/, "");
  const hyphened = token.charAt(stem.length) === "-";
  if (hyphened) return /\p{L}/u.test(stem) ? stem : null;
  const letters = /^(\p{L}+)\d+$/u.exec(stem)?.[1];
  return letters === undefined ? null : `${letters}#`;
}

const none: ReadonlyMap<Token, Token> = new Map();

// Letter case never tells two ids apart, zero padding does when the plan itself holds both.
function spellingsOf(ids: readonly string[]): ReadonlyMap<Token, readonly string[]> {
  const spellings = new Map<Token, string[]>();
  for (const id of ids) {
    const token = normalise(id);
    const seen = spellings.get(token);
    if (seen === undefined) spellings.set(token, [id]);
    else if (!seen.some((other) => sameDigits(other, id))) seen.push(id);
  }
  return spellings;
}

const sameDigits = (a: string, b: string): boolean => a.replace(/\D+/g, " ") === b.replace(/\D+/g, " ");

function aliasesOf(
  written: Readonly<Record<string, string>>,
  ids: ReadonlyMap<Token, string>,
  retired: ReadonlySet<Token>,
): ReadonlyMap<Token, Token> {
  const aliases = new Map<Token, Token>();
  const add = (from: Token, to: Token) => {
    if (!ids.has(from)) aliases.set(from, to);
  };
  const pairs = Object.entries(written).map(([from, to]) => [normalise(from), normalise(to)] as const);
  for (const [from, to] of pairs) {
    if (ids.has(to) || retired.has(to)) continue;
    for (const token of [...ids.keys(), ...retired]) if (isUnder(to, token)) add(from + token.slice(to.length), token);
  }
  // Single ids after prefixes, because the narrower saying wins.
  for (const [from, to] of pairs) if (ids.has(to) || retired.has(to)) add(from, to);
  return aliases;
}

const isUnder = (prefix: string, token: Token): boolean => token.startsWith(prefix) && /^[-\d]/.test(token.slice(prefix.length));
