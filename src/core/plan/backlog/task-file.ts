import { isFinished } from "../../words.ts";
import { type Field, fieldOf } from "../columns.ts";
import type { DraftTask, Row } from "../draft.ts";
import type { FolderFile } from "../folder.ts";
import { strict } from "../own-spelling.ts";
import type { Report } from "../problem-list.ts";
import { noSection, readRow } from "../row.ts";
import { normalise } from "../token.ts";
import type { FolderConfig } from "./folder-config.ts";
import type { Entry, FrontMatter, Value } from "./front-matter.ts";

/** A file of one task. `completed` = it lies in the folder of completed tasks, which says so whatever its status. */
export type TaskFile = { readonly file: FolderFile; readonly front: FrontMatter; readonly completed: boolean };

const keys: Readonly<Partial<Record<Field, readonly string[]>>> = {
  id: ["id"],
  title: ["title"],
  status: ["status"],
  owner: ["assignee"],
  priority: ["priority"],
  dependencies: ["dependencies"],
  start: ["actual_start", "planned_start"],
  due: ["due_date", "planned_end"],
  completed: ["actual_end", "completed_date"],
  milestone: ["milestone"],
};

/** What Backlog.md itself keeps up, and what is read as something else. */
const bookkeeping = new Set(["created_date", "updated_date", "ordinal", "parent_task_id", "subtasks"]);

/** Which key of a file holds each field: the names above, else any other that a column of that name would be read by. */
export function fieldsOf({ entries }: FrontMatter): ReadonlyMap<Field, Entry> {
  const fields = new Map<Field, Entry>();
  for (const [field, names] of Object.entries(keys)) {
    const found = names.flatMap((name) => entries.get(name) ?? []);
    const entry = found.find(({ value }) => textOf(value) !== "") ?? found[0];
    if (isField(field) && entry !== undefined) fields.set(field, entry);
  }
  for (const entry of entries.values()) {
    const field = fieldOf(entry.key);
    if (field !== undefined && !fields.has(field) && !bookkeeping.has(entry.key)) fields.set(field, entry);
  }
  return fields;
}

const isField = (name: string): name is Field => Object.hasOwn(keys, name);

/** What a value says, the items of a list with commas between them. */
export function textOf(value: Value): string {
  if (value.kind === "scalar") return value.text;
  return value.kind === "list" ? itemsOf(value).join(", ") : "";
}

const itemsOf = (value: Value | undefined): readonly string[] => {
  if (value?.kind === "list") return value.items.map((item) => item.text).filter((text) => text.trim() !== "");
  return value?.kind === "scalar" ? [value.text] : [];
};

/** The ids of the other files, and what stands before their numbers. */
export type Neighbours = { readonly tokens: ReadonlySet<string>; readonly config: FolderConfig };

/** A file's task; null where it has no id, which is reported. */
export function readTaskFile({ front, completed }: TaskFile, { tokens, config }: Neighbours, report: Report): DraftTask | null {
  const fields = fieldsOf(front);
  const written = textOf(fields.get("status")?.value ?? nothing).trim();
  const meaning = config.meaning(written);
  const cells = new Map([...fields].map(([field, { value }]) => [field, textOf(value)]));
  // A word that only this folder's own list explains is read as ours.
  if (meaning !== null && !meaning.recurring) cells.set("status", strict[meaning.status]);
  const waitsFor = itemsOf(fields.get("dependencies")?.value).map((id) => known(id, tokens, config));
  cells.set("dependencies", waitsFor.join(", "));
  const place: Row["place"] = (field) => placeOf(field === null ? undefined : fields.get(field), fields.get("id"), front);
  const task = readRow({ cells, extra: extraOf(front, fields), place }, noSection, report);
  if (task === null) return null;
  const parent = itemsOf(front.entries.get("parent_task_id")?.value)[0];
  const folder = completed && !isFinished(task.status) ? ({ status: "completed", recurring: false } as const) : {};
  return {
    ...task,
    writtenStatus: written,
    parent: parent === undefined ? null : normalise(known(parent, tokens, config)),
    rollsUp: task.rollsUp && !completed,
    ...folder,
  };
}

const nothing: Value = { kind: "empty", from: 0, to: 0 };

function placeOf(entry: Entry | undefined, id: Entry | undefined, front: FrontMatter): number {
  if (entry === undefined) return id?.from ?? front.from;
  const { value } = entry;
  return value.kind === "list" ? (value.items[0]?.from ?? value.from) : value.kind === "empty" ? entry.from : value.from;
}

/** An id as this folder writes it now: `task-24.1` and `24.1` are `BACK-24.1` once the prefix is `BACK`. */
function known(written: string, tokens: ReadonlySet<string>, { prefix }: FolderConfig): string {
  if (tokens.has(normalise(written))) return written;
  const number = /^(?:task-)?(\d[\d.]*)$/i.exec(written.trim())?.[1];
  const renamed = `${prefix}-${number ?? ""}`;
  return number !== undefined && tokens.has(normalise(renamed)) ? renamed : written;
}

function extraOf({ entries }: FrontMatter, fields: ReadonlyMap<Field, Entry>): Readonly<Record<string, string>> {
  const read = new Set([...fields.values()].map((entry) => entry.key));
  const others = [...entries.values()].filter(({ key }) => !read.has(key) && !bookkeeping.has(key));
  return Object.fromEntries(others.map(({ key, value }) => [key, textOf(value)] as const).filter(([, text]) => text.trim() !== ""));
}
