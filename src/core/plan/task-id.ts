/** The longest id anyone can cite: longer cells are sentences in the wrong column. */
export const longestId = 64;

/** An id as its cell writes it, without the brackets, backticks or `#` around it; null where it cannot be an id. */
export function readId(written: string): string | null {
  const text = written.trim().slice(0, longestId + 8);
  if (isId(text)) return text;
  const inside = /^[[(`#*]*([^\])`*]*)[\])`*]*$/u.exec(text)?.[1]?.trim() ?? "";
  return isId(inside) ? inside : null;
}

const isId = (text: string): boolean =>
  text.length <= longestId && /^[\p{L}\p{N}](?:[\p{L}\p{N}_.:/+\-\u2011\u2013]*[\p{L}\p{N}])?$/u.test(text);

/** Whether an id could be meant: one word with a digit in it. Tells `AUTH-5` and `12` from words of a sentence. */
export const looksLikeId = (text: string): boolean => /\d/.test(text) && readId(text) !== null;
