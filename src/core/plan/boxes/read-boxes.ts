import type { Token } from "../../words.ts";
import type { Field } from "../columns.ts";
import type { DraftTask } from "../draft.ts";
import type { Source } from "../formats/format.ts";
import { lineAt } from "../markdown/line-at.ts";
import { quoted } from "../quoted.ts";
import { readRow } from "../row.ts";
import { normalise } from "../token.ts";
import type { BoxRow, Span, Style } from "./box-plan.ts";
import { type Details, detailsOf } from "./details.ts";
import { isOptional, type Marks, spellingOf, statusIn } from "./marks.ts";
import { type BoxItem, phaseOf } from "./walk.ts";

/** What a format reads from the words behind a box. */
export type BoxHead = {
  readonly id: string;
  readonly title: string;
  readonly style: Style;
  readonly milestone?: string | null;
  readonly optional?: boolean;
  readonly extra?: Readonly<Record<string, string>>;
};

/** How one format writes its boxes. */
export type Dialect = {
  readonly marks: Marks;
  readonly head: (title: string) => BoxHead | null;
  /** The id of the task that one is a part of, by its own; null where ids say nothing of that. */
  readonly parent: (id: string) => string | null;
  /** The ids that a task waits for, by its details or its own words. */
  readonly waits: (details: Details, known: ReadonlySet<Token>) => readonly string[];
};

/**
 * The tasks of a file of boxes, and how many boxes have no id. An item with two boxes is neither, and reported.
 * Measured beside the parser's time, in a file as large as Markdown may be: 20 000 boxes take 0.7 s; the worst found, 9000 boxes that wait
 * for ten ranges of a hundred each, 2.6 s.
 */
export function readBoxes(items: readonly BoxItem[], dialect: Dialect, source: Source) {
  const found: { readonly at: BoxItem; readonly head: BoxHead; readonly details: Details }[] = [];
  const criteria = { open: 0, done: 0 };
  for (const at of items) {
    if (at.box === null) continue;
    const second = /^[-*+][ \t]+\[[^\]]{0,3}\]\*?[ \t]*/.exec(at.words.text);
    const details = detailsOf(at);
    const head = dialect.head(details.title.slice(second?.[0].length ?? 0));
    if (head === null) criteria[statusIn(at.box, dialect.marks) === "completed" ? "done" : "open"] += 1;
    else if (second === null) found.push({ at, head, details });
    else reportSecondBox(at, head.id, source);
  }
  const known = new Set(found.map(({ head }) => normalise(head.id)));
  const rows = found.flatMap((one) => rowOf(one, known, dialect, source));
  return { rows, criteria };
}

type Found = { readonly at: BoxItem; readonly head: BoxHead; readonly details: Details };

function rowOf({ at, head, details }: Found, known: ReadonlySet<Token>, dialect: Dialect, source: Source): readonly BoxRow[] {
  const { box, words, headings } = at;
  if (box === null) return [];
  const extra = { ...details.extra, ...head.extra };
  const cells = new Map<Field, string>([
    ["id", head.id],
    ["title", head.title],
    ["dependencies", dialect.waits(details, known).join(", ")],
    ["notes", details.notes ?? ""],
  ]);
  const waitsAt = details.dependencies?.offset ?? words.offset;
  const task = readRow(
    { ...placed(at, waitsAt, source.text), cells, extra },
    { phase: phaseOf(headings), heading: "", status: null },
    source.report,
  );
  if (task === null) return [];
  const status = statusOf(box, task, dialect.marks, source);
  const parent = dialect.parent(head.id);
  const parentToken = parent === null ? null : normalise(parent);
  const whole: DraftTask = {
    ...task,
    ...status,
    parent: parentToken !== null && known.has(parentToken) ? parentToken : null,
    milestone: head.milestone ?? null,
    optional: isOptional(box) || head.optional === true,
    rollsUp: false,
  };
  return [{ task: whole, box, at, style: head.style, completed: null, fixed: null }];
}

/** The status that a box shows. One that is not known is reported and read as todo. */
export function statusOf(
  box: NonNullable<BoxItem["box"]>,
  { id }: Pick<DraftTask, "id">,
  marks: Marks,
  { report }: Pick<Source, "report">,
): Pick<DraftTask, "status" | "writtenStatus"> {
  const status = statusIn(box, marks);
  if (status === null)
    report("unknown-status", () => ({
      at: box.offset,
      message: `the box ${quoted(box.text)} of ${quoted(id)} shows no status that is known; read as todo`,
    }));
  return { status: status ?? "todo", writtenStatus: spellingOf(box) };
}

/** Where the fields of an item stand, and what belongs to it as whole lines. */
export function placed({ item, box, words }: Pick<BoxItem, "item" | "box" | "words">, waitsAt: number, text: string) {
  return {
    place: (field: Field | null): number => {
      if (field === null) return item.offset;
      if (field === "status") return box?.offset ?? item.offset;
      return field === "dependencies" ? waitsAt : words.offset;
    },
    spot: (field: Field) =>
      field === "status" && box !== null ? ({ from: box.offset, to: box.offset + spellingOf(box).length, kind: "box" } as const) : null,
    extent: (): Span => linesOfItem(item, text),
  };
}

/** The lines that an item stands on, with all that belongs to it. */
export const linesOfItem = (item: { readonly offset: number; readonly end: number }, text: string): Span => ({
  from: lineAt(text, item.offset).from,
  to: lineAt(text, item.end).next,
});

function reportSecondBox({ box, words }: BoxItem, id: string, { report }: Source): void {
  const other = words.text.slice(words.text.indexOf("["), words.text.indexOf("]") + 1);
  const message = `${quoted(id)} has two boxes, ${box?.text ?? ""} and ${other}; which one counts cannot be told, so it is not read`;
  report("second-box", () => ({ at: box?.offset ?? words.offset, message }));
}
