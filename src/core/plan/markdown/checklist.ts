import type { Field } from "../columns.ts";
import type { DraftTask, Spot } from "../draft.ts";
import { readRow } from "../row.ts";
import { readStatus } from "../status-spelling.ts";
import { readId } from "../task-id.ts";
import type { Context } from "./context.ts";
import type { Item, List } from "./document.ts";
import { readFieldList } from "./field-list.ts";
import { spotOf, wholeLines } from "./spots.ts";

/** The items of a checklist: tasks where they carry an id, criteria of the plan where they do not. */
export type Checklist = { readonly tasks: readonly DraftTask[]; readonly open: number; readonly done: number };

export function readChecklists(lists: readonly List[], context: Context): Checklist {
  const tasks: DraftTask[] = [];
  let open = 0;
  let done = 0;
  const waiting = [...lists];
  for (let list = waiting.pop(); list !== undefined; list = waiting.pop()) {
    for (const item of list.items) {
      if (item.box !== null) {
        const task = readItem(item, list, context);
        if (task !== null) tasks.push(task);
        else if (readStatus(item.box.text)?.status === "completed") done += 1;
        else open += 1;
      }
    }
    for (const item of list.items) waiting.push(...item.lists);
  }
  return { tasks: tasks.sort((a, b) => a.place(null) - b.place(null)), open, done };
}

function readItem(item: Item, { section }: List, context: Context): DraftTask | null {
  const named = idOf(item, context);
  if (named === null || item.box === null) return null;
  const fields = readFieldList(item.lists, context);
  const cells = new Map([...fields].map(([field, value]) => [field, value.plain]));
  cells.set("id", named.id).set("title", named.title);
  // An empty box says no more than "not done", so that a Status line or the heading may say what it is instead.
  const open = readStatus(item.box.text)?.status === "todo";
  if (!open) cells.set("status", item.box.text);
  const place = (field: Field | null): number =>
    (field === null || field === "id" ? undefined : fields.get(field)?.at) ?? item.words.offset;
  const { offset, end } = item.box;
  const box: Spot = { from: offset, to: end, kind: "box" };
  const spot = (field: Field): Spot | null =>
    field === "status" && !(open && fields.has("status")) ? box : spotOf(context.text, fields, field);
  const lines = wholeLines(context.text, { from: item.offset, to: item.end });
  const task = readRow(
    { cells, place, spot, ...(lines && { extent: () => lines }) },
    open && section.status?.status !== "completed" ? section : { ...section, status: null },
    context.report,
  );
  return task === null || task.writtenStatus !== "" ? task : { ...task, writtenStatus: item.box.text };
}

type Named = { readonly id: string; readonly title: string };

const mostWords = 1000;

/** The id of an item: at its end `(ID: P1-AUTH-DB)`, or in front: `AUTH-005 title`, `**AUTH-005**: title`, `[T1] title`. */
function idOf(item: Item, { plain }: Context): Named | null {
  const words = plain(item.words.text).slice(0, mostWords);
  const last = /\(ID: ?([^()\s]{1,64})\)\.?$/i.exec(words);
  if (last !== null && readId(last[1] ?? "") !== null) return { id: last[1] ?? "", title: words.slice(0, last.index).trim() };
  const first = /^\[?([A-Za-z][\w.-]{0,63})(?:\]|(?=[\s:—–]))\s?(?:[:—–-]\s?)?/.exec(words);
  const id = first?.[1]?.replace(/[.:-]+$/, "") ?? "";
  const marked = /^[*_`[]/.test(item.words.text.trim());
  if (first === null || !(isNumbered(id) || (marked && isNamed(id)))) return null;
  return { id, title: words.slice(first[0].length).trim() };
}

// Standards stand in front of a sentence as ids do: `UTF-8 file names`, `SHA-256 of the archive`.
const notPrefixes = new Set("UTF SHA AES RSA ISO RFC CVE GPT JDK HTTP TLS SSL ES IPV UTC COVID".split(" "));

const isNumbered = (id: string): boolean =>
  /^T\d{1,5}$/.test(id) ||
  (/^[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+){0,8}-\d{1,9}(?:\.\d{1,9}){0,3}$/.test(id) &&
    !notPrefixes.has(id.slice(0, id.indexOf("-")).toUpperCase()));

const isNamed = (id: string): boolean => /\d/.test(id) && /^[A-Z][A-Z0-9]*(?:-[A-Z0-9]+){1,8}$/.test(id);
