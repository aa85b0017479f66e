import type { Token } from "../words.ts";

/**
 * An id in the one form in which ids are compared: trimmed, upper case, dashes that word processors make turned back into hyphens,
 * zero padding of numbers dropped (`auth-005` → `AUTH-5`, `AUTH-005.01` → `AUTH-5.1`, `T025` → `T25`). Digits stay text, so a long number
 * loses nothing; digits among letters are no number (`bd-a05` is a hash).
 */
export function normalise(id: string): Token {
  return id
    .trim()
    .toUpperCase()
    .replace(/[\u2011\u2013]/g, "-")
    .replace(/(^\p{L}*|[-.])(\d+)(?=[-.]|$)/gu, (_, before: string, digits: string) => before + digits.replace(/^0+(?=\d)/, ""));
}
