/** The characters that the readers of this folder agree on. */

/** Stands in a passage for something that is not to be read: code, a URL, struck-out text. Behaves as a foreign word would. */
export const gap = "\u0000";
/** Stands in a passage for markup that a reader of the page does not see: `**`, the brackets of a link. */
export const markup = "\u0001";

/** Letters, digits and `_`, as the inside of a character class. */
export const wordClass = "\\p{L}\\p{N}_";
/** Hyphen, non-breaking hyphen and en dash join the parts of an id, as the inside of a character class. */
export const dashClass = "\\-\u2011\u2013";

/** Whether the sticky pattern matches at this place. */
export function matchesAt(pattern: RegExp, text: string, at: number): boolean {
  pattern.lastIndex = at;
  return pattern.test(text);
}

/** What the sticky pattern matches at this place, or null. */
export function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}
