import type { Status } from "../../words.ts";
import type { Written } from "../markdown/document.ts";
import { readStatus } from "../status-spelling.ts";
import type { BoxRow } from "./box-plan.ts";

/**
 * The signs that a format sets into its boxes. `own` = those it reads in a way of its own; `usual` = what it writes where the file shows no
 * other spelling. A status that is in neither, and in no box of the file, cannot be written.
 */
export type Marks = { readonly own: Readonly<Record<string, Status>>; readonly usual: Readonly<Partial<Record<Status, string>>> };

/** The sign in a box: `x` of `[x]`, ` ` of `[]`. */
export const markIn = (box: Written): string => box.text.slice(1, box.text.indexOf("]")).trim() || " ";

/** A box as a status is spelt: without the star behind it. */
export const spellingOf = (box: Written): string => box.text.slice(0, box.text.indexOf("]") + 1);

export const isOptional = (box: Written): boolean => box.text.endsWith("*");

/** The status a box shows; null where its sign is not known. */
export function statusIn(box: Written, { own }: Marks): Status | null {
  const mark = markIn(box);
  return own[mark] ?? readStatus(`[${mark}]`)?.status ?? null;
}

/** The sign by which this file shows a status: that of most of its boxes, else the usual one; null where it has none. */
export function markFor(status: Status, rows: readonly BoxRow[], marks: Marks): string | null {
  const usual = marks.usual[status] ?? null;
  // What waits, waits in an empty box; a sign in its place (queued) is for a tool to set.
  if (status === "todo") return usual;
  const counts = new Map<string, number>();
  for (const { box } of rows) {
    if (box === null || statusIn(box, marks) !== status) continue;
    counts.set(markIn(box), (counts.get(markIn(box)) ?? 0) + 1);
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  return most?.[0] ?? usual;
}
