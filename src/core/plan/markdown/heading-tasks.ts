import { isFinished, type Status } from "../../words.ts";
import type { DraftTask } from "../draft.ts";
import { readRow } from "../row.ts";
import type { Box, Naming } from "./checklist.ts";
import type { Context } from "./context.ts";
import type { Block, Document, Line, List, Written } from "./document.ts";
import { readFieldLines } from "./field-lines.ts";
import { listKind } from "./labels.ts";
import { linesOfWords } from "./pieces.ts";
import { sectionEnds } from "./section-ends.ts";
import { idInFront } from "./task-id-in-words.ts";
import { taskRow } from "./task-row.ts";
import { readTaskWords, type TaskWords } from "./task-words.ts";

/** What else a document holds: its boxes, in order, and how what has no id is named. */
type Beside = { readonly boxes: readonly Box[]; readonly naming: Naming | null };

/**
 * Tasks written as a line of their own. `Task 4 — title`, or a title with an id, as a heading or a paragraph, above fields with an ID or a
 * status (`Status: Done — 2025-10-16 — note`); without an ID field the id of the line counts. A heading is one, too, if it carries a mark
 * or a box, or has boxes below; and epics are from two of them on, whatever they say. Without a status of its own a task has the one that
 * the boxes below it come to.
 */
export function readHeadingTasks(document: Pick<Document, "blocks" | "end">, beside: Beside, context: Context): readonly DraftTask[] {
  const { blocks, end } = document;
  const ends = sectionEnds(blocks, end);
  const read = blocks.flatMap((block, index) => {
    const one = block.kind === "line" ? readLine(block, { blocks, index, end: ends[index] ?? end }, { ...beside, context }) : null;
    return one === null ? [] : [one];
  });
  const epics = read.filter(({ epic }) => epic).length;
  return read.flatMap(({ task, epic, told }) => (told || (epic && epics > 1) ? [task] : []));
}

type Standing = { readonly blocks: readonly Block[]; readonly index: number; readonly end: number };
type Read = { readonly task: DraftTask; readonly epic: boolean; readonly told: boolean };

function readLine(line: Line, standing: Standing, { boxes, naming, context }: Beside & { readonly context: Context }): Read | null {
  const heading = line.depth !== null;
  const list = standing.blocks[standing.index + 1]?.kind === "list";
  if (!heading && !list) return null;
  const words = readTaskWords(line.words, "none", context);
  const below = belowOf(line, { ...standing, near: words.id === null }, context);
  const lines = below.lines.flatMap((one) => linesOfWords(one, context.text));
  const { fields, extra } = readFieldLines(below.lists, lines, context);
  const boxed = heading && words.values.get("status")?.kind === "box";
  const id = fields.get("id")?.plain ?? words.id ?? (boxed && naming !== null ? naming(words.title) : null);
  if (id === null || (heading && listKind(null, line.section) !== "tasks")) return null;
  const inside = heading ? boxesIn(boxes, line.end, standing.end) : [];
  const marked = words.cells.has("status");
  const told =
    words.id === null
      ? boxed || (fields.has("id") && fields.has("status"))
      : fields.has("status") || (words.number !== null && fields.has("id")) || marked || inside.length > 0;
  const epic = heading && /^(?:epic|story)-/i.test(words.id ?? "");
  if (!told && !epic) return null;
  const whole = { from: line.offset, to: standing.end };
  const row = taskRow({ id, words, fields, extra, box: null }, { at: line.words.offset, whole }, context);
  const task = readRow(row, line.section, context.report);
  return task === null ? null : { task: finished(task, { line, words, inside }), epic, told };
}

/**
 * What gives a line its fields: of a heading with an id all up to the next heading, or to a line of text that is a task's title as well;
 * of any other line the list right below it.
 */
function belowOf(
  line: Line,
  { blocks, index, near }: Standing & { readonly near: boolean },
  context: Context,
): { readonly lists: readonly List[]; readonly lines: readonly Written[] } {
  const lists: List[] = [];
  const lines: Written[] = [];
  const last = near || line.depth === null ? index + 1 : blocks.length - 1;
  for (let at = index + 1; at <= last; at += 1) {
    const block = blocks[at];
    if (block === undefined || (block.kind === "line" && (block.depth !== null || isTitle(block, blocks[at + 1], context)))) break;
    if (block.kind === "list") lists.push(block);
    if (block.kind === "line") lines.push(block.words);
  }
  return { lists, lines };
}

const isTitle = ({ words }: Line, next: Block | undefined, { plain }: Context): boolean =>
  next?.kind === "list" && words.text.length <= 300 && idInFront(plain(words.text), false) !== null;

/** The boxes of a stretch; criteria count only where there are no others. */
function boxesIn(boxes: readonly Box[], from: number, to: number): readonly Box[] {
  const inside = boxes.slice(firstFrom(boxes, from), firstFrom(boxes, to));
  const work = inside.filter(({ criterion }) => !criterion);
  return work.length > 0 ? work : inside;
}

function firstFrom(boxes: readonly Box[], offset: number): number {
  let low = 0;
  let high = boxes.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((boxes[middle]?.at ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

type Rest = { readonly line: Line; readonly words: TaskWords; readonly inside: readonly Box[] };

function finished(task: DraftTask, { line, words, inside }: Rest): DraftTask {
  return {
    ...task,
    status: task.rollsUp ? statusOfBoxes(inside) : task.status,
    number: words.number,
    optional: words.optional || line.section.optional,
    milestone: task.milestone ?? line.section.milestone,
  };
}

/** What the boxes of a task come to: done when all are that must be, and begun once one is. */
function statusOfBoxes(boxes: readonly Box[]): Status {
  const needed = boxes.filter((box) => !box.optional);
  const all = new Set((needed.length > 0 ? needed : boxes).map(({ status }) => status));
  if (all.size > 0 && [...all].every(isFinished)) return all.has("completed") ? "completed" : "deferred";
  if (all.has("in-progress") || all.has("completed")) return "in-progress";
  return all.has("blocked") ? "blocked" : "todo";
}
