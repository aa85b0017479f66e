import type { Status } from "../../words.ts";
import { readStatus, spellings } from "../status-spelling.ts";

/**
 * A box that says a status, as this file writes its boxes; null where it has none for it. `[ ]` and `[x]` are known everywhere and say todo and
 * completed only: `[~]`, `[!]` and `[-]` come into a file that has such boxes already, since to any other reader they are no boxes at all.
 */
export function boxFor(status: Status, old: string, boxes: readonly string[]): string | null {
  const signs = boxes.map((box) => [...box][1] ?? " ");
  const own = signs.filter((sign) => readStatus(`[${sign}]`)?.status === status);
  const extended = signs.some((sign) => !/[ xX]/.test(sign));
  const usual = status === "todo" ? " " : status === "completed" ? "x" : extended ? spellings[status].boxes[0] : undefined;
  const sign = mostOf(own) ?? usual;
  return sign === undefined ? null : old.replace(/^\[[^\]]{1,2}\]/u, `[${sign}]`);
}

function mostOf(signs: readonly string[]): string | undefined {
  const counts = new Map<string, number>();
  for (const sign of signs) counts.set(sign, (counts.get(sign) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1] || (a[0] > b[0] ? -1 : 1))[0]?.[0];
}
