import type { Status } from "../../words.ts";
import type { DraftTask, Spot } from "../draft.ts";
import type { Source } from "../formats/format.ts";
import { ownSpelling, type Written } from "../own-spelling.ts";
import { spellings } from "../status-spelling.ts";
import type { Context } from "./context.ts";
import { type Block, type Document, type Item, type Line, type List, readDocument, type Table, type TableRow } from "./document.ts";
import { newlineOf } from "./line-at.ts";
import { planBlocks } from "./plan-block.ts";

/** What a task is written as. */
export type Home =
  | { readonly kind: "row"; readonly table: Table; readonly row: TableRow }
  | { readonly kind: "item"; readonly list: List; readonly item: Item; readonly top: boolean }
  | { readonly kind: "prose"; readonly line: Line; readonly list: List };

/** A Markdown plan as its file writes it: what an edit needs to know beside the tasks. */
export type WrittenPlan = {
  readonly context: Context;
  readonly newline: string;
  readonly tasks: readonly DraftTask[];
  /** The blocks among which tasks are read: those of the file, or of each PLAN block. */
  readonly blocks: readonly Block[];
  readonly homeOf: (task: DraftTask) => Home | null;
  /** The boxes of all items, `[ ]`. */
  readonly boxes: readonly string[];
  /** How statuses in such spots are spelt. */
  readonly spell: (status: Status, kind: Spot["kind"]) => string;
};

export function writtenPlan(source: Source, tasks: readonly DraftTask[]): WrittenPlan {
  const { text, lines } = source;
  const { plain, document } = source.markdown();
  const context: Context = { text, plain, report: () => {}, lineOf: (offset) => lines.placeOf(offset).line };
  const parts = planBlocks(text, (at) => document.fences.some(({ from, to, open }) => !open && from < at && at < to));
  const documents: readonly Document[] =
    parts.length === 0 ? [document] : parts.map(({ from, to }) => readDocument(text.slice(from, to), from, plain));
  const blocks = documents.flatMap((one) => one.blocks);
  const homes = new Map(documents.flatMap((one) => homesOf(one.blocks)));
  const boxes = [...homes.values()].flatMap((home) => (home.kind === "item" && home.item.box !== null ? [home.item.box.text] : []));
  return {
    context,
    newline: newlineOf(text),
    tasks,
    blocks,
    homeOf: (task) => homes.get(task.place(null)) ?? null,
    boxes,
    spell: spelling(tasks),
  };
}

/** What begins where: rows, items however deep, and lines with a list below. */
function homesOf(blocks: readonly Block[]): readonly (readonly [offset: number, home: Home])[] {
  const homes: (readonly [number, Home])[] = [];
  for (const [index, block] of blocks.entries()) {
    const below = blocks[index + 1];
    if (block.kind === "table") for (const row of block.rows) homes.push([row.offset, { kind: "row", table: block, row }]);
    if (block.kind === "line" && below?.kind === "list") homes.push([block.words.offset, { kind: "prose", line: block, list: below }]);
    const waiting = block.kind === "list" ? [block] : [];
    for (let list = waiting.pop(); list !== undefined; list = waiting.pop())
      for (const item of list.items) {
        homes.push([item.words.offset, { kind: "item", list, item, top: list === block }]);
        waiting.push(...item.lists);
      }
  }
  return homes;
}

/** Words of cells say nothing of how boxes are written, nor the other way round. Where all are emoji, a new one is an emoji too. */
function spelling(tasks: readonly DraftTask[]): WrittenPlan["spell"] {
  const rows: Readonly<Record<Spot["kind"], Written[]>> = { cell: [], box: [], value: [], mark: [] };
  for (const task of tasks) {
    const spot = task.spot?.("status");
    if (spot && task.writtenStatus !== "") rows[spot.kind].push(task);
  }
  const known = new Map<string, string>();
  return (status, kind) => {
    const word = known.get(`${status} ${kind}`) ?? spelt(status, rows[kind]);
    known.set(`${status} ${kind}`, word);
    return word;
  };
}

function spelt(status: Status, rows: readonly Written[]): string {
  const [emoji] = spellings[status].emojis;
  const pictures = rows.length > 0 && rows.every(({ writtenStatus }) => !/\p{L}/u.test(writtenStatus));
  const own = ownSpelling(status, rows);
  return pictures && emoji !== undefined && /\p{L}/u.test(own) ? emoji : own;
}
