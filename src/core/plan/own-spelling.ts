import { type Status, statuses } from "../words.ts";
import { readStatus, spellings } from "./status-spelling.ts";

/** A status as a row of the file writes it. */
export type Written = { readonly status: Status; readonly recurring: boolean; readonly writtenStatus: string };

/**
 * How this file spells a status: as most of its rows do that have it; where none has, by the first of `likely` words, or of our own, in the
 * case and with the joint (`in_progress`, `In Progress`) that its other rows show. Always reads back as that status.
 */
export function ownSpelling(status: Status, rows: readonly Written[], likely: Readonly<Partial<Record<Status, string>>> = {}): string {
  const counts = new Map<string, number>();
  for (const row of rows) {
    if (row.status !== status || row.recurring || row.writtenStatus === "") continue;
    const reading = readStatus(row.writtenStatus);
    if (reading?.status === status && !reading.recurring) counts.set(row.writtenStatus, (counts.get(row.writtenStatus) ?? 0) + 1);
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return most?.[0] ?? styled(likely[status] ?? strict[status], rows);
}

/** The words of the strict form. */
export const strict: Readonly<Record<Status, string>> = {
  todo: "todo",
  "in-progress": "in-progress",
  completed: "completed",
  blocked: "blocked",
  deferred: "deferred",
};

/** A word in the dress of the words that the file has: emoji in front, case, and what joins two words. */
function styled(word: string, rows: readonly Written[]): string {
  const seen = [...new Set(rows.map((row) => row.writtenStatus))].filter((written) => /\p{L}/u.test(written));
  const emoji = seen.length > 0 && seen.every((written) => /^[^\p{L}\p{N}\s[(]+\s/u.test(written));
  const words = seen.map((written) => written.replace(/^[^\p{L}\p{N}]+/u, ""));
  const joint = words.map((written) => /\p{L}([ _-])\p{L}/u.exec(written)?.[1]).find((sign) => sign !== undefined);
  const title = words.length > 0 && words.every((written) => /^\p{Lu}/u.test(written));
  const upper = title && words.some((written) => written.length > 2) && words.every((written) => written === written.toUpperCase());
  const parts = word.split("-");
  const cased = upper ? parts.map((part) => part.toUpperCase()) : title ? parts.map(capital) : parts;
  const dressed = cased.join(joint ?? (title ? " " : "-"));
  const front = emoji ? spellings[statusOf(word)].emojis[0] : undefined;
  const whole = front === undefined ? dressed : `${front} ${dressed}`;
  return readStatus(whole)?.status === readStatus(word)?.status ? whole : word;
}

const capital = (part: string): string => part.charAt(0).toUpperCase() + part.slice(1);

const statusOf = (word: string): Status => readStatus(word)?.status ?? statuses[0];
