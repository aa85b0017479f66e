import type { Splice } from "../change.ts";
import type { Entry, FrontMatter, Value } from "./front-matter.ts";
import { spellScalar } from "./spell-scalar.ts";

/** What writing came to: the pieces to be put in place, or why it cannot be done. */
export type Written = { readonly splices: readonly Splice[] } | { readonly because: string };

/** Writes a value behind its key, in the form it has there: a word in its quotes, a list between brackets or of lines. Null empties it. */
export function writeValue(text: string, { colon, value }: Entry, to: string | null): Written {
  switch (value.kind) {
    case "scalar":
      if (value.block) return { because: "its value is a text of several lines" };
      return splice(value.from, value.to, to === null ? "''" : spellScalar(to, text.slice(value.from, value.to)));
    case "empty":
      return to === null ? { splices: [] } : splice(colon, colon, ` ${spellScalar(to)}`);
    case "list":
      return writeList(text, colon, value, to === null ? [] : itemsOf(to));
    default:
      return { because: "its value is neither a word nor a list of words" };
  }
}

/** Adds a key below the others. */
export function writeLine(text: string, front: FrontMatter, key: string, to: string): Written {
  const first = [...front.entries.values()][0];
  const start = first === undefined ? front.from : text.lastIndexOf("\n", first.from - 1) + 1;
  const indent = text.slice(start, first?.from ?? start);
  if (!front.lines || /[^ ]/.test(indent)) return { because: "its front matter has no lines of keys" };
  return splice(front.end, front.end, `${indent}${key}: ${spellScalar(to)}${lineBreakOf(text, front)}`);
}

/** How the lines of a front matter end. */
export const lineBreakOf = (text: string, front: FrontMatter): string => (text.startsWith("\r\n", front.from - 2) ? "\r\n" : "\n");

const splice = (from: number, to: number, text: string): Written => ({ splices: [{ from, to, text }] });

/** A list is read with commas between its items. */
function itemsOf(to: string): readonly string[] {
  const items = to.split(", ");
  return items.every((item) => item !== "" && item.trim() === item) ? items : [to];
}

type List = Extract<Value, { kind: "list" }>;

function writeList(text: string, colon: number, list: List, to: readonly string[]): Written {
  const [first] = list.items;
  const spelt = to.map((item) => spellScalar(item, first === undefined ? "" : text.slice(first.from, first.to)));
  if (list.flow)
    return text.slice(list.from, list.to).includes("\n")
      ? { because: "its list goes over several lines" }
      : splice(list.from, list.to, `[${spelt.join(", ")}]`);
  const last = list.items.at(-1);
  if (first === undefined || last === undefined) return { because: "its list is empty" };
  const joints = list.items.slice(1).map((item, index) => text.slice(list.items[index]?.to ?? 0, item.from));
  const dash = text.slice(text.lastIndexOf("\n", first.from - 1) + 1, first.from);
  if (!/^[ \t]*-[ \t]+$/.test(dash) || list.items.some((item) => item.block) || !joints.every(isJoint))
    return { because: "something else stands between the items of its list" };
  if (to.length === 0) return /^\s*-[ \t]+$/.test(text.slice(colon, first.from)) ? splice(colon, last.to, " []") : comment;
  const joint = joints[0] ?? (text.slice(colon, first.from).includes("\r\n") ? "\r\n" : "\n") + dash;
  return splice(first.from, last.to, spelt.join(joint));
}

const isJoint = (between: string): boolean => /^[ \t]*\r?\n[ \t]*-[ \t]+$/.test(between);
const comment: Written = { because: "a comment stands before the items of its list" };
