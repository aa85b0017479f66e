import type { Token } from "../words.ts";

/**
 * An id in the one form in which ids are compared: trimmed, upper case, dashes that word processors make turned back into hyphens,
 * zero padding dropped (`auth-005` → `AUTH-5`, `AUTH-005.01` → `AUTH-5.1`). Digits stay text, so a long number loses nothing.
 */
export function normalise(id: string): Token {
  return id
    .trim()
    .toUpperCase()
    .replace(/[\u2011\u2013]/g, "-")
    .replace(/(?<!\d)0+(?=\d)/g, "");
}
