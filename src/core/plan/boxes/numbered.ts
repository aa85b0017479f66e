import type { Token } from "../../words.ts";
import type { NewTask } from "../change.ts";
import { mostTasks, type Refusal, type Source, tooLargeForMarkdown } from "../formats/format.ts";
import type { Plain } from "../markdown/plain-text.ts";
import { type BoxPlan, type BoxRow, scopeOf } from "./box-plan.ts";
import { type Details, fieldIn } from "./details.ts";
import type { BoxReading, Composed, Hand } from "./hand.ts";
import { flagsOf, type Head, headOf, titleFor } from "./head.ts";
import type { Marks } from "./marks.ts";
import { namedIds } from "./named-ids.ts";
import { type BoxHead, type Dialect, readBoxes } from "./read-boxes.ts";
import { walkItems } from "./walk.ts";

/** `2`, `2.1`, `2.1.3`. */
const number = "\\d{1,4}(?:\\.\\d{1,4}){0,5}";

/** Reads a file whose boxes are numbered `1.`, `2.1`, `2.1.3`; null where none is. What a number's front names is what it is a part of. */
export function readNumbered(source: Source, marks: Marks): BoxPlan | { readonly refusal: Refusal } | null {
  if (tooLargeForMarkdown(source) !== null) return null;
  const { plain, document } = source.markdown();
  const { items, headings } = walkItems(document.blocks, plain);
  const { rows, criteria } = readBoxes(items, dialectOf(marks, plain), source);
  if (rows.length === 0) return null;
  if (rows.length > mostTasks) return { refusal: { code: "too-large", at: 0, because: `more than ${mostTasks} tasks`, meant: true } };
  return { scope: scopeOf(source.path), rows, headings, criteria, milestones: [] };
}

/** Whether a file is named as the list of tasks in a folder of several documents (`tasks.md`, `tasks-v2.md`). */
export const isTaskList = (path: string): boolean => /tasks[^/]*\.md$/i.test(path);

/** What there is to say of such a file beside its tasks. */
export const asideOf = ({ criteria: { open, done } }: BoxPlan): string =>
  open + done === 0 ? "" : `, with ${open + done} boxes without a number as criteria`;

const dialectOf = (marks: Marks, plain: Plain): Dialect => ({
  marks,
  head: (words) => taskHead(words, plain),
  parent: parentOf,
  waits: waitsOf,
});

/** `2` of `2.1`. */
export const parentOf = (id: string): string | null => (id.includes(".") ? id.slice(0, id.lastIndexOf(".")) : null);

/** `(P)` in front of a title: may be done beside others. */
function taskHead(words: string, plain: Plain): BoxHead | null {
  const head = numberedHead(words);
  if (head === null) return null;
  const { flags, rest } = flagsOf(head.rest, /^\((P)\)[ \t]+/);
  const title = plain(rest);
  const star = head.style.before === "" && /^\*(?!\*)/.test(head.style.behind);
  return {
    id: head.id,
    title,
    style: head.style,
    optional: star || /\(optional\)$/i.test(title),
    extra: flags.length > 0 ? { parallel: "yes" } : {},
  };
}

/** A bare `3` begins a sentence as well as a title: it is an id only with a dot, a colon or bold marks. */
function numberedHead(words: string): Head | null {
  const head = headOf(words.replace(/^(?:Task|任务)[ \t]+(?=\d)/, ""), number);
  return head === null || (!head.id.includes(".") && head.style.behind.trim() === "" && head.style.end === "") ? null : head;
}

const waiting = /\((?:depends on|blocked by)[: \t]+([^()\n]{1,200})\)/gi;
const mostWords = 4000;

/** `_Depends on: 2.1, 2.2_` below, or `(depends on 2.1)` in the title. */
function waitsOf({ title, dependencies }: Details, known: ReadonlySet<Token>): readonly string[] {
  const said = [...title.slice(0, mostWords).matchAll(waiting)].map((found) => found[1] ?? "");
  return [...new Set([...said, dependencies?.text ?? ""].flatMap((words) => namedIds(words, { pattern: number }, known)))];
}

/** How a numbered file is written. `dependsOn` = how dependencies are written below a box; null where the format has no line for them. */
export function numberedHand(
  read: (source: Source) => BoxReading,
  { marks, plain, dependsOn }: { readonly marks: Marks; readonly plain: Plain; readonly dependsOn: ((ids: string) => string) | null },
): Hand {
  return {
    marks,
    read,
    parent: parentOf,
    level: (id) => id.split(".").length,
    nests: true,
    completion: null,
    compose: (task, like) => composed(task, like, plain, dependsOn),
  };
}

function composed(task: NewTask, like: BoxRow | null, plain: Plain, dependsOn: ((ids: string) => string) | null): Composed | string {
  const title = titleFor(task.title, plain);
  if (title === null || fieldIn(title) !== null) return "its title cannot be written on one line";
  if (headOf(task.id, number)?.id !== task.id) return "an id here is a number such as 2 or 2.1";
  const alike = like !== null && like.task.id.includes(".") === task.id.includes(".");
  const { before, behind, end } = alike ? like.style : { before: "", behind: task.id.includes(".") ? " " : ". ", end: "" };
  const ids = (task.dependencies ?? []).join(", ");
  const below = ids === "" || dependsOn === null ? [] : [dependsOn(ids)];
  return {
    words: `${before}${task.id}${behind.replace(/^\*(?!\*)/, "")}${title}${end}`,
    below,
    says: dependsOn === null ? [] : ["dependencies"],
  };
}
