import { type Change, type FormatEdit, unwritable } from "../change.ts";
import { onlyTasks } from "../draft.ts";
import { editPrd } from "../json/edit-prd.ts";
import { type Entry, type Fields, fieldsOf, rowOf, wordsOf } from "../json/record.ts";
import { flagOf, gatherStories, type Story, saysState } from "../json/stories.ts";
import { type JsonArray, type JsonObject, readJson } from "../json/tree.ts";
import { quoted } from "../quoted.ts";
import { noSection, readRow } from "../row.ts";
import { readStatusCell } from "../status-spelling.ts";
import { type Format, type FormatReading, mostTasks, type Refusal, type Source } from "./format.ts";

/**
 * `prd.json` and its kin, which agents work through in a loop: a list of stories or features, each of which `passes` or does not yet, or has a
 * status. The list may be the whole file, stand under a key, or be parted into phases or epics.
 */
export const prdJson: Format = { summary: "a JSON file of stories that pass or do not yet (`prd.json`)", read, edit };

function read(source: Source): FormatReading {
  const found = find(source);
  if (found === null || "refusal" in found) return found;
  const { entries, list } = found;
  return { draft: onlyTasks(entries.map((entry) => entry.task)), because: `a JSON file with a list of ${list}` };
}

function edit(source: Source, changes: readonly Change[]): FormatEdit | null {
  const found = find(source);
  if (found === null) return null;
  if ("refusal" in found) return { splices: [], unwritten: changes.map((change) => unwritable(change, found.refusal.because)) };
  return editPrd({ ...found, text: source.text, path: source.path }, changes);
}

type Found = { readonly root: JsonObject | JsonArray; readonly entries: readonly Entry[]; readonly list: string };

function find(source: Source): Found | { readonly refusal: Refusal } | null {
  const { text, named } = source;
  if (!/^\s*[[{]/.test(text)) return null;
  const looks = /"(?:passes|userStories|user_stories)"\s*:/.test(text);
  if (!looks && !named && !/"status"\s*:/.test(text)) return null;
  const reading = readJson(text);
  if ("wrong" in reading)
    return looks || named ? { refusal: { code: "json-syntax", at: reading.at, because: reading.wrong, meant: looks } } : null;
  const { root } = reading;
  if (root.kind !== "object" && root.kind !== "array") return null;

  const { stories, key, sure } = gatherStories(root);
  const marked = stories.filter(({ object }) => saysState(object));
  const certain = sure || marked.some(({ object }) => flagOf(object)?.key === "passes");
  const [one] = stories;
  if (one === undefined || (!named && (!certain || marked.length * 2 < stories.length))) return null;
  if (!stories.some(({ object }) => fieldsOf(object).has("id"))) {
    if (marked.length === 0) return null;
    const because = `none of the ${stories.length} entries${key === "" ? "" : ` under ${quoted(key)}`} has an id`;
    return { refusal: { code: "no-id-column", at: one.list.from, because, meant: true } };
  }
  if (stories.length > mostTasks)
    return { refusal: { code: "too-large", at: 0, because: `the file has more than ${mostTasks} entries`, meant: true } };
  return { root, entries: entriesOf(stories, source), list: key === "" ? "stories" : quoted(key) };
}

function entriesOf(stories: readonly Story[], { report }: Source): readonly Entry[] {
  const entries = new Map<Story, Entry>();
  for (const story of stories) {
    const { object, list, index, phase } = story;
    const fields = fieldsOf(object);
    const { word, flag, wrong } = stateOf(object, fields);
    const row = rowOf(object, fields, { flag, ...(word !== null && { own: new Map([["status", word]]) }) });
    if (wrong !== null) report(wrong.code, () => ({ at: row.place("status"), message: wrong.message }));
    const read = readRow(row, { ...noSection, phase }, report);
    if (read === null) continue;
    const holder = story.holder === null ? null : (entries.get(story.holder) ?? null);
    const parent = holder?.task.token ?? read.parent;
    entries.set(story, { task: { ...read, parent }, object, fields, list, index, holder, group: phase });
  }
  return [...entries.values()];
}

type State = {
  readonly flag: string | undefined;
  readonly word: string | null;
  readonly wrong: { readonly code: "status-disagrees" | "unknown-status"; readonly message: string } | null;
};

/**
 * The word to read a story's status from, where it is not the one that the story has: its flag says whether it is done, its word what it is
 * else. Whatever the key of the flag, it is kept in the one spelling that reads back.
 */
function stateOf(object: JsonObject, fields: Fields): State {
  const flag = flagOf(object);
  const written = wordsOf(fields.get("status")?.value).trim();
  const reading = readStatusCell(written).reading;
  const agrees = flag === null || (reading === null ? written !== "" && !flag.value : (reading.status === "completed") === flag.value);
  if (agrees) return { flag: flag?.key, word: null, wrong: null };
  const word = `passes: ${flag.value}`;
  if (written === "") return { flag: flag.key, word, wrong: null };
  const message = `the status says ${quoted(written)}; ${quoted(`${flag.key}: ${flag.value}`)} counts`;
  return { flag: flag.key, word, wrong: { code: reading === null ? "unknown-status" : "status-disagrees", message } };
}
