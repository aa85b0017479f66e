import type { Splice } from "../change.ts";
import { inside, type Layout, layoutOf, memberText, partsOf } from "./layout.ts";
import type { JsonArray, JsonObject } from "./tree.ts";

/** Which parts of a list go, by index, and which texts come behind which part; behind -1: in front of all. */
export type PartsEdit = { readonly removed: ReadonlySet<number>; readonly added: ReadonlyMap<number, readonly string[]> };

/** Takes parts out and puts others in, each with its comma; the bytes of those that stay are not touched. */
export function partsSplices(container: JsonObject | JsonArray, { removed, added }: PartsEdit, layout: Layout): readonly Splice[] {
  const parts = partsOf(container);
  const addedFrom = (from: number, to: number): readonly string[] =>
    Array.from({ length: to - from }, (_, index) => added.get(from + index) ?? []).flat();
  const first = parts.findIndex((_, index) => !removed.has(index));
  const [start, kept] = [parts[0], parts[first]];
  if (start === undefined || kept === undefined) {
    const texts = addedFrom(-1, parts.length);
    if (texts.length === 0 && removed.size === 0) return [];
    const text = texts.length === 0 ? "" : layout.lead + texts.join(layout.between) + layout.tail;
    return [{ from: container.from + 1, to: container.to - 1, text }];
  }

  const splices: Splice[] = [];
  const front = addedFrom(-1, first);
  if (first > 0 || front.length > 0)
    splices.push({ from: start.from, to: kept.from, text: front.map((one) => one + layout.between).join("") });
  for (let index = first; index < parts.length; ) {
    let next = index + 1;
    while (next < parts.length && removed.has(next)) next += 1;
    const [from, to] = [parts[index]?.to, parts[next - 1]?.to];
    const behind = addedFrom(index, next);
    if (from !== undefined && to !== undefined && (to > from || behind.length > 0))
      splices.push({ from, to, text: behind.map((one) => layout.between + one).join("") });
    index = next;
  }
  return splices;
}

/** A member to be written, or with `null` to be taken out. */
export type Put = { readonly key: string; readonly text: string | null };

/** Writes members of an object: values where the keys are there, new members behind those that come before them in the `order` of keys. */
export function memberSplices(text: string, object: JsonObject, puts: readonly Put[], order: readonly string[]): readonly Splice[] {
  const layout = layoutOf(text, object) ?? inside({ lead: "", between: ", ", tail: "", colon: ": " }, "");
  const removed = new Set<number>();
  const added = new Map<number, string[]>();
  const values: Splice[] = [];
  for (const put of puts) {
    const at = object.members.findLastIndex((member) => member.key === put.key);
    const value = object.members[at]?.value;
    // A key that stands twice is taken out wherever it stands, or the first would come to count.
    if (put.text === null) for (const [index, { key }] of object.members.entries()) if (key === put.key) removed.add(index);
    if (put.text === null) continue;
    if (value === undefined) {
      const before = placeFor(put.key, object, order);
      added.set(before, [...(added.get(before) ?? []), memberText(put.key, put.text, layout)]);
    } else if (text.slice(value.from, value.to) !== put.text) values.push({ from: value.from, to: value.to, text: put.text });
  }
  return [...values, ...partsSplices(object, { removed, added }, layout)];
}

function placeFor(key: string, { members }: JsonObject, order: readonly string[]): number {
  const rank = order.indexOf(key);
  if (rank < 0) return members.length - 1;
  for (let before = rank - 1; before >= 0; before -= 1) {
    const at = members.findLastIndex((member) => member.key === order[before]);
    if (at >= 0) return at;
  }
  return -1;
}
