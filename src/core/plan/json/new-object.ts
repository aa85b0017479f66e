import type { NewTask } from "../change.ts";
import type { Field } from "../columns.ts";
import { quoted } from "../quoted.ts";
import type { Home, Manner } from "./dialect.ts";
import { type Layout, listText } from "./layout.ts";
import type { Entry } from "./record.ts";
import type { Json } from "./tree.ts";
import { dateValue, hoursValue, priorityValue, type Told, textValue, type Written } from "./values.ts";

/** What a new object is made after: where it goes, a task like it, the manner of the file, and the layout of lists in such an object. */
export type Pattern = { readonly home: Home; readonly sample: Entry | null; readonly manner: Manner; readonly lists: Layout };

type Members = readonly (readonly [key: string, value: string])[];

/**
 * The members of an object for a new task: those that its neighbour has, in the neighbour's order, with what is said of the task or else
 * empty; behind them what the neighbour has no member for. A text says why there can be no such object.
 */
export function membersOfNew(task: NewTask, pattern: Pattern): { readonly members: Members; readonly told: readonly Told[] } | string {
  const { home, sample, manner } = pattern;
  const { dialect, quote } = manner;
  const title = textValue(task.title, quote);
  if ("because" in title) return title.because;
  const like = (field: Field): Json | undefined => sample?.fields.get(field)?.value ?? manner.like.get(field)?.value;
  const keyOf = (field: Field): string | undefined => sample?.fields.get(field)?.key ?? manner.like.get(field)?.key ?? dialect.usual[field];
  const told: Told[] = [];
  const ours = new Map([
    [keyOf("id") ?? "id", like("id")?.kind !== "string" && isWhole(home.id) ? home.id : quote(home.id)],
    [keyOf("title") ?? "title", title.text],
  ]);
  const status = dialect.status(task.status ?? "todo", null);
  for (const { key, text } of status.puts) if (text !== null) ours.set(key, text);
  if (status.because !== null) told.push({ field: "status", because: status.because });
  if (home.group !== null && typeof task.phase !== "string")
    told.push({ field: "phase", because: `it comes to stand in ${quoted(home.group)}` });
  for (const { field, of, write } of sayings(task, pattern)) {
    const key = keyOf(of);
    const written = key === undefined ? { because: "no task of this file has a place for it" } : write(like(of));
    if ("because" in written) told.push({ field, because: written.because });
    else if (key !== undefined) ours.set(key, written.text);
  }
  return { members: inOrder(ours, pattern), told };
}

const isWhole = (id: string): boolean => /^(?:0|[1-9]\d{0,14})$/.test(id);

type Saying = { readonly field: Told["field"]; readonly of: Field; readonly write: (like: Json | undefined) => Written };

function sayings(task: NewTask, { home, sample, manner, lists }: Pattern): readonly Saying[] {
  const { quote, dialect, like } = manner;
  const { dependencies = [], priority, hours } = task;
  const rank: Field = (sample?.fields ?? like).has("rank") ? "rank" : "priority";
  const all: Saying[] = [];
  if (typeof priority === "number")
    all.push({ field: "priority", of: rank, write: (shown) => priorityValue(priority, shown, dialect.priority) });
  if (typeof hours === "number") all.push({ field: "hours", of: "hours", write: (shown) => hoursValue(hours, shown) });
  for (const field of ["owner", "phase", "milestone", "notes"] as const) {
    const value = task[field];
    if (typeof value === "string" && !(field === "phase" && value === home.group))
      all.push({ field, of: field, write: () => textValue(value, quote) });
  }
  for (const field of ["due", "completed"] as const) {
    const value = task[field];
    if (typeof value === "string") all.push({ field, of: field, write: (shown) => dateValue(value, shown) });
  }
  if (dependencies.length === 0) return all;
  const write = (shown: Json | undefined): Written => {
    if (shown?.kind === "string") return textValue(dependencies.join(", "), quote);
    const ids = dependencies.map((id) => dialect.dependency(id, home));
    return (
      ids.find((id) => "because" in id) ?? {
        text: listText(
          ids.flatMap((id) => ("text" in id ? [id.text] : [])),
          lists,
        ),
      }
    );
  };
  return [...all, { field: "dependencies", of: "dependencies", write }];
}

function inOrder(ours: ReadonlyMap<string, string>, { sample, manner }: Pattern): Members {
  const { bare, texts, order } = manner.dialect;
  const rank = (key: string): number => (order.includes(key) ? order.indexOf(key) : order.length);
  if (sample === null) {
    const all = [...Object.entries(bare).filter(([key]) => !ours.has(key)), ...ours];
    return all.toSorted(([a], [b]) => rank(a) - rank(b));
  }
  const members = new Map<string, string>();
  for (const { key, value } of sample.object.members) {
    const empty = value.kind === "array" ? "[]" : value.kind === "string" && texts.has(key) ? '""' : null;
    const text = ours.get(key) ?? empty;
    if (text !== null) members.set(key, text);
  }
  for (const [key, value] of ours) members.set(key, value);
  return [...members];
}
