import type { PlannedMilestone, Token } from "../../words.ts";
import { type BoxPlan, type BoxRow, draftOf, scopeOf } from "../boxes/box-plan.ts";
import type { Details } from "../boxes/details.ts";
import { editBoxes } from "../boxes/edit-boxes.ts";
import type { Hand } from "../boxes/hand.ts";
import { flagsOf, headOf, titleFor } from "../boxes/head.ts";
import { namedIds } from "../boxes/named-ids.ts";
import { type BoxHead, type Dialect, readBoxes } from "../boxes/read-boxes.ts";
import { type Heading, walkItems } from "../boxes/walk.ts";
import type { Plain } from "../markdown/plain-text.ts";
import { type Format, type FormatReading, mostTasks, type Refusal, type Source, tooLargeForMarkdown } from "./format.ts";

/**
 * The tasks of a feature as spec-kit writes them: `- [ ] T001 [P] [US1] text` below `## Phase 1: Setup`. Ids are unique in the feature's
 * folder, which is the scope. Stories are the milestones, so that one can see how far a story is. Boxes without such an id are criteria.
 */
export const specKit: Format = {
  summary: "a spec-kit `tasks.md`: boxes with ids such as T001, below phases, with `[P]` and `[US1]`",
  read,
  edit: (source, changes) => {
    const plan = planOf(source);
    return plan === null ? null : editBoxes(source, plan, changes, hand(source.markdown().plain));
  },
};

function read(source: Source): FormatReading {
  const plan = planOf(source);
  if (plan === null || "refusal" in plan) return plan;
  const { open, done } = plan.criteria;
  const aside = open + done === 0 ? "" : `, with ${open + done} boxes without one as criteria`;
  return { draft: draftOf(plan), because: `a list of spec-kit's: boxes with ids such as ${plan.rows[0]?.task.id ?? "T001"}${aside}` };
}

const idPattern = "T-?\\d{1,5}[a-z]?(?:\\.\\d{1,3}){0,3}";
const marks = { own: {}, usual: { todo: " ", completed: "X" } } as const;

function planOf(source: Source): BoxPlan | { readonly refusal: Refusal } | null {
  const { path } = source;
  if (!/(?:^|[/.])(?:[^/.]*|md|markdown)$/i.test(path) || tooLargeForMarkdown(source) !== null) return null;
  const { plain, document } = source.markdown();
  const { items, headings } = walkItems(document.blocks, plain);
  if (!items.some(({ box, words }) => box !== null && headOf(words.text, idPattern) !== null)) return null;
  const { rows, criteria } = readBoxes(items, dialect(plain), source);
  if (!isSpecKit(path, rows)) return null;
  if (isTemplate(path) && !source.named) return { refusal: template };
  if (rows.length > mostTasks) return { refusal: { code: "too-large", at: 0, because: `more than ${mostTasks} tasks`, meant: true } };
  return { scope: scopeOf(path), rows, headings, criteria, milestones: storiesOf(rows, headings, source) };
}

/** In a feature's folder ids as T1 are enough; elsewhere they could be anyone's, and must look like those that spec-kit makes. */
function isSpecKit(path: string, rows: readonly BoxRow[]): boolean {
  if (/(?:^|\/)specs\/[^/]+\/[^/]*tasks[^/]*\.md$/i.test(path)) return rows.length > 0;
  const long = rows.filter(({ task }) => /^T\d{3}/.test(task.id));
  return long.length * 2 > rows.length && long.some(({ task }) => task.milestone !== null || task.extra.parallel !== undefined);
}

const isTemplate = (path: string): boolean => /(?:^|\/)templates\/|-template\.md$/i.test(path);
const template: Refusal = {
  code: "not-a-plan",
  at: 0,
  because: "a template of a list of tasks; its tasks are samples, and read only where the file is named as a plan",
  meant: false,
};

const dialect = (plain: Plain): Dialect => ({
  marks,
  head: (words) => taskHead(words, plain),
  parent: () => null,
  waits: waitsOf,
});

