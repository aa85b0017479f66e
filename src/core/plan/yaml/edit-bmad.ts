import type { Status } from "../../words.ts";
import { type Change, type FormatEdit, type NewTask, type Splice, type Unwritten, unwritable } from "../change.ts";
import { ownSpelling, type Written } from "../own-spelling.ts";
import { readId } from "../task-id.ts";
import { type BmadKey, readBmadKey } from "./bmad-keys.ts";
import { bare } from "./container-keys.ts";
import { beginsLine, lineStart, linesBehind, pairEnd } from "./places.ts";
import type { BmadPlan, BmadTask } from "./read-bmad.ts";
import { linesFrom } from "./remove-entry.ts";
import type { Attempt } from "./set-task.ts";
import { spell } from "./spell.ts";
import { type Refused, writeValue } from "./write-value.ts";

type Context = { readonly text: string; readonly path: string; readonly plan: BmadPlan; readonly going: ReadonlySet<BmadTask> };

/** What changes come to in a sprint status: it holds keys and statuses, and nothing else of a task. */
export function editBmad(
  plan: BmadPlan,
  changes: readonly Change[],
  { text, path }: { readonly text: string; readonly path: string },
): FormatEdit {
  const going = new Set(changes.flatMap((change) => (change.kind === "remove" ? (taskOf(plan, change.token) ?? []) : [])));
  const attempts = changes.map((change) => attempt(change, { text, path, plan, going }));
  return { splices: attempts.flatMap(({ splices }) => splices), unwritten: attempts.flatMap(({ unwritten }) => unwritten) };
}

const taskOf = ({ tasks }: BmadPlan, token: string): BmadTask | undefined => tasks.find(({ draft }) => draft.token === token);

function attempt(change: Change, context: Context): Attempt {
  const { plan, path } = context;
  const refused = (because: string, at = 0): Attempt => ({ splices: [], unwritten: [unwritable(change, because, at)] });
  if (change.scope !== path) return refused("it belongs to another file");
  const task = taskOf(plan, change.kind === "add" ? (change.after ?? "") : change.token);
  if (change.kind === "add") return add(change, task, context);
  if (task === undefined) return refused("it is not in this file");
  const at = task.pair.from;
  if (change.kind === "set") return set(change, task, context);
  const written = remove(task, context);
  return "because" in written ? refused(written.because, at) : { splices: written, unwritten: [] };
}

const noPlace = "a sprint status has no place for it";

function set(change: Extract<Change, { readonly kind: "set" }>, task: BmadTask, { text, plan }: Context): Attempt {
  const { status } = change.to;
  const others = (["completed", "owner", "notes"] as const).filter(
    (field) => change.to[field] !== undefined && change.to[field] !== task.draft[field],
  );
  const unwritten: readonly Unwritten[] = others.map((field) => ({ change, field, because: noPlace, at: task.pair.from }));
  if (status === undefined || (status === task.draft.status && !task.draft.rollsUp)) return { splices: [], unwritten };
  const written = setStatus(task, wordFor(status, task.key, plan), text);
  if (!("because" in written)) return { splices: written, unwritten };
  return { splices: [], unwritten: [...unwritten, { change, field: "status", because: written.because, at: task.value.from }] };
}

function setStatus({ pair, value }: BmadTask, word: string, text: string): readonly Splice[] | Refused {
  const holder = pair.value.kind === "map" ? pair.value.pairs.find((one) => one.value === value) : pair;
  if (holder === undefined) return { because: "its map has no status" };
  return writeValue(holder, word, { text, flow: pair.value.kind === "map" && pair.value.flow });
}

/** The words of BMAD's own workflow, where the file shows no other. */
const likely: Readonly<Record<Status, string>> = {
  todo: "backlog",
  "in-progress": "in-progress",
  completed: "done",
  blocked: "blocked",
  deferred: "deferred",
};

/** Drafting, review and context are stations on the way that only BMAD's own agents announce; `optional` is said of retrospectives alone. */
const stations = new Set(["review", "inreview", "drafted", "contexted", "optional", "readyfordev"]);

function wordFor(status: Status, key: BmadKey, { tasks }: BmadPlan): string {
  if (status === "deferred" && key.kind === "retrospective") return "optional";
  const alike = tasks.filter((task) => (task.key.kind === "retrospective") === (key.kind === "retrospective"));
  const rows: readonly Written[] = alike.map(({ draft }) => draft).filter(({ writtenStatus }) => !stations.has(bare(writtenStatus)));
  return ownSpelling(status, rows, likely);
}

function add(change: Extract<Change, { readonly kind: "add" }>, after: BmadTask | undefined, { text, plan, going }: Context): Attempt {
  const refused = (because: string): Attempt => ({ splices: [], unwritten: [unwritable(change, because, plan.holder.from)] });
  const { task } = change;
  const neighbour = change.after === null ? plan.tasks.at(-1) : after;
  if (neighbour === undefined)
    return refused(
      change.after === null ? "no key stands there that shows how" : "the task that it should stand behind is not in this file",
    );
  if (readId(task.id.slice(0, 40).replace(/[-_.]+$/, "")) === null || /\s/.test(task.id)) return refused("it cannot be a key there");
  const word = wordFor(task.status ?? "todo", readBmadKey(task.id), plan);
  const line = `${spell(task.id, { like: "plain", flow: plan.map.flow })}: ${word}`;
  const unwritten = unsaid(change, plan.holder.from);
  if (plan.map.flow) {
    const at = pairEnd(neighbour.pair, text);
    return { splices: [{ from: at, to: at, text: `, ${line}` }], unwritten };
  }
  const { from } = neighbour.pair;
  if (!beginsLine(text, from)) return refused("its neighbour does not begin a line");
  const indent = text.slice(lineStart(text, from), from);
  return { splices: [linesBehind(endOf(neighbour, text), indent + line, { text, gone: going.has(neighbour) })], unwritten };
}

/** What a new task says beside its key and status. Its title is read from its key. */
function unsaid(change: Extract<Change, { readonly kind: "add" }>, at: number): readonly Unwritten[] {
  const { id, title, status: _, dependencies = [], ...others } = change.task;
  const fields: (keyof NewTask)[] = title === readBmadKey(id).title ? [] : ["title"];
  if (dependencies.length > 0) fields.push("dependencies");
  for (const field of ["owner", "priority", "hours", "due", "completed", "phase", "milestone", "notes"] as const)
    if (others[field] !== undefined && others[field] !== null) fields.push(field);
  return fields.map((field) => ({ change, field, because: noPlace, at }));
}

function remove(task: BmadTask, { text, plan, going }: Context): readonly Splice[] | Refused {
  if (plan.tasks.filter(({ draft }) => draft.token === task.draft.token).length > 1) return { because: "its id stands twice" };
  if (plan.tasks.every((one) => going.has(one))) return { because: "no task would be left" };
  const { from } = task.pair;
  if (plan.tasks.some((one) => one.draft.parent === task.draft.token && !going.has(one))) return { because: "other tasks are parts of it" };
  if (plan.map.flow || !beginsLine(text, from)) return { because: "it does not stand in lines of its own" };
  return [linesFrom(from, endOf(task, text), text)];
}

const endOf = ({ pair }: BmadTask, text: string): number => pairEnd(pair, text);
