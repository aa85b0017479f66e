import { canonicalJson } from "../../words.ts";
import { type Change, type FormatEdit, type NewTask, type NewValues, type Splice, type Unwritten, unwritable } from "../change.ts";
import { rowKey } from "../compare.ts";
import type { Draft, DraftTask } from "../draft.ts";
import type { Source } from "../formats/format.ts";
import { readDate } from "../iso-date.ts";
import { oneLine } from "../one-line.ts";
import { sourceOf } from "../source.ts";
import { spliced } from "../spliced.ts";
import { normalise } from "../token.ts";
import { givenOf } from "./added-task.ts";
import { addTask } from "./edit-add.ts";
import { inCells } from "./edit-cells.ts";
import { isBlankLine, lineSplice, withoutLines } from "./edit-lines.ts";
import { editStatus } from "./edit-status.ts";
import { editValue, type FieldEdit, type Move } from "./edit-values.ts";
import { readMarkdown } from "./read-markdown.ts";
import type { Stretch } from "./spots.ts";
import { type WrittenPlan, writtenPlan } from "./written-plan.ts";

/**
 * Writes changes into a Markdown plan; in a file with a PLAN block, into the block alone. What is written is read again, and what would not
 * read as it was meant is left out and told, so that no word of a change can break a table or become another task.
 *
 * A file whose boxes are only `[ ]` and `[x]` has no box for in-progress, blocked and deferred: such a status goes to the `Status:` line of the
 * item or under the heading that says it, and where there is neither it is told as unwritten. A file that has one other box (`[~]`, `[!]`,
 * `[-]`) may get the others too.
 */
export function editMarkdown(source: Source, changes: readonly Change[]): FormatEdit | null {
  const quiet = { ...source, report: () => {} };
  const reading = readMarkdown(quiet);
  if (reading === null) return null;
  if ("refusal" in reading) return { splices: [], unwritten: changes.map((change) => unwritable(change, reading.refusal.because)) };
  if (changes.length === 0) return { splices: [], unwritten: [] };
  const plan = writtenPlan(quiet, reading.draft.tasks, changes);
  const tasks = byKey(reading.draft, source.path);
  const written = changes.map((change) => writtenChange(change, tasks, plan));
  return proved(written, { source: quiet, tasks, plan });
}

/** One change as what it does by field; `whole` = splices that no field can be taken from, `gone` = lines that are taken out. */
type Written = {
  readonly change: Change;
  /** Where its task stands. */
  readonly at: number;
  readonly whole: readonly Splice[];
  readonly gone: readonly Stretch[];
  readonly fields: readonly { readonly field: keyof NewValues; readonly splices: readonly Splice[]; readonly move?: Move }[];
  readonly unwritten: readonly Unwritten[];
};

type Tasks = ReadonlyMap<string, DraftTask>;

/** The first row of each token, as it stands when rows are held against each other. */
function byKey({ tasks, scope }: Pick<Draft, "tasks" | "scope">, path: string): Tasks {
  const rows = new Map<string, DraftTask>();
  for (const task of tasks) {
    const key = rowKey({ token: task.token, scope: task.scope ?? scope ?? path });
    if (!rows.has(key)) rows.set(key, task);
  }
  return rows;
}

const keyOf = (change: Change): string =>
  rowKey({ scope: change.scope, token: change.kind === "add" ? normalise(change.task.id) : change.token });

function writtenChange(change: Change, tasks: Tasks, plan: WrittenPlan): Written {
  const task = tasks.get(keyOf(change));
  const at = task?.place(null) ?? 0;
  const none = { change, at, whole: [], gone: [], fields: [], unwritten: [] };
  const refused = (because: string): Written => ({ ...none, unwritten: [unwritable(change, because, at)] });
  if (change.kind === "add") {
    if (task !== undefined) return refused("the plan has a task of that id");
    const after = change.after === null ? null : tasks.get(rowKey({ scope: change.scope, token: change.after }));
    if (after === undefined) return refused(`there is no ${change.after} in the plan`);
    const added = addTask(change, after, plan);
    return "because" in added ? refused(added.because) : { ...none, whole: added.splices, unwritten: added.unwritten };
  }
  if (task === undefined) return refused("there is no such task in the plan");
  if (change.kind === "set") return { ...none, ...setFields(change, task, plan) };
  const lines = task.extent?.();
  if (lines === undefined) return refused("what belongs to it cannot be taken out alone");
  return { ...none, gone: [lines] };
}

