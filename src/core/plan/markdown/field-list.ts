import { type Field, fieldOf } from "../columns.ts";
import type { Context } from "./context.ts";
import type { List, Written } from "./document.ts";

/** What the `Key: value` items of a list say, by field; the first item that names a field counts. */
export function readFieldList(lists: readonly List[], { plain }: Context): ReadonlyMap<Field, Written> {
  const fields = new Map<Field, Written>();
  for (const item of lists.flatMap((list) => list.items)) {
    const words = plain(item.words.text);
    const colon = words.indexOf(":");
    const field = colon < 0 || colon > 40 ? undefined : fieldOf(words.slice(0, colon));
    if (field !== undefined && !fields.has(field)) fields.set(field, { ...item.words, text: words.slice(colon + 1).trim() });
  }
  return fields;
}
