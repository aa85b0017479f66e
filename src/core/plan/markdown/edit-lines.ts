import type { Splice } from "../change.ts";
import { lineAt } from "./line-at.ts";
import type { Stretch } from "./spots.ts";

/** Whole lines put in where a line begins, or at the end of a text that need not end its last one. */
export function lineSplice(text: string, at: number, lines: readonly string[], newline: string): Splice {
  const open = at === text.length && at > 0 && !/[\r\n]$/.test(text);
  const whole = lines.join(newline);
  return { from: at, to: at, text: open ? newline + whole : whole + newline };
}

/**
 * Whole lines taken out, those side by side together, and where they leave two blank lines side by side, one of these, unless something is
 * `put` there.
 */
export function withoutLines(text: string, lines: readonly Stretch[], put: readonly Splice[]): readonly Splice[] {
  const merged: Stretch[] = [];
  for (const one of lines.toSorted((a, b) => a.from - b.from)) {
    const last = merged.at(-1);
    if (last !== undefined && one.from <= last.to) merged.splice(-1, 1, { from: last.from, to: Math.max(last.to, one.to) });
    else merged.push(one);
  }
  return merged.map(({ from, to }) => {
    const below = lineAt(text, to);
    const free = !put.some((splice) => from < splice.from && splice.from < below.next);
    const doubled = isBlankLine(text, from - 1) && to < text.length && isBlankLine(text, to) && !isBlankLine(text, to - 1);
    return { from, to: free && doubled ? below.next : to, text: "" };
  });
}

/** Whether the line that an offset is on is blank; so is what stands before the text. */
export function isBlankLine(text: string, at: number): boolean {
  if (at < 0) return true;
  // The second half of a line end is on no line of its own.
  const { from, to } = lineAt(text, at);
  return text.slice(from, to).trim() === "";
}

/** Where the line behind an offset begins. */
export const behind = (text: string, offset: number): number => {
  const line = lineAt(text, offset);
  // What ends with its line end is on the next line already.
  return line.from === offset && offset > 0 && /[\r\n]/.test(text[offset - 1] ?? "") ? offset : line.next;
};
