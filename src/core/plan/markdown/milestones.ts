import type { PlannedMilestone } from "../../words.ts";
import type { Columns } from "../columns.ts";
import { readDate } from "../iso-date.ts";
import { cellText, dateOf } from "../row.ts";
import type { Context } from "./context.ts";
import type { List, Table } from "./document.ts";
import { rowOf } from "./task-table.ts";

/** The milestones of a table headed `ID | Milestone | Owner | Start | Target | Notes`, in any order. */
export function readMilestoneTable(table: Table, columns: Columns, context: Context): readonly PlannedMilestone[] {
  return table.rows.flatMap((written, index) => {
    const row = rowOf(written, columns, context);
    const title = cellText(row, "milestone") ?? cellText(row, "title") ?? cellText(row, "detail");
    if (title === null) return [];
    return [
      {
        id: cellText(row, "id") ?? `M${index + 1}`,
        title,
        owner: cellText(row, "owner"),
        start: dateOf(row, "start", context.report),
        due: dateOf(row, "due", context.report),
        notes: cellText(row, "notes"),
        line: context.lineOf(written.offset),
      },
    ];
  });
}

/**
 * The milestones of a list: `M1 (2025-09-26 → 2025-09-27): title`, and in numbered lists `title (Target: 2025-10-18)`,
 * which are named M1, M2 … by their place.
 */
export function readMilestoneList(list: List, { plain, lineOf }: Context): readonly PlannedMilestone[] {
  return list.items.flatMap((item, index) => {
    const words = plain(item.words.text);
    const found = dated(words) ?? (list.ordered ? targeted(words, `M${index + 1}`) : null);
    return found === null ? [] : [{ ...found, owner: null, notes: null, line: lineOf(item.words.offset) }];
  });
}

type Found = Pick<PlannedMilestone, "id" | "title" | "start" | "due">;

const mostWords = 1000;

function dated(words: string): Found | null {
  const found = /^(M\d{1,4})\s?\((\d{4}-\d{2}-\d{2})(?:\s?(?:→|->|–|—|to|-)\s?(\d{4}-\d{2}-\d{2}))?\)\s?[:—–-]\s?(.+)$/.exec(
    words.slice(0, mostWords),
  );
  if (found === null) return null;
  const [, id = "", first = "", last, title = ""] = found;
  return { id, title, start: last === undefined ? null : day(first), due: day(last ?? first) };
}

function targeted(words: string, id: string): Found | null {
  const found = /\((?:target|due)(?: date)?:? (\d{4}-\d{2}-\d{2})\)\.?$/i.exec(words.slice(0, mostWords));
  return found === null ? null : { id, title: words.slice(0, found.index).trim(), start: null, due: day(found[1] ?? "") };
}

function day(written: string): string | null {
  const date = readDate(written);
  return typeof date === "string" ? date : null;
}
