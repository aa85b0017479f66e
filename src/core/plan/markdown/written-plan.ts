import type { Status } from "../../words.ts";
import type { Change } from "../change.ts";
import type { DraftTask, Spot } from "../draft.ts";
import type { Source } from "../formats/format.ts";
import { isNone } from "../none.ts";
import { ownSpelling, type Written } from "../own-spelling.ts";
import { spellings } from "../status-spelling.ts";
import type { Context } from "./context.ts";
import {
  type Block,
  type Document,
  type Item,
  type Line,
  type List,
  readDocument,
  type Table,
  type TableRow,
  type Written as Words,
} from "./document.ts";
import { newlineOf } from "./line-at.ts";
import { marksIn } from "./marks-in.ts";
import { planBlocks } from "./plan-block.ts";

/** What a task is written as. */
export type Home =
  | { readonly kind: "row"; readonly table: Table; readonly row: TableRow }
  | { readonly kind: "item"; readonly list: List; readonly item: Item; readonly top: boolean }
  | { readonly kind: "line"; readonly line: Line; readonly list: List | null };

/** A mark is a word, `[done]`, or a picture, `✅`. */
export type Spelling = Spot["kind"] | "picture";

/** A Markdown plan as its file writes it: what an edit needs to know beside the tasks. */
export type WrittenPlan = {
  readonly context: Context;
  readonly newline: string;
  readonly tasks: readonly DraftTask[];
  /** The blocks among which tasks are read: those of the file, or of each PLAN block. */
  readonly blocks: readonly Block[];
  readonly homeOf: (task: DraftTask) => Home | null;
  /** How cells of a column say that there is nothing, `—`; empty where none does. */
  readonly none: (field: "completed" | "owner" | "notes") => string;
  /** The first line of all that is written: items however deep, headings and paragraphs. */
  readonly lines: readonly string[];
  /** The ids of the tasks that this edit adds, in its order. */
  readonly fresh: readonly string[];
  /** The boxes of all items, `[ ]`. */
  readonly boxes: readonly string[];
  /** How statuses in such spots are spelt. */
  readonly spell: (status: Status, kind: Spelling) => string;
};

export function writtenPlan(source: Source, tasks: readonly DraftTask[], changes: readonly Change[]): WrittenPlan {
  const { text } = source;
  const { plain, document } = source.markdown();
  const context: Context = { text, plain, report: () => {}, lineOf: (offset) => source.lines.placeOf(offset).line };
  const parts = planBlocks(text, (at) => document.fences.some(({ from, to, open }) => !open && from < at && at < to));
  const documents: readonly Document[] =
    parts.length === 0 ? [document] : parts.map(({ from, to }) => readDocument(text.slice(from, to), from, plain));
  const blocks = documents.flatMap((one) => one.blocks);
  const homes = new Map(documents.flatMap((one) => homesOf(one.blocks)));
  const boxes = [...homes.values()].flatMap((home) => (home.kind === "item" && home.item.box !== null ? [home.item.box.text] : []));
  const lines = [...homes.values()].flatMap((home) => (home.kind === "row" ? [] : [wordsOf(home).text]));
  return {
    context,
    newline: newlineOf(text),
    tasks,
    blocks,
    none: noneIn(text, tasks),
    lines,
    fresh: changes.flatMap((change) => (change.kind === "add" ? [change.task.id] : [])),
    homeOf: (task) => homes.get(task.place(null)) ?? null,
    boxes,
    spell: spelling(tasks, () => marksIn(lines, plain)),
  };
}

/** The words of an item, a heading or a paragraph. */
export const wordsOf = (home: Exclude<Home, { kind: "row" }>): Words => (home.kind === "item" ? home.item.words : home.line.words);

/** What begins where: rows, items however deep, and lines. */
function homesOf(blocks: readonly Block[]): readonly (readonly [offset: number, home: Home])[] {
  const homes: (readonly [number, Home])[] = [];
  for (const [index, block] of blocks.entries()) {
    const below = blocks[index + 1];
    if (block.kind === "table") for (const row of block.rows) homes.push([row.offset, { kind: "row", table: block, row }]);
    if (block.kind === "line") homes.push([block.words.offset, { kind: "line", line: block, list: below?.kind === "list" ? below : null }]);
    const waiting = block.kind === "list" ? [block] : [];
    for (let list = waiting.pop(); list !== undefined; list = waiting.pop())
      for (const item of list.items) {
        homes.push([item.words.offset, { kind: "item", list, item, top: list === block }]);
        waiting.push(...item.lists);
      }
  }
  return homes;
}

function noneIn(text: string, tasks: readonly DraftTask[]): WrittenPlan["none"] {
  const known = new Map<string, string>();
  return (field) => {
    const sign = known.get(field) ?? tasks.flatMap((task) => noneOf(task, field)).find((one) => one !== "") ?? "";
    known.set(field, sign);
    return sign;
  };

  function noneOf(task: DraftTask, field: "completed" | "owner" | "notes"): readonly string[] {
    const spot = task[field] === null ? (task.spot?.(field) ?? null) : null;
    const written = spot?.kind === "cell" ? text.slice(spot.from, spot.to) : "";
    return isNone(written) ? [written] : [];
  }
}

/** Words of cells say nothing of how boxes are written, nor the other way round. Where all are emoji, a new one is an emoji too. */
function spelling(tasks: readonly DraftTask[], marks: () => readonly Written[]): WrittenPlan["spell"] {
  const rows: Readonly<Record<Spelling, Written[]>> = { cell: [], box: [], value: [], mark: [], picture: [] };
  for (const task of tasks) {
    const spot = task.spot?.("status");
    if (spot && task.writtenStatus !== "") rows[spellingOf(spot.kind, task.writtenStatus)].push(task);
  }
  const known = new Map<string, string>();
  return (status, kind) => {
    const word = known.get(`${status} ${kind}`) ?? spelt(status, kind === "mark" ? [...rows.mark, ...marks()] : rows[kind]);
    known.set(`${status} ${kind}`, word);
    return word;
  };
}

export const spellingOf = (kind: Spot["kind"], written: string): Spelling =>
  kind === "mark" && !/\p{L}/u.test(written) ? "picture" : kind;

/** A status as these rows spell theirs. */
export function spelt(status: Status, rows: readonly Written[]): string {
  const [emoji] = spellings[status].emojis;
  const pictures = rows.length > 0 && rows.every(({ writtenStatus }) => !/\p{L}/u.test(writtenStatus));
  const own = ownSpelling(status, rows);
  return pictures && emoji !== undefined && /\p{L}/u.test(own) ? emoji : own;
}
