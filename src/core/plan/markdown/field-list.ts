import type { Field } from "../columns.ts";
import type { Context } from "./context.ts";
import type { List } from "./document.ts";
import { type FieldLine, readFieldLines } from "./field-lines.ts";

/** What the `Key: value` items of a list say, by field; the first item that names a field counts. */
export const readFieldList = (lists: readonly List[], context: Context): ReadonlyMap<Field, FieldLine> =>
  readFieldLines(lists, [], context).fields;
