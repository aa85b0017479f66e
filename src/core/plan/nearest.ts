import type { Token } from "../words.ts";
import { longestId } from "./task-id.ts";

/** Ids to look for near ones in, made once for many questions. */
export type Neighbourhood = { readonly byPrefix: ReadonlyMap<string, readonly Token[]>; readonly some: readonly Token[] };

/** So many tokens are compared at most, whatever the plan holds: nearness is a courtesy, not worth a plan's square. */
const mostCompared = 400;

export function neighbourhood(tokens: Iterable<Token>): Neighbourhood {
  const byPrefix = new Map<string, Token[]>();
  const some: Token[] = [];
  for (const token of tokens) {
    const prefix = prefixOf(token);
    const family = byPrefix.get(prefix);
    if (family === undefined) byPrefix.set(prefix, [token]);
    else if (family.length < mostCompared) family.push(token);
    if (some.length < mostCompared) some.push(token);
  }
  return { byPrefix, some };
}

/**
 * The tokens nearest to one that is not known, nearest first, at most `count`: those of its own prefix (`AUTH-` of `AUTH-51`),
 * then those that two strokes would turn it into.
 */
export function nearest(token: Token, among: Neighbourhood, count = 1): readonly Token[] {
  if (token.length > longestId) return [];
  const family = among.byPrefix.get(prefixOf(token)) ?? [];
  const number = numberOf(token);
  const distances = new Map<Token, number>();
  for (const other of family) distances.set(other, editDistance(token, other));
  for (const other of among.some) {
    const distance = distances.has(other) || Math.abs(other.length - token.length) > 2 ? 3 : editDistance(token, other);
    if (distance <= 2) distances.set(other, distance);
  }
  const apart = (other: Token): number => Math.abs(numberOf(other) - number);
  const sorted = [...distances].sort(([a, near], [b, far]) => near - far || apart(a) - apart(b) || (a < b ? -1 : 1));
  return sorted.slice(0, count).map(([other]) => other);
}

/** How many letters must be put in, left out, changed, or swapped with a neighbour to turn one text into the other. Costs their product: for short texts. */
export function editDistance(from: string, to: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: to.length + 1 }, (_, j) => j);
  for (let i = 1; i <= from.length; i += 1) {
    const row = [i];
    for (let j = 1; j <= to.length; j += 1) {
      const same = from[i - 1] === to[j - 1] ? 0 : 1;
      const swapped = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      const change = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      row.push(swapped ? Math.min(change, (beforeLast[j - 2] ?? 0) + 1) : change);
    }
    beforeLast = last;
    last = row;
  }
  return last[to.length] ?? 0;
}

/** A token without the number at its end: `AUTH-` of `AUTH-5.1`. */
export const prefixOf = (token: Token): string => token.replace(/[\d.]+$/, "");
const numberOf = (token: Token): number => Number(/\d{1,15}$/.exec(token)?.[0] ?? 0);
