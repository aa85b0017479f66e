import { type Field, fieldOf } from "../columns.ts";
import type { Context } from "./context.ts";
import type { List, Written } from "./document.ts";
import type { Value } from "./spots.ts";

/** What a `Key: value` item says: `at` = where the item's words begin. */
export type ListedField = Value & { readonly at: number };

/** What the `Key: value` items of a list say, by field; the first item that names a field counts. */
export function readFieldList(lists: readonly List[], context: Context): ReadonlyMap<Field, ListedField> {
  const fields = new Map<Field, ListedField>();
  for (const { words } of lists.flatMap((list) => list.items)) {
    const plain = context.plain(words.text);
    const colon = plain.indexOf(":");
    const field = colon < 0 || colon > 40 ? undefined : fieldOf(plain.slice(0, colon));
    if (field === undefined || fields.has(field)) continue;
    const said = plain.slice(colon + 1).trim();
    fields.set(field, { ...valueIn(words, context.text), plain: said, kind: "value", at: words.offset });
  }
  return fields;
}

/** The stretch behind the colon and the marks that close an emphasised key: `**Status:** Done`. */
function valueIn({ offset, end }: Written, text: string): { readonly from: number; readonly to: number } {
  const colon = text.indexOf(":", offset);
  const marks = /[*_`]{0,3}[ \t]*/y;
  marks.lastIndex = colon + 1;
  marks.exec(text);
  return { from: Math.min(end, marks.lastIndex), to: end };
}
