import type { Status } from "../../words.ts";
import type { DraftTask } from "../draft.ts";
import { readRow } from "../row.ts";
import { readStatus } from "../status-spelling.ts";
import { readId } from "../task-id.ts";
import type { Context } from "./context.ts";
import type { Item, List, Written } from "./document.ts";
import { isFieldLine, readFieldLines } from "./field-lines.ts";
import { type ListKind, listKind } from "./labels.ts";
import { linesOfWords } from "./pieces.ts";
import { taskRow } from "./task-row.ts";
import { readTaskWords, type TaskWords } from "./task-words.ts";

/** A box that is no task, or an item without one (not `boxed`) that is marked as one would be; `at` = where it stands. */
export type Box = {
  readonly boxed: boolean;
  readonly done: boolean;
  readonly status: Status;
  readonly optional: boolean;
  readonly criterion: boolean;
  readonly at: number;
};

/** The items of lists: tasks where they carry an id, criteria of the plan where they do not. */
export type Checklist = { readonly tasks: readonly DraftTask[]; readonly boxes: readonly Box[] };

/** Gives a task without an id the one that its title makes. */
export type Naming = (title: string) => string;

/**
 * Reads lists. An item is a task if it has an id and a box, a mark of its status, a `Status:` line, a heading that is a status, or items
 * below it that are tasks. With `naming`, what has a box or a mark and no id is named by its title.
 */
export function readChecklists(lists: readonly List[], naming: Naming | null, context: Context): Checklist {
  const found: Found = { tasks: [], boxes: [] };
  for (const list of lists) {
    const kind = listKind(list.label, list.section);
    if (kind !== "legend") readItems(list, { kind, parent: null, naming, found, top: true }, context);
  }
  return found;
}

type Found = { readonly tasks: DraftTask[]; readonly boxes: Box[] };
type Within = {
  readonly kind: ListKind;
  readonly parent: DraftTask | null;
  readonly naming: Naming | null;
  readonly found: Found;
  readonly top: boolean;
};

// Lists nest no deeper than what `chunksOf` leaves of a text.
function readItems(list: List, within: Within, context: Context): void {
  const { found } = within;
  for (const item of list.items) {
    const kind = within.kind === "tasks" ? listKind(labelOf(item, context), { titles: [] }) : within.kind;
    const isWork = kind === "tasks";
    const as = { list, naming: isWork ? within.naming : null, top: within.top };
    const read = readItem(item, as, isWork ? context : { ...context, report: () => {} });
    const task = isWork ? (read?.task ?? null) : null;
    const index = found.tasks.length;
    if (task === null && read?.box) found.boxes.push({ ...read.box, criterion: kind === "criteria" });
    const parent = task === null ? within.parent : { ...task, parent: within.parent?.token ?? null };
    if (task !== null && parent !== null) found.tasks.push(parent);
    for (const below of item.lists) readItems(below, { ...within, kind, parent, top: false }, context);
    // An item that nothing else makes a task is one if it holds tasks.
    if (task !== null && read?.bare && found.tasks.length === index + 1) found.tasks.pop();
  }
}

/** An item with items below may be their title: `Acceptance criteria:`. */
const labelOf = ({ lists, box, words }: Item, { plain }: Context): string | null =>
  lists.length === 0 || box !== null || words.text.length > 80 ? null : plain(words.text).replace(/:$/, "");

type ReadItem = { readonly task: DraftTask | null; readonly box: Omit<Box, "criterion"> | null; readonly bare: boolean };
type As = { readonly list: List; readonly naming: Naming | null; readonly top: boolean };

function readItem(item: Item, { list, naming, top }: As, context: Context): ReadItem | null {
  const { title, below } = partsOf(item, context);
  const reading = item.box === null ? null : readStatus(item.box.text);
  const words = readTaskWords(title, reading === null ? "none" : reading.status === "todo" ? "open" : "settled", context);
  const marked = words.cells.has("status");
  const status = reading?.status !== "todo" && reading !== null ? reading : (readStatus(words.cells.get("status") ?? "") ?? reading);
  const optional = words.optional || item.box?.text.endsWith("*") === true;
  const box =
    status === null
      ? null
      : { boxed: item.box !== null, done: status.status === "completed", status: status.status, optional, at: title.offset };
  const { fields, extra } = readFieldLines(item.lists, below, context);
  const told = item.box === null ? null : readId(fields.get("id")?.plain ?? "");
  const work = item.box !== null || marked || (top && list.section.status !== null);
  const id = words.id ?? told ?? (work ? (naming?.(boldOf(title, context) ?? words.title) ?? null) : null);
  if (id === null) return { task: null, box, bare: false };
  const bare = item.box === null && !marked && !fields.has("status") && list.section.status === null;
  const said = { id, words, fields, extra, box: item.box && { ...item.box, settled: reading !== null && reading.status !== "todo" } };
  const row = taskRow(said, { at: item.words.offset, whole: { from: item.offset, to: item.end } }, context);
  return { task: finished(readRow(row, sectionFor(item, list), context.report), { item, list, words, optional }), box, bare };
}

/** The words that a title sets off in front of what it says of them: `**Fix the form** — it is broken on phones`. */
const boldOf = ({ text }: Written, { plain }: Context): string | null => {
  const bold = /^\*\*([^*]{3,100})\*\*/.exec(text)?.[1];
  return bold === undefined ? null : plain(bold);
};

/** Which of an item's lines are its title, and which give its fields. */
function partsOf({ words, paragraphs }: Item, context: Context): { readonly title: Written; readonly below: readonly Written[] } {
  const [first = words, ...rest] = linesOfWords(words, context.text);
  const at = rest.findIndex((line) => isFieldLine(line, context));
  const more = paragraphs.flatMap((paragraph) => linesOfWords(paragraph, context.text));
  if (at < 0) return { title: words, below: more };
  const end = (rest[at - 1] ?? first).end;
  return { title: { text: context.text.slice(words.offset, end), offset: words.offset, end }, below: [...rest.slice(at), ...more] };
}

/** What a heading says of an item: a box that is open below “Done” is not done, and one that is settled needs no heading. */
function sectionFor(item: Item, { section }: List): List["section"] {
  const open = item.box === null || readStatus(item.box.text)?.status === "todo";
  return open && (item.box === null || section.status?.status !== "completed") ? section : { ...section, status: null };
}

type Rest = { readonly item: Item; readonly list: List; readonly words: TaskWords; readonly optional: boolean };

function finished(task: DraftTask | null, { item, list, words, optional }: Rest): DraftTask | null {
  if (task === null) return null;
  const written = task.writtenStatus === "" && item.box !== null ? item.box.text : task.writtenStatus;
  return {
    ...task,
    status: words.struckOut && task.status === "todo" ? "deferred" : task.status,
    writtenStatus: written,
    optional: optional || list.section.optional,
    milestone: task.milestone ?? list.section.milestone,
    rollsUp: task.rollsUp && item.box === null,
    number: words.number,
  };
}
