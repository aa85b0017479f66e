import { type Field, fieldOf } from "../columns.ts";
import type { Context } from "./context.ts";
import type { Item, List, Written } from "./document.ts";
import { pieces } from "./pieces.ts";
import type { Value } from "./spots.ts";

/** What a `Key: value` line or item says; `at` = where it begins. */
export type FieldLine = Value & { readonly at: number };

/** What such lines say, by field, and under keys that name no field of ours, by those keys. The first that names a field counts. */
export type FieldLines = { readonly fields: ReadonlyMap<Field, FieldLine>; readonly extra: Readonly<Record<string, string>> };

const mostExtra = 30;

/** The fields that a list's items and lines of text give. Keys that are not ours count only in a list that also gives one of ours. */
export function readFieldLines(lists: readonly List[], lines: readonly Written[], context: Context): FieldLines {
  const fields = new Map<Field, FieldLine>();
  const extra = new Map<string, string>();
  for (const list of lists) {
    const said = list.items.flatMap((item) => keyed(item.words, context).map((one) => ({ ...one, item })));
    const ours = said.some(({ key }) => fieldOf(key) !== undefined);
    for (const { key, value, item } of said) {
      if (fieldOf(key) === undefined && ours) noteExtra(extra, key, value.plain === "" ? nested(item, context) : value.plain);
      else noteField(fields, key, value);
    }
  }
  for (const { key, value } of lines.flatMap((line) => keyed(line, context))) noteField(fields, key, value);
  return { fields, extra: Object.fromEntries(extra) };
}

/** Whether a line gives a field of ours. */
export const isFieldLine = (line: Written, context: Context): boolean => keyed(line, context).some(({ key }) => fieldOf(key) !== undefined);

function noteField(fields: Map<Field, FieldLine>, key: string, value: FieldLine): void {
  const field = fieldOf(key);
  if (field !== undefined && !fields.has(field)) fields.set(field, value);
}

function noteExtra(extra: Map<string, string>, key: string, value: string): void {
  if (value !== "" && !extra.has(key) && extra.size < mostExtra) extra.set(key, value);
}

const nested = (item: Item, { plain }: Context): string =>
  item.lists
    .flatMap((list) => list.items)
    .slice(0, 20)
    .map(({ words }) => plain(words.text))
    .join("; ");

type Keyed = { readonly key: string; readonly value: FieldLine };

/** `Key: value`, also emphasised (`**Key:** value`), and several of them in one line, `**Owner:** ann | **Due:** 2026-01-01`. */
function keyed(line: Written, context: Context): readonly Keyed[] {
  if (!line.text.includes(":")) return [];
  return pieces(line, context.text).flatMap((piece) => {
    const plain = context.plain(piece.text);
    const colon = plain.indexOf(":");
    const key = plain.slice(0, Math.max(0, colon)).trim();
    if (colon < 0 || !/^\p{L}[^.!?,;]{0,39}$/u.test(key)) return [];
    const value = { ...behindColon(piece, context.text), plain: plain.slice(colon + 1).trim(), kind: "value", at: piece.offset } as const;
    return [{ key, value }];
  });
}

/** The stretch behind the colon and the marks that close an emphasised key. */
function behindColon({ offset, end }: Written, text: string): { readonly from: number; readonly to: number } {
  const marks = /[*_`]{0,3}[ \t]*/y;
  marks.lastIndex = text.indexOf(":", offset) + 1;
  marks.exec(text);
  return { from: Math.min(end, marks.lastIndex), to: end };
}
