import type { Token } from "../../words.ts";
import { type Change, type FormatEdit, type NewTask, type Unwritten, unwritable } from "../change.ts";
import { newlineOf } from "../markdown/line-at.ts";
import { normalise } from "../token.ts";
import type { BoxRow } from "./box-plan.ts";
import { type FreePlace, findPlace } from "./find-place.ts";
import type { Composed, Desk } from "./hand.ts";
import { markFor } from "./marks.ts";

type Add = Extract<Change, { readonly kind: "add" }>;

/** A new item in the right place, written like its neighbours. `all` = the changes it comes with: it may follow one that they add. */
export function addBox(change: Add, all: readonly Change[], desk: Desk): FormatEdit {
  const { plan, rows, hand } = desk;
  const refused = (because: string): FormatEdit => ({ splices: [], unwritten: [unwritable(change, because)] });
  if (change.scope !== plan.scope) return refused("this file holds no such scope");
  if (rows.has(normalise(change.task.id))) return refused("there is such a task already");
  const after = change.after === null ? null : followed(change.after, all, rows);
  if (after === undefined) return refused("this file has no task to add it below");
  const place = findPlace(change.task, after, desk);
  if (typeof place === "string") return refused(place);
  const composed = hand.compose(change.task, place.like);
  if (typeof composed === "string") return refused(composed);
  const mark = markFor(change.task.status ?? "todo", plan.rows, hand.marks);
  const splice = { from: place.at, to: place.at, text: linesOf({ place, composed, mark: mark ?? " " }, desk) };
  return { splices: [splice], unwritten: unsaid(change, { place, composed, mark }) };
}

/** The row to add below: of tasks that the same edit adds, the one in the file that the first of them follows. */
function followed(token: Token, all: readonly Change[], rows: ReadonlyMap<Token, BoxRow>): BoxRow | null | undefined {
  let at: Token | null = token;
  for (let step = 0; at !== null && !rows.has(at) && step <= all.length; step += 1) {
    const wanted: Token = at;
    const before = all.find((other) => other.kind === "add" && normalise(other.task.id) === wanted);
    if (before?.kind !== "add") return undefined;
    at = before.after;
  }
  return at === null ? null : rows.get(at);
}

type Written = { readonly place: FreePlace; readonly composed: Composed; readonly mark: string };

function linesOf({ place, composed, mark }: Written, { source: { text } }: Desk): string {
  const { like, indent, blank, fresh, at } = place;
  const newline = newlineOf(text);
  const { bullet, gap } = bulletOf(like, text);
  const inner = `${indent}${" ".repeat(bullet.length)}`;
  const lines = [`${indent}${bullet}[${mark}]${gap}${composed.words}`, ...composed.below.map((line) => `${inner}${line}`)].join(newline);
  const unfinished = at > 0 && !/[\r\n]$/.test(text.slice(0, at).slice(-1));
  if (unfinished) return `${newline}${blank ? newline : ""}${lines}`;
  const closing = fresh && at < text.length && !/^[ \t]*(?:[\r\n]|$)/.test(text.slice(at, at + 200)) ? newline : "";
  return `${blank ? newline : ""}${lines}${newline}${closing}`;
}

/** The bullet in front of a box and the blanks behind it, as a neighbour has them. */
function bulletOf(like: BoxRow | null, text: string): { readonly bullet: string; readonly gap: string } {
  const { at = null, box = null } = like ?? {};
  if (at === null || box === null) return { bullet: "- ", gap: " " };
  const bullet = text.slice(at.item.offset, box.offset);
  const gap = text.slice(box.end, at.words.offset);
  return { bullet: /^(?:[-*+]|\d{1,9}[.)])[ \t]+$/.test(bullet) ? bullet : "- ", gap: /^[ \t]+$/.test(gap) ? gap : " " };
}

const always: ReadonlySet<string> = new Set(["id", "title"]);

/** The fields of a new task that its lines do not say. */
function unsaid(change: Add, { place, composed, mark }: Omit<Written, "mark"> & { readonly mark: string | null }): readonly Unwritten[] {
  const { task } = change;
  const says = new Set<string>([...always, ...composed.says, ...(mark === null ? [] : ["status"])]);
  if (task.phase != null && sameName(place.phase, task.phase)) says.add("phase");
  return fieldsOf(task)
    .filter((field) => !says.has(field))
    .map((field) => ({ change, field, because: whyNot(field, task), at: place.at }));
}

const sameName = (a: string | null, b: string): boolean => a !== null && a.trim().toLowerCase() === b.trim().toLowerCase();

function whyNot(field: keyof NewTask, task: NewTask): string {
  if (field === "status") return `no box of this file says ${task.status ?? ""}`;
  return field === "phase" ? "it is added in another section" : `there is no place for ${field} in a box of this file`;
}

const optionalFields = [
  "status",
  "owner",
  "priority",
  "hours",
  "due",
  "completed",
  "phase",
  "milestone",
  "notes",
] as const satisfies readonly (keyof NewTask)[];

function fieldsOf(task: NewTask): readonly (keyof NewTask)[] {
  const given: readonly (keyof NewTask)[] = optionalFields.filter((field) => task[field] != null);
  return (task.dependencies ?? []).length > 0 ? [...given, "dependencies"] : given;
}
