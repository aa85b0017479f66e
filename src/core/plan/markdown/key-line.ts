import { type Field, fieldOf } from "../columns.ts";
import type { Context } from "./context.ts";
import type { Item } from "./document.ts";
import { lineAt } from "./line-at.ts";

/** An item such as `- **Status:** Done`: its field, and where behind the key and its marks the value begins. */
export type KeyLine = { readonly field: Field; readonly from: number; readonly to: number; readonly plain: string };

export function keyLineOf({ words }: Item, { text, plain }: Context): KeyLine | null {
  const said = plain(words.text);
  const colon = said.indexOf(":");
  const field = colon < 0 || colon > 40 ? undefined : fieldOf(said.slice(0, colon));
  const at = text.indexOf(":", words.offset);
  if (field === undefined || at < 0 || at >= words.end) return null;
  const marks = /^[*_`]{0,3}[ \t]*/.exec(text.slice(at + 1, Math.min(words.end, at + 20)))?.[0] ?? "";
  const from = Math.min(words.end, at + 1 + marks.length);
  return { field, from, to: Math.min(words.end, lineAt(text, from).to), plain: said.slice(colon + 1).trim() };
}
