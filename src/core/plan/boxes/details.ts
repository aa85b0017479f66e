import { type Field, fieldOf } from "../columns.ts";
import type { Item, Written } from "../markdown/document.ts";
import { oneLine } from "../one-line.ts";
import type { BoxItem } from "./walk.ts";

/** What stands below a box: `_Key: value_` lines by their keys, and the words of the other bullets. */
export type Details = {
  /** The first line of its own words, and those that only go on. */
  readonly title: string;
  readonly notes: string | null;
  readonly dependencies: Written | null;
  readonly extra: Readonly<Record<string, string>>;
};

const longestNotes = 4000;
const longestLine = 2000;

/** What the bullets without a box below an item say of it. Those below an inner box are that box's own. */
export function detailsOf({ item, words }: BoxItem): Details {
  const [first = "", ...rest] = words.text.split("\n");
  const own = rest.findIndex((line) => fieldIn(line) !== null);
  const title = own < 0 ? words.text : [first, ...rest.slice(0, own)].join("\n");
  const lines = [...(own < 0 ? [] : rest.slice(own)).map((text) => ({ text, at: words })), ...bulletLines(item)];
  const extra = new Map<string, string>();
  const notes: string[] = [];
  let dependencies: Written | null = null;
  for (const { text, at } of lines) {
    const field = fieldIn(text);
    if (field === null) notes.push(oneLine(text));
    else if (field.name === "dependencies") dependencies ??= { ...at, text: field.value };
    else if (!extra.has(field.key)) extra.set(field.key, field.value);
  }
  const joined = notes.filter((note) => note !== "").join("\n");
  return {
    title,
    notes: joined === "" ? null : joined.length > longestNotes ? `${joined.slice(0, longestNotes - 1)}…` : joined,
    dependencies,
    extra: Object.fromEntries([...extra].filter(([, value]) => value !== "")),
  };
}

type Detail = { readonly text: string; readonly at: Written };

function bulletLines(item: Item): readonly Detail[] {
  const lines: Detail[] = [];
  const waiting = [...item.lists].reverse().flatMap((list) => [...list.items].reverse());
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { words, box, lists } = next;
    if (box !== null) continue;
    lines.push(...words.text.split("\n").map((text) => ({ text, at: words })));
    for (const list of [...lists].reverse()) waiting.push(...[...list.items].reverse());
  }
  return lines;
}

/** `_Requirements: 1.1_`, `*Depends on: 2*`; bold or bare only where dependencies are named (`**Depends on:** 2.1`). */
export function fieldIn(line: string): { readonly key: string; readonly name: Field | undefined; readonly value: string } | null {
  const text = line.trim().slice(0, longestLine);
  const marks = /^[_*]{0,3}/.exec(text)?.[0] ?? "";
  const colon = text.slice(0, 60).search(/[:：]/);
  if (colon < 0) return null;
  const key = text
    .slice(marks.length, colon)
    .replace(/[_*]+$/, "")
    .trim();
  if (!/^\p{L}[\p{L} /-]*$/u.test(key)) return null;
  const name = fieldOf(key) ?? fieldOf(key.replace(/ on$/i, ""));
  const italic = marks.length === 1 && /[_*]$/.test(text);
  if (!italic && name !== "dependencies") return null;
  const value = text
    .slice(colon + 1)
    .replace(/^[_*\s]+/, "")
    .replace(/[_*]{1,3}$/, "")
    .trim();
  return { key, name, value };
}
