import type { Field } from "../columns.ts";
import type { Spot } from "../draft.ts";
import { readDate } from "../iso-date.ts";
import { readStatusCell } from "../status-spelling.ts";

/** A stretch of the text, `to` not included. */
export type Stretch = { readonly from: number; readonly to: number };

/** What a field of a row says, made plain, and the stretch of the file where it says so. */
export type Value = Stretch & { readonly plain: string; readonly kind: Spot["kind"] };

/**
 * Where the fields of a row can be written, by what each says. A status is its word alone, without the remark behind it
 * (`Done — 2025-10-16 — note`) and the emphasis around it; its date and its remark are spots of their own where no other field holds them.
 */
export function spotOf(text: string, values: ReadonlyMap<Field, Value>, field: Field): Spot | null {
  const status = values.get("status");
  const value = values.get(field);
  if (field === "status") return status === undefined ? null : statusParts(text, status).status;
  if (value !== undefined) return { from: value.from, to: value.to, kind: value.kind };
  if (status === undefined || (field !== "completed" && field !== "notes")) return null;
  return statusParts(text, status)[field];
}

type Parts = { readonly status: Spot | null; readonly completed: Spot | null; readonly notes: Spot | null };

function statusParts(text: string, { from, to, plain, kind }: Value): Parts {
  const { spelling } = readStatusCell(plain);
  const at = text.slice(from, to).indexOf(spelling);
  if (at < 0 || (spelling === "" && from < to)) return { status: null, completed: null, notes: null };
  const end = from + at + spelling.length;
  const status: Spot = { from: from + at, to: end, kind };
  const joint = /^[*_~`]{0,3}(?:\s+[—–-]+\s+|\s*(?:[;:,]\s*|(?=\()))/u.exec(text.slice(end, Math.min(to, end + 20)));
  const rest = end + (joint?.[0].length ?? 0);
  if (joint === null || rest >= to) return { status, completed: null, notes: null };
  const [first = "", ...more] = text.slice(rest, to).split(/( [—–-]+ )/u, 3);
  if (typeof readDate(first) !== "string") return { status, completed: null, notes: { from: rest, to, kind } };
  const notes = rest + first.length + (more[0]?.length ?? 0);
  return {
    status,
    completed: { from: rest, to: rest + first.length, kind },
    notes: notes < to ? { from: notes, to, kind } : null,
  };
}

/** The lines that a stretch stands on, with the line end of the last one; null where something else stands in front of it. */
export function wholeLines(text: string, { from, to }: Stretch): Stretch | null {
  let start = from;
  while (start > 0 && (text[start - 1] === " " || text[start - 1] === "\t")) start -= 1;
  const before = text[start - 1] ?? "\n";
  return before === "\n" || before === "\r" ? { from: start, to: lineEnd(text, to) } : null;
}

/** Where the next line begins: behind the line end of the line that an offset is on, or at the end of the text. */
function lineEnd(text: string, at: number): number {
  if (text[at - 1] === "\n" || (text[at - 1] === "\r" && text[at] !== "\n")) return at;
  const end = /\r\n|\r|\n/g;
  end.lastIndex = at;
  const found = end.exec(text);
  return found === null ? text.length : found.index + found[0].length;
}
