import type { PlannedMilestone } from "../../words.ts";
import type { Columns } from "../columns.ts";
import { readDate } from "../iso-date.ts";
import { cellText, dateOf } from "../row.ts";
import type { Context } from "./context.ts";
import type { Block, List, Table } from "./document.ts";
import { milestoneOf } from "./sections.ts";
import { withoutStatusMark } from "./status-mark.ts";
import { rowOf } from "./task-table.ts";

/** The milestones of a table headed `ID | Milestone | Owner | Start | Target | Notes`, in any order. */
export function readMilestoneTable(table: Table, columns: Columns, context: Context): readonly PlannedMilestone[] {
  return table.rows.flatMap((written, index) => {
    const row = rowOf(written, columns, context);
    const phase = columns.has("milestone") ? null : cellText(row, "phase");
    const title = cellText(row, "milestone") ?? cellText(row, "title") ?? cellText(row, "detail") ?? phase;
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

/** Milestones that headings name with a day: `## Phase 1 — Base (2025-10-01 → 2025-10-15)`, `### M2: Beta (Target: 2025-10-18)`. */
export function readMilestoneHeadings(blocks: readonly Block[], { plain, lineOf }: Context): readonly PlannedMilestone[] {
  return blocks.flatMap((block) => {
    if (block.kind !== "line" || block.depth === null || !/\d{4}-\d{2}-\d{2}/.test(block.words.text)) return [];
    const found = datedHeading(withoutStatusMark(plain(block.words.text)).slice(0, mostWords));
    return found === null ? [] : [{ ...found, owner: null, notes: null, line: lineOf(block.words.offset) }];
  });
}

function datedHeading(words: string): Found | null {
  const parts =
    /^[^\p{L}]*((?:phase|milestone|sprint|stage|m) ?\d{1,4}) ?[:—–-] ?(.+?) ?\((?:(?:target|due)(?: date)?:? )?(\d{4}-\d{2}-\d{2})(?: ?(?:→|->|–|—|to|-) ?(\d{4}-\d{2}-\d{2}))?\)$/iu.exec(
      words,
    );
  if (parts === null) return null;
  const [, name = "", title = "", first = "", last] = parts;
  return { id: milestoneOf(name) ?? name, title, start: last === undefined ? null : day(first), due: day(last ?? first) };
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
