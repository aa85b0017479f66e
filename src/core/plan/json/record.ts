import { columnsOf, type Field } from "../columns.ts";
import type { DraftTask, Row } from "../draft.ts";
import type { Json, JsonArray, JsonObject, Member } from "./tree.ts";

/** Which member of an object holds which field of a task. */
export type Fields = ReadonlyMap<Field, Member>;

/** A task with the object it was read from, its place in a list, and the task or the group whose object that list stands in. */
export type Entry = {
  readonly task: DraftTask;
  readonly object: JsonObject;
  readonly fields: Fields;
  readonly list: JsonArray;
  readonly index: number;
  readonly holder: Entry | null;
  /** The name of the group that the list stands in. */
  readonly group: string | null;
};

/**
 * Finds the fields of a task among an object's members, by the names that people give to columns of tables. An estimate counts only under a
 * key that says hours or days: `effort: 3` may be anything. What is true or false is no date, person or status.
 */
export function fieldsOf(object: JsonObject): Fields {
  const fields = new Map<Field, Member>();
  for (const [field, key] of keysOf(object.members.slice(0, mostMembers).map((member) => member.key))) {
    const member = object.members.findLast((one) => one.key === key);
    if (member !== undefined && member.value.kind !== "boolean") fields.set(field, member);
  }
  return fields;
}

/** What a value says: a text, a number as it is written, a list of such with commas between; nothing where it holds more than that. */
export function wordsOf(value: Json | undefined): string {
  switch (value?.kind) {
    case "string":
      return storable(value.value);
    case "number":
      return value.written;
    case "boolean":
      return String(value.value);
    case "array":
      return value.items.every((item) => item.kind !== "object" && item.kind !== "array") ? value.items.map(wordsOf).join(", ") : "";
  }
  return "";
}

/** What a tool means by a cell where that is not what it writes, and a key that says the status beside it. */
export type Meaning = { readonly own?: ReadonlyMap<Field, string>; readonly flag?: string | undefined };

/** The object as a row: cells by field, and where each stands. */
export function rowOf(object: JsonObject, fields: Fields, { own = new Map(), flag }: Meaning = {}): Row {
  const cells = new Map([...fields].map(([field, member]) => [field, wordsOf(member.value)]));
  for (const [field, words] of own) cells.set(field, words);
  const places = new Map([...fields].map(([field, member]) => [field, member.value.from]));
  const used = new Set([...fields.values()].map((member) => member.key));
  if (flag !== undefined) used.add(flag);
  const start = object.from;
  return { cells, extra: extraOf(object, used), place: (field) => (field === null ? start : (places.get(field) ?? start)) };
}

const mostMembers = 200;
const mostExtra = 20;
const longestExtra = 200;

// Plans hold long descriptions and notes for agents; rows are stored and shown, so only what is short is kept, and of long lists their length.
// Times of the last touch change with every change and say nothing of the task.
function extraOf({ members }: JsonObject, used: ReadonlySet<string>): Readonly<Record<string, string>> {
  const extra = new Map<string, string>();
  for (const { key, value } of members.slice(0, mostMembers)) {
    if (extra.size === mostExtra) break;
    if (used.has(key) || key === "__proto__" || key.length > 60 || isTouch(key)) continue;
    const words = wordsOf(value);
    if (words !== "" && words.length <= longestExtra) extra.set(storable(key), words);
    else if (words !== "" && value.kind === "array") extra.set(storable(key), String(value.items.length));
  }
  return Object.fromEntries(extra);
}

const isTouch = (key: string): boolean => /^(?:last_?)?(?:created|updated|modified)(?:_?(?:at|on))?$/i.test(key);

/** A text without what no database takes: JSON can spell U+0000 and halves of surrogate pairs. */
export const storable = (text: string): string => (/[\0\ud800-\udfff]/.test(text) ? text.replace(/[\0\p{Cs}]/gu, "\uFFFD") : text);

const unread: ReadonlySet<Field> = new Set(["number", "risk", "impact", "likelihood", "mitigation"]);
const known = new Map<string, ReadonlyMap<Field, string>>();

// Thousands of objects share a few lists of keys.
function keysOf(keys: readonly string[]): ReadonlyMap<Field, string> {
  const list = keys.join("\0");
  const before = known.get(list);
  if (before !== undefined) return before;
  const found = new Map<Field, string>();
  for (const [field, index] of columnsOf(keys)) {
    const key = keys[index];
    if (key === undefined || unread.has(field)) continue;
    if ((field === "hours" || field === "days") && !/hour|day/i.test(key)) continue;
    found.set(field, key);
  }
  if (known.size < 1000 && list.length < 1000) known.set(list, found);
  return found;
}
