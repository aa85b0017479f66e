import type { Field } from "../columns.ts";
import type { Row, Spot } from "../draft.ts";
import type { Context } from "./context.ts";
import { withDatedStatus } from "./dated-status.ts";
import type { Written } from "./document.ts";
import type { FieldLines } from "./field-lines.ts";
import { type Stretch, spotOf, type Value, wholeLines } from "./spots.ts";
import type { TaskWords } from "./task-words.ts";

/** What an item or a line says of a task: by its words, by the fields below it, and by its box, where it has one. */
export type Said = FieldLines & {
  readonly id: string;
  readonly words: TaskWords;
  readonly box: (Written & { readonly settled: boolean }) | null;
};

/**
 * A task written as an item or a line of its own, as a row. Fields below count before words in the line; a box counts before both, but an empty
 * one says no more than "not done", so that a `Status:` line or a mark may say what it is instead. `at` = where its words begin.
 */
export function taskRow(
  { id, words, fields, extra, box }: Said,
  { at, whole }: { readonly at: number; readonly whole: Stretch },
  { text }: Context,
): Row {
  const cells = new Map([...words.cells, ...[...fields].map(([field, value]) => [field, value.plain] as const)]);
  cells
    .set("id", id)
    .set("title", words.title)
    .set("dependencies", citable(cells.get("dependencies") ?? ""));
  const values = new Map<Field, Value>([...words.values, ...fields]);
  if (box?.settled) cells.set("status", box.text);
  if (box !== null && (box.settled || !cells.has("status")))
    values.set("status", { plain: box.text, from: box.offset, to: box.end, kind: "box" });
  const place = (field: Field | null): number => {
    if (field === null || (field === "id" && fields.get("id")?.plain !== id)) return at;
    return fields.get(field)?.at ?? values.get(field)?.from ?? at;
  };
  const spot = (field: Field): Spot | null => spotOf(text, values, field);
  const lines = wholeLines(text, whole);
  return withDatedStatus({ cells, extra, place, spot, ...(lines && { extent: () => lines }) }, text);
}

/** `Epic 1` in the form that it has as an id. */
const citable = (words: string): string => words.replace(/\b([Ee]pic|EPIC|[Ss]tory|STORY) #?(\d{1,6}(?:\.\d{1,6}){0,3}|[A-Z]\b)/g, "$1-$2");