/** `[P]` may be done beside others; `[US1]` is the story. Other words in brackets are left in the title. */
function taskHead(words: string, plain: Plain): BoxHead | null {
  const head = headOf(words, idPattern);
  if (head === null) return null;
  const { flags, rest } = flagsOf(head.rest, /^\[(P|US-?\d{1,3})\][ \t]*/i);
  const story = flags.find((flag) => flag.toUpperCase() !== "P");
  return {
    id: head.id,
    title: plain(withoutWaits(rest)),
    style: head.style,
    milestone: story?.toUpperCase() ?? null,
    extra: flags.some((flag) => flag.toUpperCase() === "P") ? { parallel: "yes" } : {},
  };
}

const waiting = /\b(?:depend(?:s|ent)? on|blocked by|after|requires|needs)[: \t]+((?:[^.;()[\]—\n]|\.(?=\S)){1,200})/giu;
const mostWords = 4000;

/** Order is what the words say, not what the phases suggest: `(depends on T012, T013)`, `after T003`. */
function waitsOf({ title, dependencies }: Details, known: ReadonlySet<Token>): readonly string[] {
  const said = [...title.slice(0, mostWords).matchAll(waiting)].map((found) => found[1] ?? "");
  const all = [...said, dependencies?.text ?? ""].flatMap((words) => namedIds(words, { pattern: idPattern }, known));
  return [...new Set(all)];
}

/** A title without the ids that it waits for, where brackets at its end say nothing else. */
function withoutWaits(written: string): string {
  const words = written.trimEnd();
  const end = words.slice(-250);
  const found = /\(depends on:? T[T\d.,& \t-]{0,200}\)$/i.exec(end);
  return found === null ? words : words.slice(0, words.length - end.length + found.index).trimEnd();
}

/** The stories that tasks name, with the titles their headings give them. */
function storiesOf(rows: readonly BoxRow[], headings: readonly Heading[], { lines }: Source): readonly PlannedMilestone[] {
  const ids = [...new Set(rows.flatMap(({ task }) => (task.milestone === null ? [] : [task.milestone])))];
  const titled = new Map<string, { readonly heading: Heading; readonly title: string; readonly priority: string | null }>();
  for (const heading of headings) {
    const found = /^(?:phase [^:—–]{1,20}[:—–] ?)?(?:user story|us) ?-?(\d{1,3}) ?[:—–-] ?(.+)$/iu.exec(heading.title.slice(0, 300));
    const id = `US${found?.[1] ?? ""}`;
    if (found === null || titled.has(id)) continue;
    const words = found[2] ?? "";
    const priority = /\(priority: ?(P\d)\)/i.exec(words);
    titled.set(id, { heading, title: words.slice(0, priority?.index).trim(), priority: priority?.[1] ?? null });
  }
  return ids.map((id) => {
    const found = titled.get(id.replace("-", ""));
    const first = rows.find(({ task }) => task.milestone === id);
    const line = lines.placeOf(found?.heading.offset ?? first?.task.place(null) ?? 0).line;
    const notes = found?.priority == null ? null : `Priority: ${found.priority}`;
    return { id, title: found?.title || id, owner: null, start: null, due: null, notes, line };
  });
}

const hand = (plain: Plain): Hand => ({
  marks,
  read: planOf,
  parent: () => null,
  level: () => 0,
  nests: false,
  completion: null,
  compose: (task, like) => {
    const title = titleFor(task.title, plain);
    if (title === null) return "its title cannot be written on one line";
    if (headOf(task.id, idPattern)?.id !== task.id) return "an id here is a T and a number";
    const story = /^US-?\d{1,3}$/.test(task.milestone ?? "") ? `[${task.milestone}] ` : "";
    const ids = (task.dependencies ?? []).join(", ");
    const { before, behind, end } = like?.style ?? { before: "", behind: " ", end: "" };
    const words = `${before}${task.id}${behind}${story}${title}${end}${ids === "" ? "" : ` (depends on ${ids})`}`;
    return { words, below: [], says: ["dependencies", ...(story === "" ? [] : (["milestone"] as const))] };
  },
});
