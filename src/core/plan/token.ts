import type { Token } from "../words.ts";

/**
 * An id in the one form in which ids are compared: trimmed, upper case, dashes that word processors make turned back into hyphens,
 * zero padding of numbers dropped (`auth-005` → `AUTH-5`, `AUTH-005.01` → `AUTH-5.1`, `T025` → `T25`). Digits stay text, so a long number
 * loses nothing; digits among letters are no number (`bd-a05` is a hash).
 */
export function normalise(id: string): Token {
  const text = id
    .trim()
    .toUpperCase()
    .replace(/[\u2011\u2013]/g, "-");
  return text.includes("0") ? text.replace(padding, "$1") : text;
}

// Asked of every row twice, so that it makes nothing on the way; and in each branch of it only one way can fit, so that it stays linear.
const padding = /(^\p{L}*|[-.])0+(?=(?:[1-9]\d*|0)(?:[-.]|$))/gu;
