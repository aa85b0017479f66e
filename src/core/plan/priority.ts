import { isNone } from "./none.ts";

/**
 * A priority as a rank from 0 (most urgent) to 4; undefined where the spelling is unknown, null where the cell says "none".
 * Reads `P1`, `high`, `🟠 High`, `P1 (high)`, a bare number as a rank, and a coloured dot alone. Ranks above 4 count as 4.
 */
export function readPriority(written: string): number | null | undefined {
  const text = written.trim();
  if (isNone(text)) return null;
  const word = /[\p{L}\p{N}]+/u.exec(text)?.[0].toLowerCase();
  if (word === undefined) return byEmoji.get(text.replaceAll("\uFE0F", ""));
  if (/^-\s*\d/.test(text)) return undefined;
  const rank = /^p?(\d{1,3})$/.exec(word)?.[1];
  return rank === undefined ? byWord.get(word) : Math.min(4, Number(rank));
}

const byWord: ReadonlyMap<string, number> = new Map([
  ["critical", 0],
  ["urgent", 0],
  ["highest", 0],
  ["high", 1],
  ["medium", 2],
  ["med", 2],
  ["normal", 2],
  ["low", 3],
  ["lowest", 4],
]);
const byEmoji: ReadonlyMap<string, number> = new Map([
  ["🔴", 0],
  ["🟠", 1],
  ["🟡", 2],
  ["🟢", 3],
]);
