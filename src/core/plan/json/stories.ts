import { oneLine } from "../one-line.ts";
import { readStatusCell } from "../status-spelling.ts";
import { fieldsOf, wordsOf } from "./record.ts";
import type { Json, JsonArray, JsonObject } from "./tree.ts";

/** An entry of a list of stories, the group that it stands in, and the story that it is a part of. */
export type Story = {
  readonly object: JsonObject;
  readonly list: JsonArray;
  readonly index: number;
  readonly phase: string | null;
  readonly holder: Story | null;
};

/** What a file has for stories, and the key they stand under; `sure` = such a key, or such a grouping, is of nothing but plans. */
export type Stories = { readonly stories: readonly Story[]; readonly key: string; readonly sure: boolean };

const surely: ReadonlySet<string> = new Set(["userStories", "user_stories", "stories"]);
const listKeys = [...surely, "features", "tasks", "items", "requirements", "backlog"];
const groupKeys = ["phases", "epics", "milestones", "sprints"];

/** Finds the list of stories: the first of a usual name most of whose entries say a state, or else the first that has entries. */
export function gatherStories(root: JsonObject | JsonArray): Stories {
  if (root.kind === "array") return gathered(root, "");
  const members = new Map(root.members.map(({ key, value }) => [key, value]));
  const all = [...listKeys, ...groupKeys].flatMap((key) => {
    const value = members.get(key);
    const found = value?.kind === "array" ? gathered(value, key) : null;
    return found === null || found.stories.length === 0 ? [] : [found];
  });
  const best = all.find(({ stories }) => stories.filter(({ object }) => saysState(object)).length * 2 >= stories.length);
  return best ?? all[0] ?? { stories: [], key: "", sure: false };
}

/** Whether an entry says how far it is, by a flag or by a word. */
export const saysState = (object: JsonObject): boolean =>
  flagOf(object) !== null || readStatusCell(wordsOf(fieldsOf(object).get("status")?.value)).reading !== null;

const flags = ["passes", "passed", "complete", "completed", "done"];

/** The member that says by true or false whether a story is done. */
export function flagOf(object: JsonObject): { readonly key: string; readonly value: boolean } | null {
  for (const key of flags) {
    const value = object.members.findLast((member) => member.key === key)?.value;
    if (value?.kind === "boolean") return { key, value: value.value };
  }
  return null;
}

type Around = { readonly phase: string | null; readonly holder: Story | null };

function gathered(list: JsonArray, key: string): Stories {
  const stories: Story[] = [];
  const grouped = gather(list, { phase: null, holder: null }, stories);
  return { stories, key, sure: surely.has(key) || (grouped && groupKeys.includes(key)) };
}

/** Goes as deep as lists are nested, which is bounded by the depth that JSON is read to. */
function gather(list: JsonArray, { phase, holder }: Around, into: Story[]): boolean {
  let grouped = false;
  for (const [index, object] of list.items.entries()) {
    if (object.kind !== "object") continue;
    const nested = object.members.flatMap(({ key, value }) =>
      value.kind === "array" && (listKeys.includes(key) || groupKeys.includes(key)) && haveIds(value) ? [value] : [],
    );
    if (nested.length > 0 && flagOf(object) === null) {
      grouped = true;
      for (const inner of nested) gather(inner, { phase: nameOf(object) ?? phase, holder }, into);
      continue;
    }
    const story: Story = { object, list, index, phase, holder };
    into.push(story);
    for (const inner of nested) gather(inner, { phase, holder: story }, into);
  }
  return grouped;
}

const haveIds = ({ items }: JsonArray): boolean =>
  items.length > 0 && items.every((item) => item.kind === "object" && fieldsOf(item).has("id"));

function nameOf(group: Json & JsonObject): string | null {
  const fields = fieldsOf(group);
  const name = oneLine(wordsOf((fields.get("title") ?? fields.get("phase") ?? fields.get("milestone") ?? fields.get("id"))?.value));
  return name === "" ? null : name;
}
