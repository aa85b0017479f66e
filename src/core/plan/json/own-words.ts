import type { Status } from "../../words.ts";
import { ownSpelling, type Written } from "../own-spelling.ts";

/** How a file spells each status, looked for once: an edit may ask for one a thousand times. */
export function ownWords(rows: readonly Written[], likely: Readonly<Record<Status, string>>): (status: Status) => string {
  const found = new Map<Status, string>();
  return (status) => {
    const word = found.get(status) ?? ownSpelling(status, rows, likely);
    found.set(status, word);
    return word;
  };
}
