import type { Status } from "../../words.ts";
import type { DraftTask } from "../draft.ts";
import { readStatusCell } from "../status-spelling.ts";
import { boxFor } from "./edit-boxes.ts";
import { behind } from "./edit-lines.ts";
import type { FieldEdit } from "./edit-values.ts";
import { keyLineOf } from "./key-line.ts";
import { marksIn } from "./marks-in.ts";
import { belowHead } from "./table-layout.ts";
import { type Home, spellingOf, spelt, type WrittenPlan, wordsOf } from "./written-plan.ts";

/**
 * A status written where the task has its own: a cell, a box, a word behind `Status:`, a mark. Where only the heading above says it (a board of
 * lists or tables under “To do”, “Doing”, “Done”), the task's lines move under the heading of the new one, if there is exactly one.
 */
export function editStatus(task: DraftTask, status: Status, plan: WrittenPlan): FieldEdit {
  const home = plan.homeOf(task);
  const spot = task.spot?.("status") ?? null;
  const section = home?.kind === "row" ? home.table.section : home?.kind === "item" ? home.list.section : null;
  const said = home?.kind === "item" ? statusLine(home, plan) : null;
  if (home?.kind === "item" && home.item.box !== null && said === null) {
    const move = section?.status ? moved(task, home, status, plan) : null;
    const box = boxFor(status, home.item.box.text, plan.boxes);
    if (move !== null) return move;
    // Below “Doing” an empty box is at work: only a ticked one says what it is wherever it stands.
    const silent = section?.status && section.status.status !== "completed" && status === "todo";
    if (box === null || silent) return { because: silent ? noHeading(status) : "its box can only be open or done" };
    return { splices: [{ from: home.item.box.offset, to: home.item.box.end, text: box }] };
  }
  if (home?.kind === "item" && home.item.box !== null && said !== null) {
    const { offset, end, text } = home.item.box;
    // A ticked box hides the words behind the status: where there are such, the box stays open.
    const box = (said.remark ? null : boxFor(status, text, plan.boxes)) ?? boxFor("todo", text, plan.boxes) ?? text;
    return {
      splices: [
        { from: offset, to: end, text: box },
        { ...said, text: plan.spell(status, "value") },
      ],
    };
  }
  const empty = spot !== null && spot.from === spot.to;
  if (spot !== null && !(empty && spot.kind === "cell" && section?.status)) {
    return {
      splices: [
        { from: spot.from, to: spot.to, text: plan.spell(status, spellingOf(spot.kind, plan.context.text.slice(spot.from, spot.to))) },
      ],
    };
  }
  const move = section?.status && home !== null ? moved(task, home, status, plan) : null;
  if (section?.status) return move ?? { because: noHeading(status) };
  return home === null || home.kind === "row" || spot !== null ? { because: noPlace } : marked(home, status, plan);
}

const noHeading = (status: Status): string => `its heading says the status, and there is not one place under a heading for ${status}`;

const noPlace = "the row has no place for a status";

/** A mark behind the title, as others of the file have one: ` [done]`, ` ✅`. */
function marked(home: Exclude<Home, { kind: "row" }>, status: Status, { lines, context: { plain } }: WrittenPlan): FieldEdit {
  const found = marksIn(lines, plain);
  const [like] = found;
  if (like === undefined) return { because: noPlace };
  const { end } = wordsOf(home);
  return { splices: [{ from: end, to: end, text: like.whole.replace(like.writtenStatus, () => spelt(status, found)) }] };
}

type StatusLine = { readonly from: number; readonly to: number; readonly remark: boolean };

/** Where a `Status:` line below an item has its word, and whether more stands behind it. */
function statusLine({ item }: Extract<Home, { kind: "item" }>, { context }: WrittenPlan): StatusLine | null {
  const line = item.lists
    .flatMap((list) => list.items.flatMap((one) => keyLineOf(one, context) ?? []))
    .find(({ field }) => field === "status");
  const { spelling, remark } = readStatusCell(line?.plain ?? "");
  const at = line === undefined ? -1 : context.text.slice(line.from, line.to).indexOf(spelling);
  return line === undefined || at < 0 ? null : { from: line.from + at, to: line.from + at + spelling.length, remark: remark !== "" };
}

/** The task's lines taken out here and put under the heading of a status; null where there is not one place for them. */
function moved(task: DraftTask, home: Home, status: Status, plan: WrittenPlan): FieldEdit | null {
  const from = task.extent?.() ?? null;
  const place = placeUnder(status, home, plan);
  if (from === null || place === null || (home.kind === "item" && !home.top)) return null;
  const box = home.kind === "item" ? home.item.box : null;
  const ticked = box && boxFor(status === "completed" ? "completed" : "todo", box.text, plan.boxes);
  return { splices: box && ticked ? [{ from: box.offset, to: box.end, text: ticked }] : [], move: { from, ...place } };
}

/** Behind the last list, or the last row of the last table of the same columns, below the one heading of a status. */
function placeUnder(status: Status, home: Home, { blocks, context }: WrittenPlan): { readonly at: number; readonly alone: boolean } | null {
  const { text, plain } = context;
  const headings = blocks.flatMap((block, index) => {
    const here =
      block.kind === "line" && block.depth !== null && block.section.status?.status === status && !block.section.status.recurring;
    return here && block.section.heading === plain(block.words.text) ? [{ block, index }] : [];
  });
  const [heading] = headings;
  if (heading === undefined || headings.length > 1) return null;
  const next = blocks.findIndex((block, index) => index > heading.index && block.kind === "line" && block.depth !== null);
  const below = blocks.slice(heading.index + 1, next < 0 ? blocks.length : next);
  if (home.kind === "row") {
    const heads = JSON.stringify(home.table.head.map((cell) => cell.text));
    const table = below.findLast((block) => block.kind === "table" && JSON.stringify(block.head.map((cell) => cell.text)) === heads);
    if (table?.kind !== "table") return null;
    const last = table.rows.at(-1);
    return { at: last === undefined ? belowHead(text, table) : behind(text, last.end), alone: false };
  }
  const list = below.findLast((block) => block.kind === "list");
  if (list?.kind === "list") return { at: behind(text, list.end), alone: false };
  const last = below.at(-1) ?? heading.block;
  const end = last.kind === "table" ? (last.rows.at(-1)?.end ?? last.head.at(-1)?.end ?? 0) : last.end;
  return { at: behind(text, end), alone: true };
}
