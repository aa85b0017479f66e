import type { Scope, Token } from "../../words.ts";
import { type Change, type FormatEdit, unwritable } from "../change.ts";
import { onlyTasks } from "../draft.ts";
import { editTaskMaster, isBeside, type Tag } from "../json/edit-task-master.ts";
import { type Entry, fieldsOf, rowOf, storable, wordsOf } from "../json/record.ts";
import { type Json, type JsonArray, type JsonObject, memberOf, readJson } from "../json/tree.ts";
import { oneLine } from "../one-line.ts";
import { quoted } from "../quoted.ts";
import { noSection, readRow } from "../row.ts";
import { normalise } from "../token.ts";
import { type Format, type FormatReading, mostTasks, type Refusal, type Source } from "./format.ts";

/**
 * Task Master's `tasks.json`: one list of tasks with sub-tasks, or one for each tag; then every tag is a scope of its own (`<path>#<tag>`).
 * The sub-task 2 of task 5 is `5.2`, as its own commands call it.
 */
export const taskMaster: Format = { summary: "a JSON file of Task Master: tasks with sub-tasks, in tags or without", read, edit };

function read(source: Source): FormatReading {
  const found = find(source);
  if (found === null || "refusal" in found) return found;
  const { tags, entries } = found;
  const names = tags.flatMap(({ name }) => (name === null ? [] : [name]));
  const shown = names.length === 0 ? "without tags" : `with the ${names.length === 1 ? "tag" : "tags"} ${quoted(names.join(", "))}`;
  return { draft: onlyTasks(entries.map((entry) => entry.task)), because: `a file of Task Master ${shown}` };
}

function edit(source: Source, changes: readonly Change[]): FormatEdit | null {
  const found = find(source);
  if (found === null) return null;
  if ("refusal" in found) return { splices: [], unwritten: changes.map((change) => unwritable(change, found.refusal.because)) };
  return editTaskMaster({ ...found, text: source.text, path: source.path }, found.tags, changes);
}

type Found = { readonly root: JsonObject; readonly tags: readonly Tag[]; readonly entries: readonly Entry[] };

function find(source: Source): Found | { readonly refusal: Refusal } | null {
  const { text, named } = source;
  if (!/^\s*\{/.test(text) || !text.includes('"tasks"')) return null;
  const reading = readJson(text);
  if ("wrong" in reading) {
    const looks = /"(?:subtasks|testStrategy)"\s*:/.test(text);
    return looks ? { refusal: { code: "json-syntax", at: reading.at, because: reading.wrong, meant: true } } : null;
  }
  if (reading.root.kind !== "object") return null;
  const { root } = reading;
  const tags = tagsOf(root, source.path);
  const full = tags.filter(({ tasks }) => tasks.items.length > 0);
  if (!full.some(({ tasks }) => holdsTasks(tasks, named))) {
    const empty = tags.length > 0 && full.length === 0 && (named || tags.some(({ name }) => name !== null));
    return empty ? { root, tags, entries: [] } : null;
  }
  const entries: Entry[] = [];
  for (const tag of tags) readTag(tag, entries, source);
  if (entries.length > mostTasks)
    return { refusal: { code: "too-large", at: 0, because: `the file has more than ${mostTasks} tasks`, meant: true } };
  return { root, tags, entries };
}

function tagsOf(root: JsonObject, path: string): readonly Tag[] {
  const tags = new Map<string, Tag>();
  for (const { key, value } of root.members) {
    const tasks = value.kind === "object" ? memberOf(value, "tasks")?.value : undefined;
    const name = oneLine(storable(key));
    if (key === "tasks" && value.kind === "array") tags.set("", { name: null, scope: null, tasks: value, within: root });
    else if (value.kind === "object" && tasks?.kind === "array")
      tags.set(`#${key}`, { name, scope: `${path}#${name}`, tasks, within: value });
    else tags.delete(key === "tasks" ? "" : `#${key}`);
  }
  return [...tags.values()];
}

const looked = 200;

/** Half of the list, or more, are objects with an id and a title; where nobody named the file, with what a task of Task Master has beside. */
function holdsTasks({ items }: JsonArray, named: boolean): boolean {
  const some = items.slice(0, looked);
  return some.filter((item) => isTask(item, named)).length * 2 >= some.length;
}

function isTask(item: Json, named: boolean): boolean {
  if (item.kind !== "object" || memberOf(item, "passes")?.value.kind === "boolean") return false;
  const kinds = new Map(item.members.slice(0, looked).map(({ key, value }) => [key, value.kind]));
  const id = kinds.get("id");
  const texts = kinds.get("title") === "string" && (id === "number" || id === "string");
  return texts && (named || (kinds.get("status") === "string" && (kinds.get("dependencies") === "array" || kinds.has("subtasks"))));
}

/** The scope that a list is of, and the task whose sub-tasks it holds. */
type Around = { readonly scope: Scope | null; readonly holder: Entry | null };

function readTag({ tasks, scope }: Tag, entries: Entry[], source: Source): void {
  readList(tasks, { scope, holder: null }, { entries, source });
}

// Goes as deep as sub-tasks are nested, which is bounded by the depth that JSON is read to.
function readList(list: JsonArray, around: Around, into: { readonly entries: Entry[]; readonly source: Source }): void {
  const { entries, source } = into;
  const local = localTokens(list);
  for (const [index, object] of list.items.entries()) {
    if (entries.length > mostTasks) return;
    if (object.kind !== "object") {
      const message = `${quoted(wordsOf(object))} is no object with an id`;
      source.report("missing-id", () => ({ at: object.from, message }));
      continue;
    }
    const fields = fieldsOf(object);
    const id = fullId(wordsOf(fields.get("id")?.value), around.holder);
    const waitsFor = dependenciesOf(fields.get("dependencies")?.value, local, around.holder);
    const own = new Map([
      ["id", id],
      ["dependencies", waitsFor.join(", ")],
      ["parent", ""],
    ] as const);
    const read = readRow(rowOf(object, fields, { own }), noSection, source.report);
    if (read === null) continue;
    const task = { ...read, scope: around.scope, parent: around.holder?.task.token ?? null };
    const entry: Entry = { task, object, fields, list, index, holder: around.holder, group: null };
    entries.push(entry);
    const subtasks = memberOf(object, "subtasks")?.value;
    if (subtasks?.kind === "array") readList(subtasks, { ...around, holder: entry }, into);
  }
}

const localTokens = (list: JsonArray): ReadonlySet<Token> =>
  new Set(list.items.flatMap((item) => (item.kind === "object" ? [normalise(wordsOf(memberOf(item, "id")?.value))] : [])));

function fullId(written: string, holder: Entry | null): string {
  const id = written.trim();
  return holder === null || id === "" || id.startsWith(`${holder.task.id}.`) ? id : `${holder.task.id}.${id}`;
}

// Below a task, Task Master takes a bare number under 100 for a sub-task beside it, whether there is one or not.
function dependenciesOf(value: Json | undefined, local: ReadonlySet<Token>, holder: Entry | null): readonly string[] {
  const written = value?.kind === "array" ? value.items.map(wordsOf) : wordsOf(value).split(/[,;]/);
  const ids = written.map((id) => id.trim()).filter((id) => id !== "");
  if (holder === null) return ids;
  return ids.map((id) => (local.has(normalise(id)) || isBeside(id) ? fullId(id, holder) : id));
}
