import type { Token } from "../../words.ts";
import { type Draft, type DraftTask, onlyTasks, type Row } from "../draft.ts";
import { mostTasks, type Refusal, type Source } from "../formats/format.ts";
import { quoted } from "../quoted.ts";
import { noSection, readRow } from "../row.ts";
import { readId } from "../task-id.ts";
import { normalise } from "../token.ts";
import { type BmadKey, epicNumbers, readBmadKey } from "./bmad-keys.ts";
import { bare } from "./container-keys.ts";
import { cellOf, type Mapping, type Pair, type YamlNode } from "./node.ts";
import { parseYaml } from "./parse.ts";

/** A key of `development_status` as a task. `value` = what states it. */
export type BmadTask = { readonly draft: DraftTask; readonly pair: Pair; readonly key: BmadKey; readonly value: YamlNode };

export type BmadPlan = { readonly draft: Draft; readonly tasks: readonly BmadTask[]; readonly map: Mapping; readonly holder: Pair };

/** BMAD's `sprint-status.yaml`, by the map it is made for; null where that is missing. */
export function readBmad(source: Source): BmadPlan | { readonly refusal: Refusal } | null {
  const { text, report, named } = source;
  if (!/^["']?development_status["']?[ \t]*:/m.test(text) || /\.(?:md|markdown|csv|tsv|jsonl?)$/i.test(source.path)) return null;
  const reading = parseYaml(source, true);
  if (reading.kind === "refused") return { refusal: reading.refusal };
  const holder = reading.documents
    .flatMap((document) => (document.kind === "map" ? document.pairs : []))
    .find(({ key }) => key === "development_status");
  if (holder === undefined) return null;
  const map = holder.value.kind === "map" ? holder.value : { ...holder.value, kind: "map" as const, pairs: [], flow: true };
  const isDeeper = ({ from }: Pair): boolean =>
    map.pairs.some(({ value }) => value.kind === "map" && from >= value.from && from < value.to);
  const again = reading.twice.filter((pair) => pair.from >= map.from && pair.from < map.to && !isDeeper(pair));
  const pairs = [...map.pairs, ...again].filter(({ key }) => key !== "<<").sort((a, b) => a.from - b.from);
  if (pairs.length === 0 && !named)
    return { refusal: { code: "not-a-plan", at: holder.from, because: "its development_status is empty", meant: false } };
  if (pairs.length > mostTasks) return { refusal: { code: "too-large", at: 0, because: `more than ${mostTasks} tasks`, meant: true } };

  for (const { key, from } of reading.twice.filter((pair) => !again.includes(pair)))
    report("duplicate-key", () => ({
      at: from,
      message: `the key ${quoted(key)} stands already above, in the same map. The first counts`,
    }));
  const epics = epicsOf(pairs);
  const titles = titlesInComments(text);
  const tasks = pairs.flatMap((pair) => taskOf(pair, { epics, titles }, source) ?? []);
  return { draft: onlyTasks(tasks.map(({ draft }) => draft)), tasks, map, holder };
}

type Epics = ReadonlyMap<string, Token>;

/** The epics by their number, and all keys by themselves, so that a retrospective finds what it looks back on. */
function epicsOf(pairs: readonly Pair[]): Epics {
  const epics = new Map<string, Token>();
  for (const { key } of pairs) {
    const read = readBmadKey(key);
    if (read.kind !== "retrospective") epics.set(key.toLowerCase(), normalise(key));
    if (read.kind === "epic" && !epics.has(read.number)) epics.set(read.number, normalise(key));
  }
  return epics;
}

function parentOf(key: BmadKey, epics: Epics): Token | null {
  switch (key.kind) {
    case "story":
      return epicNumbers(key.number).flatMap((number) => epics.get(number) ?? [])[0] ?? null;
    case "retrospective":
      return epics.get(key.of.toLowerCase()) ?? null;
    case "epic":
    case "other":
      return null;
  }
}

/** Epics have their titles in comments above them: `# Epic 2: Payments`. By number; the first of each counts. */
function titlesInComments(text: string): ReadonlyMap<string, string> {
  const titles = new Map<string, string>();
  for (const [, number = "", title = ""] of text.matchAll(
    /^[ \t]*#[ \t]*epic[ \t-]?(\d{1,4}(?:[.-]\d{1,4})*)[ \t]?[:—–][ \t]*(\S.{0,200})$/gimu,
  )) {
    const plain = number.replaceAll("-", ".").replace(/(?<!\d)0+(?=\d)/g, "");
    if (!titles.has(plain)) titles.set(plain, title.trim());
  }
  return titles;
}

// Keys grow with the titles of stories, far beyond what anybody would cite.
const longestKey = 200;

type Known = { readonly epics: Epics; readonly titles: ReadonlyMap<string, string> };

function taskOf(pair: Pair, { epics, titles }: Known, { report }: Source): BmadTask | null {
  const key = readBmadKey(pair.key);
  const id = pair.key.trim();
  if (id.length > longestKey || readId(id.slice(0, 40).replace(/[-_.]+$/, "")) === null || /\s/.test(id)) {
    report("bad-id", () => ({ at: pair.from, message: `${quoted(pair.key)} cannot be an id` }));
    return null;
  }
  const value = stateOf(pair);
  const row: Row = {
    cells: new Map([
      ["id", "1"],
      ["title", (key.kind === "epic" ? titles.get(key.number) : undefined) ?? key.title],
      ["status", cellOf(value) ?? ""],
    ]),
    place: (field) => (field === "status" ? value.from : pair.from),
    spot: (field) =>
      field === "status" && value.kind === "text" && !value.shared ? { from: value.from, to: value.to, kind: "value" } : null,
  };
  const read = readRow(row, noSection, report);
  if (read === null) return null;
  // An epic stays `contexted` from its first story to its last: that says no more than that it has stories.
  const rollsUp = read.rollsUp || bare(read.writtenStatus) === "contexted";
  const draft = { ...read, id, token: normalise(id), parent: parentOf(key, epics), optional: key.kind === "retrospective", rollsUp };
  return { draft, pair, key, value };
}

/** Most write `key: done`, some `key: {status: done, …}`. */
function stateOf({ value }: Pair): YamlNode {
  if (value.kind !== "map") return value;
  return (
    value.pairs.find(({ key }) => bare(key) === "status")?.value ?? { kind: "nothing", from: value.from, to: value.from, shared: true }
  );
}