function setFields(change: Extract<Change, { kind: "set" }>, task: DraftTask, plan: WrittenPlan): Pick<Written, "fields" | "unwritten"> {
  const { to } = change;
  const fields: Written["fields"][number][] = [];
  const unwritten: Unwritten[] = [];
  const note = (field: keyof NewValues, edit: FieldEdit): void => {
    if ("because" in edit) unwritten.push({ change, field, because: edit.because, at: task.place(field) });
    else fields.push({ field, ...edit });
  };
  const stated = to.status !== undefined && to.status !== task.status;
  if (stated) note("status", editStatus(task, to.status ?? task.status, plan));
  for (const field of ["completed", "owner", "notes"] as const) {
    // A date behind the status says more once the status is another.
    const hidden = field === "completed" && stated && task.completed === null && hasDate(task, plan);
    if (to[field] !== undefined && (to[field] !== task[field] || hidden)) note(field, editValue(task, field, to, plan));
  }
  return { fields, unwritten };
}

function hasDate(task: DraftTask, { context: { text } }: WrittenPlan): boolean {
  const spot = task.spot?.("completed") ?? null;
  return spot !== null && typeof readDate(text.slice(spot.from, spot.to)) === "string";
}

type Known = { readonly source: Source; readonly tasks: Tasks; readonly plan: WrittenPlan };

const misread = "written here it would not read as it is";

/** The changes that read back as what they say; each round leaves out what does not. */
function proved(written: readonly Written[], known: Known): FormatEdit {
  let kept = written;
  for (let round = 0; round < 4; round += 1) {
    const splices = together(kept, known.plan);
    const wrong = misreadOf(kept, splices, known) ?? misreadAlone(kept, known);
    if (wrong.size === 0) return { splices, unwritten: kept.flatMap((one) => one.unwritten) };
    kept = kept.map((one) => without(one, wrong.get(one)));
  }
  return { splices: [], unwritten: written.map(({ change, at }) => unwritable(change, misread, at)) };
}

// Each is one more reading of the file.
const mostAlone = 20;

/** The changes that would not even be read by themselves; all, where that does not tell which of them it is. */
function misreadAlone(kept: readonly Written[], known: Known): Misread {
  const writing = kept.filter(({ whole, gone, fields }) => whole.length + gone.length + fields.length > 0);
  const few = writing.length > 1 && writing.length <= mostAlone;
  const bad = few ? writing.filter((one) => misreadOf([one], together([one], known.plan), known)?.size !== 0) : writing;
  return new Map((bad.length > 0 ? bad : writing).map((one) => [one, new Set([null])]));
}

/** All that changes do to the text. What changes in lines that move, changes in them where they go. */
function together(kept: readonly Written[], plan: WrittenPlan): readonly Splice[] {
  const { text } = plan.context;
  const words = inCells(
    kept.flatMap(({ fields }) => fields.flatMap((one) => one.splices)),
    plan,
  );
  const moves = kept.flatMap(({ fields }) => fields.flatMap(({ move }) => move ?? []));
  const inMove = (splice: Splice): Move | undefined => moves.find(({ from }) => from.from <= splice.from && splice.to <= from.to);
  const here = words.filter((splice) => inMove(splice) === undefined);
  const put = moves.map((move) =>
    movedLines(
      move,
      words.filter((splice) => inMove(splice) === move),
      plan,
    ),
  );
  const whole = [...kept.flatMap((one) => one.whole), ...put];
  const gone = [...kept.flatMap((one) => one.gone), ...moves.map(({ from }) => from)];
  return [...here, ...atEnd(whole, gone, text), ...withoutLines(text, gone, whole)];
}

/** Where the last line goes, which has no line end, the first that comes in its place needs none in front. */
function atEnd(put: readonly Splice[], gone: readonly Stretch[], text: string): readonly Splice[] {
  const first = gone.some(({ to }) => to === text.length) ? put.find(({ from }) => from === text.length) : undefined;
  return put.map((splice) => (splice === first ? { ...splice, text: splice.text.replace(/^(?:\r\n|\n|\r)/, "") } : splice));
}

