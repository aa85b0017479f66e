import type { Change, FormatEdit, Splice, Unwritten } from "../change.ts";
import { unwritable } from "../change.ts";
import { lineAt } from "../markdown/line-at.ts";
import type { BoxRow, Span } from "./box-plan.ts";
import type { Desk } from "./hand.ts";
import { linesOfItem } from "./read-boxes.ts";

type Remove = Extract<Change, { readonly kind: "remove" }>;

/** Cuts out the lines of whole items with their details. One that holds a task that stays is not cut out. */
export function removeBoxes(changes: readonly Remove[], { source, plan, rows }: Desk): FormatEdit {
  const { text } = source;
  const cuts: Span[] = [];
  const unwritten: Unwritten[] = [];
  const going = new Set(changes.map(({ token }) => token));
  const staying = plan.rows.filter(({ task }) => !going.has(task.token) || rows.get(task.token)?.task !== task);
  for (const change of changes) {
    const row = change.scope === plan.scope ? rows.get(change.token) : undefined;
    const span = row === undefined ? null : spanOf(row, text);
    if (row === undefined) unwritten.push(unwritable(change, "this file has no such task"));
    else if (row.fixed !== null) unwritten.push(unwritable(change, row.fixed, row.task.place(null)));
    else if (span === null) unwritten.push(unwritable(change, "it shares a line with another item", row.task.place(null)));
    else if (staying.some(({ task }) => span.from <= task.place(null) && task.place(null) < span.to))
      unwritten.push(unwritable(change, "parts of it that stay stand inside it", row.task.place(null)));
    else cuts.push(span);
  }
  return { splices: joined(cuts, text).map((cut) => withBlankLine(cut, text)), unwritten };
}

function spanOf({ at }: BoxRow, text: string): Span | null {
  if (at === null) return null;
  const { from, to } = linesOfItem(at.item, text);
  const alone = /^[ \t]*$/.test(text.slice(from, at.item.offset)) && /^[ \t\r\n]*$/.test(text.slice(at.item.end, to));
  return alone ? { from, to } : null;
}

/** Cuts that lie in each other, or with nothing but blank lines between them, are one. */
function joined(cuts: readonly Span[], text: string): readonly Span[] {
  const kept: Span[] = [];
  for (const cut of cuts.toSorted((a, b) => a.from - b.from || b.to - a.to)) {
    const last = kept.at(-1);
    if (last === undefined || text.slice(last.to, cut.from).trim() !== "") kept.push(cut);
    else kept[kept.length - 1] = { from: last.from, to: Math.max(last.to, cut.to) };
  }
  return kept;
}

/** Of two blank lines that would meet, or would end the text, one goes; a text without a line end at its end gets none. */
function withBlankLine({ from, to }: Span, text: string): Splice {
  const above = from === 0 ? null : lineAt(text, from - 1);
  const below = to >= text.length ? null : lineAt(text, to);
  const meet = below === null || isBlank(below, text);
  if (above === null) return { from, to: meet && below !== null ? below.next : to, text: "" };
  const start = meet && isBlank(above, text) ? above.from : from;
  return { from: below === null && !/[\r\n]$/.test(text.slice(-1)) ? endOfLineBefore(start, text) : start, to, text: "" };
}

const endOfLineBefore = (start: number, text: string): number => (start === 0 ? 0 : lineAt(text, start - 1).to);

const isBlank = ({ from, to }: Span, text: string): boolean => text.slice(from, to).trim() === "";
