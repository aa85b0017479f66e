import type { Scope, Token } from "../../words.ts";
import { type Change, type FormatEdit, type Splice, type Unwritten, unwritable } from "../change.ts";
import { oneLine } from "../one-line.ts";
import { quoted } from "../quoted.ts";
import { readId } from "../task-id.ts";
import { normalise } from "../token.ts";
import type { Dialect, Find, Home, Manner } from "./dialect.ts";
import { inside, type Layout, layoutOf, listText, objectText, quoteLike, unitOf } from "./layout.ts";
import { membersOfNew } from "./new-object.ts";
import { putsOf } from "./puts.ts";
import type { Entry } from "./record.ts";
import { removalsOf } from "./removals.ts";
import { memberSplices, type Put, partsSplices } from "./splices.ts";
import type { Json, JsonArray, JsonObject } from "./tree.ts";
import type { Told } from "./values.ts";

/** The tasks of a file that is one JSON value. */
export type Kept = {
  readonly text: string;
  readonly path: string;
  readonly root: JsonObject | JsonArray;
  readonly entries: readonly Entry[];
};

/** Writes changes into a file of JSON: values, members and objects are put in, laid out as those beside them are, and nothing else moves. */
export function editEntries(kept: Kept, dialect: Dialect, changes: readonly Change[]): FormatEdit {
  const { text, entries } = kept;
  const { find, twice } = indexOf(kept);
  const unwritten: Unwritten[] = [];
  const refuse = (change: Change, because: string, at?: number): void => void unwritten.push(unwritable(change, because, at));
  const tell = (change: Change, told: readonly Told[], at: number): void =>
    void unwritten.push(...told.map(({ field, because }) => ({ change, field, because, at })));

  const manner: Manner = { dialect, quote: quoteLike(text), like: new Map(entries.toReversed().flatMap((entry) => [...entry.fields])) };
  const sampleFor = samplesOf(entries);
  const removed = removalsOf(changes, { entries, find, twice, refuse });
  const puts = new Map<JsonObject, readonly Put[]>();
  const lists = new Map<JsonArray, ListWork>();
  const fresh = new Map<JsonObject, { readonly texts: string[]; readonly layout: Layout }>();
  for (const { holder, list, index } of removed) if (holder === null || !removed.has(holder)) workOn(list).removed.add(index);

  const added = new Set<string>();
  for (const change of changes) {
    if (change.kind === "add") {
      const because = add(change);
      if (because !== null) refuse(change, because);
    }
    if (change.kind !== "set") continue;
    const entry = find(change.scope, change.token);
    const said = entry === null ? null : putsOf(entry, change.to, manner);
    if (entry === null || said === null) refuse(change, "it is not in this plan");
    else {
      puts.set(entry.object, said.puts);
      tell(change, said.told, entry.object.from);
    }
  }
  for (const [object, { texts, layout }] of fresh)
    puts.set(object, [...(puts.get(object) ?? []), { key: dialect.nested, text: listText(texts, layout) }]);
  const splices: readonly Splice[] = [
    ...[...lists].flatMap(([list, { layout, ...edit }]) => partsSplices(list, edit, layout)),
    ...[...puts].flatMap(([object, members]) => memberSplices(text, object, members, dialect.order)),
  ];
  return { splices, unwritten };

  function workOn(list: JsonArray, layout: Layout = layoutOf(text, list) ?? bare): ListWork {
    const work = lists.get(list) ?? { removed: new Set(), added: new Map(), layout };
    lists.set(list, work);
    return work;
  }

  function add(change: Change & { readonly kind: "add" }): string | null {
    const { task, scope } = change;
    const key = `${scope}\0${normalise(task.id)}`;
    const after = change.after === null ? null : find(scope, change.after);
    if (readId(task.id) !== task.id) return `${quoted(task.id)} cannot be an id`;
    if (find(scope, normalise(task.id)) !== null || added.has(key)) return "there is a task with this id already";
    if (change.after !== null && after === null) return `there is no ${quoted(change.after)} to stand below`;
    if (oneLine(task.title) !== task.title) return "its title is not one line of text";
    const home = dialect.home(task, { scope, after, find });
    if (typeof home === "string") return home;
    if (home.holder !== null && removed.has(home.holder)) return `${quoted(home.holder.task.id)} is taken out in the same edit`;

    const sample = sampleFor(home);
    const layouts = layoutsFor(home, sample, kept);
    const made = membersOfNew(task, { home, sample, manner, lists: layouts.inner });
    if (typeof made === "string") return made;
    const object = objectText(made.members, layouts.object);
    if (home.list === null && home.within.kind === "object") {
      const list = fresh.get(home.within) ?? { texts: [], layout: layouts.list };
      list.texts.push(object);
      fresh.set(home.within, list);
    } else if (home.list !== null) {
      const { added: into } = workOn(home.list, layouts.list);
      const texts = into.get(home.index);
      if (texts === undefined) into.set(home.index, [object]);
      else texts.push(object);
    }
    added.add(key);
    tell(change, made.told, home.within.from);
    return null;
  }
}

type ListWork = { readonly removed: Set<number>; readonly added: Map<number, string[]>; readonly layout: Layout };
const bare: Layout = { lead: "", between: ", ", tail: "", colon: ": " };

function indexOf({ path, entries }: Kept): { readonly find: Find; readonly twice: (entry: Entry) => boolean } {
  const keyOf = (scope: Scope | null, token: Token): string => `${scope ?? path}\0${token}`;
  const first = new Map<string, Entry>();
  const twice = new Set<string>();
  for (const entry of entries) {
    const key = keyOf(entry.task.scope, entry.task.token);
    if (first.has(key)) twice.add(key);
    else first.set(key, entry);
  }
  return { find: (scope, token) => first.get(keyOf(scope, token)) ?? null, twice: ({ task }) => twice.has(keyOf(task.scope, task.token)) };
}

/** A task to make a new one after: of the same list that it comes to stand below, or another of it, or one as deep elsewhere. */
function samplesOf(entries: readonly Entry[]): (home: Home) => Entry | null {
  const byObject = new Map<Json | undefined, Entry>(entries.map((entry) => [entry.object, entry]));
  const byDepth = new Map(entries.toReversed().map((entry) => [depthOf(entry.holder), entry]));
  return ({ list, holder, index }) => {
    const items = list?.items ?? [];
    for (let at = index; at >= 0; at -= 1) {
      const above = byObject.get(items[at]);
      if (above !== undefined) return above;
    }
    return byObject.get(items[0]) ?? byDepth.get(depthOf(holder)) ?? null;
  };
}

const depthOf = (entry: Entry | null): number => (entry === null ? 0 : 1 + depthOf(entry.holder));

type Layouts = { readonly list: Layout; readonly object: Layout; readonly inner: Layout };

function layoutsFor({ list, within }: Home, sample: Entry | null, { text, root }: Kept): Layouts {
  const unit = unitOf(text, root);
  const shown = (list === null ? null : layoutOf(text, list)) ?? (sample === null ? null : layoutOf(text, sample.list));
  const ofList = shown ?? inside(layoutOf(text, within) ?? bare, unit);
  const ofObject = (sample === null ? null : layoutOf(text, sample.object)) ?? inside(ofList, unit);
  const flat = sample?.object.members.map(({ value }) => value).find((value) => value.kind === "array" && isFlat(value));
  return { list: ofList, object: ofObject, inner: (flat?.kind === "array" ? layoutOf(text, flat) : null) ?? inside(ofObject, unit) };
}

const isFlat = ({ items }: JsonArray): boolean =>
  items.length > 0 && items.every((item) => item.kind !== "object" && item.kind !== "array");