function movedLines({ from, at, alone }: Move, words: readonly Splice[], { context: { text }, newline }: WrittenPlan): Splice {
  const inside = words.map((splice) => ({ ...splice, from: splice.from - from.from, to: splice.to - from.from }));
  const lines = spliced(text.slice(from.from, from.to), inside).replace(/[\r\n]+$/, "");
  const before = alone && !isBlankLine(text, at - 1) ? [""] : [];
  const after = alone && at < text.length && !isBlankLine(text, at) ? [""] : [];
  return lineSplice(text, at, [...before, lines, ...after], newline);
}

/** What of each change is read otherwise: a field, or `null` for the whole. */
type Misread = ReadonlyMap<Written, ReadonlySet<keyof NewValues | null>>;

function without(one: Written, wrong: ReadonlySet<keyof NewValues | null> | undefined): Written {
  if (wrong === undefined) return one;
  if (wrong.has(null)) return { ...one, whole: [], gone: [], fields: [], unwritten: [unwritable(one.change, misread, one.at)] };
  const told = [...wrong].map((field) => ({ change: one.change, field, because: misread, at: one.at }));
  return { ...one, fields: one.fields.filter(({ field }) => !wrong.has(field)), unwritten: [...one.unwritten, ...told] };
}

function overlap(splices: readonly Splice[]): boolean {
  const sorted = splices.toSorted((a, b) => a.from - b.from || a.to - b.to);
  return sorted.some(({ from }, index) => from < (sorted[index - 1]?.to ?? 0));
}

function readAgain(splices: readonly Splice[], { source }: Known): Tasks | null {
  const { path, text, named } = source;
  const again = readMarkdown({ ...sourceOf({ path, text: spliced(text, splices), named }), report: () => {} });
  return again === null || "refusal" in again ? null : byKey(again.draft, path);
}

/** Null where what was read cannot be laid at the door of a change. */
function misreadOf(kept: readonly Written[], splices: readonly Splice[], known: Known): Misread | null {
  const { tasks } = known;
  const now = overlap(splices) ? null : readAgain(splices, known);
  if (now === null) return null;
  const wrong = new Map<Written, Set<keyof NewValues | null>>();
  const changed = new Map(
    kept.filter(({ whole, gone, fields }) => whole.length + gone.length + fields.length > 0).map((one) => [keyOf(one.change), one]),
  );
  for (const key of new Set([...tasks.keys(), ...now.keys(), ...changed.keys()])) {
    const [before, after, one] = [tasks.get(key), now.get(key), changed.get(key)];
    const bad = misreadFields(before, after, one);
    if (bad.length > 0 && one === undefined) return null;
    if (bad.length > 0 && one !== undefined) wrong.set(one, new Set(bad));
  }
  return wrong;
}

function misreadFields(
  before: DraftTask | undefined,
  after: DraftTask | undefined,
  one: Written | undefined,
): readonly (keyof NewValues | null)[] {
  const change = one?.change;
  if (change?.kind === "remove") return after === undefined ? [] : [null];
  if (one !== undefined && change?.kind === "add") return after !== undefined && isNewTask(change.task, after, one) ? [] : [null];
  if (before === undefined || after === undefined) return [null];
  const fields = one?.fields.map(({ field }) => field) ?? [];
  const to: NewValues = change?.kind === "set" ? change.to : {};
  const bad = fields.filter((field) => (after[field] ?? null) !== asRead(to[field] ?? null));
  if (bad.length > 0) return bad;
  // A date behind the status is one of completion only while that says so.
  const free = fields.includes("status") ? { completed: null, recurring: false } : {};
  const rest = Object.fromEntries(fields.map((field) => [field, null]));
  return said({ ...before, ...rest, ...free }) === said({ ...after, ...rest, ...free }) ? [] : [null];
}

function isNewTask(task: NewTask, read: DraftTask, { unwritten }: Written): boolean {
  const left = new Set(unwritten.map(({ field }) => field));
  if (read.id !== task.id || read.title !== oneLine(task.title)) return false;
  return givenOf(task).every((field) => {
    if (left.has(field)) return true;
    if (field === "dependencies") return (task.dependencies ?? []).every((id) => read.waitsFor.includes(id));
    return field === "notes" || field === "owner" ? read[field] === oneLine(task[field] ?? "") : read[field] === task[field];
  });
}

function said({ place: _p, spot: _s, extent: _e, writtenStatus: _w, rollsUp: _r, steps: _t, ...task }: DraftTask): string {
  return canonicalJson(task);
}

/** Breaks of lines cannot be written in a cell, and read as a space. */
const asRead = (value: string | null): string | null => (value === null ? null : oneLine(value));
