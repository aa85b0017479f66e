import type { Splice } from "./change.ts";

/** Splices must not overlap; those at one place keep their order. */
export function spliced(text: string, splices: readonly Splice[]): string {
  const pieces: string[] = [];
  let at = 0;
  for (const { from, to, text: piece } of splices.toSorted((a, b) => a.from - b.from || a.to - b.to)) {
    if (from < at) throw new Error("an edit touches one place twice");
    pieces.push(text.slice(at, from), piece);
    at = to;
  }
  return [...pieces, text.slice(at)].join("");
}
