import type { Field } from "../columns.ts";
import type { DraftTask, Spot } from "../draft.ts";
import { readRow } from "../row.ts";
import type { Context } from "./context.ts";
import type { Document, Line, List } from "./document.ts";
import { readFieldList } from "./field-list.ts";
import { sectionEnds } from "./section-ends.ts";
import { spotOf, wholeLines } from "./spots.ts";

/**
 * Tasks written as `Task 4 — title`, as a heading or a paragraph, above a list with `ID: T4` or `Status: Done — 2025-10-16 — note`.
 * Without an ID line the number is the id. Another line above such a list is a title if the list has both ID and Status.
 */
export function readProseTasks({ blocks, end }: Pick<Document, "blocks" | "end">, context: Context): readonly DraftTask[] {
  const ends = sectionEnds(blocks, end);
  return blocks.flatMap((block, index) => {
    const list = blocks[index + 1];
    const task =
      block.kind === "line" && list?.kind === "list" ? readProseTask(block, { list, end: ends[index] ?? list.end }, context) : null;
    return task === null ? [] : [task];
  });
}

type Below = { readonly list: List; readonly end: number };

function readProseTask(line: Line, { list, end }: Below, context: Context): DraftTask | null {
  const words = context.plain(line.words.text);
  const fields = readFieldList([list], context);
  const numbered = /^Task\s#?(\d{1,6}(?:\.\d{1,6}){0,3})\s?[—–:.-]\s?(.+)$/i.exec(words.slice(0, 1000));
  const number = numbered?.[1] ?? null;
  const told = number === null ? fields.has("id") && fields.has("status") : fields.has("id") || fields.has("status");
  if (!told) return null;
  const cells = new Map([...fields].map(([field, value]) => [field, value.plain]));
  if (number !== null && !cells.has("id")) cells.set("id", number);
  cells.set("title", numbered?.[2] ?? words);
  const place = (field: Field | null): number => (field === null ? undefined : fields.get(field)?.at) ?? line.words.offset;
  const spot = (field: Field): Spot | null => spotOf(context.text, fields, field);
  const lines = wholeLines(context.text, { from: line.offset, to: end });
  const task = readRow({ cells, place, spot, ...(lines && { extent: () => lines }) }, line.section, context.report);
  return task === null ? null : { ...task, number };
}
