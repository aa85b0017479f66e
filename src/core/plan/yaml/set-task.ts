import { type Change, type NewValues, type Splice, type Unwritten, unwritable } from "../change.ts";
import type { Field } from "../columns.ts";
import { ownSpelling, type Written } from "../own-spelling.ts";
import { readStatusCell } from "../status-spelling.ts";
import { bare } from "./container-keys.ts";
import type { Pair } from "./node.ts";
import type { YamlTask } from "./read-tasks.ts";
import { spell } from "./spell.ts";
import { addPair, type Refused, readsBack, writeValue } from "./write-value.ts";

/** What the writing of one change comes to. */
export type Attempt = { readonly splices: readonly Splice[]; readonly unwritten: readonly Unwritten[] };

export type SetChange = Extract<Change, { readonly kind: "set" }>;

/** The file as the writing of a task needs it: its text, and how all its tasks are written. */
export type Manner = { readonly text: string; readonly tasks: readonly YamlTask[] };

/** Gives a task new values: in the place of the old ones, or under a new key beside its others. */
export function setTask(task: YamlTask, change: SetChange, manner: Manner): Attempt {
  const { map } = task.entry;
  const at = task.draft.place(null);
  if (map.shared) return { splices: [], unwritten: [unwritable(change, "an anchor stands at it, and other places may take it over", at)] };
  const attempts = (["status", "completed", "owner", "notes"] as const).flatMap((field) => {
    const written = change.to[field] === undefined ? [] : setField(task, field, { to: change.to, manner });
    return [{ field, written }];
  });
  return {
    splices: attempts.flatMap(({ written }) => ("because" in written ? [] : written)),
    unwritten: attempts.flatMap(({ field, written }) =>
      "because" in written ? [{ change, field, because: written.because, at: task.draft.place(field) }] : [],
    ),
  };
}

type Wanted = { readonly to: NewValues; readonly manner: Manner };
type Outcome = readonly Splice[] | Refused;

function setField(task: YamlTask, field: keyof NewValues, { to, manner }: Wanted): Outcome {
  const { draft, cells } = task;
  if (field === "status") return to.status === undefined ? [] : setStatus(task, to.status, manner);
  const value = to[field] ?? null;
  if (value === draft[field]) return [];
  if (value !== null && !readsBack(value)) return { because: "it would not read as it is" };
  const { remark } = readStatusCell(cells.cells.get("status") ?? "");
  if (value === null && remark !== "" && field !== "owner") return { because: "it stands behind its status" };
  return place(task, field, { value, manner });
}

/** Every place where somebody looks at the work once more is not where work begins. */
const passing = new Set(["review", "inreview", "partial", "optional", "contexted"]);

/** How the file spells a status, of those words that are states to be set. */
export const spellingIn = (status: YamlTask["draft"]["status"], rows: readonly Written[]): string =>
  ownSpelling(
    status,
    rows.filter(({ writtenStatus }) => !passing.has(bare(writtenStatus))),
  );

function setStatus(task: YamlTask, status: YamlTask["draft"]["status"], manner: Manner): Outcome {
  const { draft, cells, entry } = task;
  if (status === draft.status && !draft.rollsUp) return [];
  if (cells.done !== null) {
    if (status !== "completed" && status !== "todo") return { because: `the file says only whether it is ${bare(cells.done.key)}` };
    if (!entry.map.pairs.includes(cells.done)) return { because: "it is taken over from another place" };
    const { value } = cells.done;
    if (value.kind !== "text" || value.shared || value.style === "block") return { because: "an anchor or a tag stands before its value" };
    const quotes = value.style === "plain" ? 0 : 1;
    return [{ from: value.from + quotes, to: value.to - quotes, text: String(status === "completed") }];
  }
  const word = spellingIn(
    status,
    manner.tasks.map((one) => one.draft),
  );
  const { remark, spelling } = readStatusCell(cells.cells.get("status") ?? "");
  if (remark === "") return place(task, "status", { value: word, manner });
  const value = cells.pairs.get("status")?.value;
  const start = value?.kind === "text" && !value.shared ? value.from + (value.style === "plain" ? 0 : 1) : -1;
  const simple = value?.kind === "text" && value.style !== "block" && manner.text.startsWith(spelling, start) && !/["'\\]/.test(word);
  const dated = /^\d{4}-\d{2}-\d{2}/.test(remark);
  if (!simple || dated || (value.style === "plain" && spell(word, { like: "plain", flow: true }) !== word))
    return { because: "words stand behind its status" };
  return [{ from: start, to: start + spelling.length, text: word }];
}

/** Behind which of its own keys a new one goes: the nearest in meaning that it has. */
const beside: Readonly<Record<keyof NewValues, readonly Field[]>> = {
  status: ["title", "detail", "id"],
  completed: ["due", "start", "status", "title", "id"],
  owner: ["status", "title", "id"],
  notes: ["completed", "due", "dependencies", "owner", "status", "title", "id"],
};

function place(
  task: YamlTask,
  field: keyof NewValues,
  { value, manner }: { readonly value: string | null; readonly manner: Manner },
): Outcome {
  const { text, tasks } = manner;
  const { map } = task.entry;
  const own = task.cells.pairs.get(field);
  if (own !== undefined && map.pairs.includes(own)) return writeValue(own, value, { text, flow: map.flow });
  const key = keyFor(field, tasks, map.pairs);
  if (key === null) return { because: "its key is taken by something else" };
  const others = [...beside[field].flatMap((one) => task.cells.pairs.get(one) ?? []), ...map.pairs];
  const behind = others.find((pair) => map.pairs.includes(pair) && pair.value.kind === "text" && pair.value.style !== "block");
  if (behind === undefined) return { because: "there is no simple key to put it beside" };
  const like = likeOf(field, tasks);
  const spelt = value === null ? "null" : spell(value, { like, flow: map.flow });
  return addPair(map, behind, { key, spelt, text });
}

/** The quotes that the file gives a field. */
export function likeOf(field: Field, tasks: readonly YamlTask[]): "plain" | "single" | "double" {
  for (const { cells } of tasks) {
    const value = cells.pairs.get(field)?.value;
    if (value?.kind === "text" && value.style !== "block") return value.style;
  }
  return "plain";
}

const otherwise: Readonly<Record<keyof NewValues, readonly string[]>> = {
  status: ["status", "state"],
  completed: ["completed", "completed_at", "completion_date"],
  owner: ["owner", "assignee"],
  notes: ["notes", "note", "comments"],
};

/** The key that the file gives a field most often, or our own; null where the map has all of them for something else. */
function keyFor(field: keyof NewValues, tasks: readonly YamlTask[], pairs: readonly Pair[]): string | null {
  const taken = new Set(pairs.map(({ key }) => bare(key)));
  return [...keysOf(field, tasks), ...otherwise[field]].find((key) => !taken.has(bare(key)) && /^[A-Za-z][\w-]*$/.test(key)) ?? null;
}

/** The keys that the file gives a field, the most frequent first. */
export function keysOf(field: Field, tasks: readonly YamlTask[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { cells } of tasks) {
    const key = cells.pairs.get(field)?.key;
    if (key !== undefined) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([key]) => key);
}
