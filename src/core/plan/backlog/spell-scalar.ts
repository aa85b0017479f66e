/**
 * A word as YAML, in the quotes that the word before it had. `before` is how that is spelt, or "" where there is none; then a word that
 * needs no quotes gets none. Anything that could read as something else is quoted.
 */
export function spellScalar(word: string, before = ""): string {
  if (!printable.test(word) || before.startsWith('"')) return double(word);
  return before.startsWith("'") || !plain(word) ? `'${word.replaceAll("'", "''")}'` : word;
}

const printable = /^[^\p{C}\p{Zl}\p{Zp}]*$/u;

/** Words that need no quotes, in a list between brackets neither. A date needs them for readers that would make a time of it. */
const plain = (word: string): boolean => /^\p{L}[\p{L}\p{N} _/()'.-]*$/u.test(word) && !word.endsWith(" ") && !reserved.test(word);
const reserved = /^(?:true|false|null|yes|no|on|off|y|n)$/i;

const double = (word: string): string =>
  JSON.stringify(word).replace(/[^\u0020-\u007e]/gu, (sign) =>
    /^[\p{C}\p{Zl}\p{Zp}]$/u.test(sign) ? [...units(sign)].map((unit) => `\\u${unit.toString(16).padStart(4, "0")}`).join("") : sign,
  );

const units = (sign: string): readonly number[] => Array.from({ length: sign.length }, (_, index) => sign.charCodeAt(index));
