import type { Span } from "./tree.ts";

/** A line of a text without its end, and where the next line starts. */
export type LineSpan = Span & { readonly next: number };

/** The lines of a text that are not blank. */
export function* lineSpans(text: string): Generator<LineSpan> {
  const ends = /\r\n|\n|\r/g;
  for (let from = 0; from < text.length; ) {
    ends.lastIndex = from;
    const end = ends.exec(text);
    const to = end?.index ?? text.length;
    const next = end === null ? text.length : to + end[0].length;
    if (/[^ \t]/.test(text.slice(from, to))) yield { from, to, next };
    from = next;
  }
}
