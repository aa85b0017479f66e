import type { JsonArray, JsonObject, Span } from "./tree.ts";

/** How an object or a list is written: the blanks behind its opening, what stands between its parts, the blanks before its closing, its colons. */
export type Layout = { readonly lead: string; readonly between: string; readonly tail: string; readonly colon: string };

export const partsOf = (container: JsonObject | JsonArray): readonly Span[] =>
  container.kind === "object" ? container.members : container.items;

/** The layout that an object or a list shows; null where it is empty and shows none. */
export function layoutOf(text: string, container: JsonObject | JsonArray): Layout | null {
  const parts = partsOf(container);
  const [first, second] = parts;
  const last = parts.at(-1);
  if (first === undefined || last === undefined) return null;
  const [member] = container.kind === "object" ? container.members : [];
  const colon = member === undefined ? ": " : text.slice(member.keyTo, member.value.from);
  const lead = text.slice(container.from + 1, first.from);
  const between = second === undefined ? `,${isBroken(lead) ? lead : behind(colon)}` : text.slice(first.to, second.from);
  return { lead, between, tail: text.slice(last.to, container.to - 1), colon };
}

/** The layout of what stands one level deeper, where the file shows none: on lines of its own where its holder's parts are. */
export function inside(holder: Layout, unit: string): Layout {
  const { lead, colon } = holder;
  if (!isBroken(lead)) return { lead: "", between: `,${behind(colon)}`, tail: "", colon };
  return { lead: lead + unit, between: `,${lead}${unit}`, tail: lead, colon };
}

/** By how much the file indents a level. */
export function unitOf(text: string, root: JsonObject | JsonArray): string {
  const lead = layoutOf(text, root)?.lead ?? "";
  return isBroken(lead) ? lead.replace(/^[\r\n]+/, "") : "  ";
}

export const listText = (items: readonly string[], { lead, between, tail }: Layout): string =>
  items.length === 0 ? "[]" : `[${lead}${items.join(between)}${tail}]`;

export const objectText = (members: readonly (readonly [key: string, value: string])[], layout: Layout): string =>
  `{${layout.lead}${members.map(([key, value]) => memberText(key, value, layout)).join(layout.between)}${layout.tail}}`;

export const memberText = (key: string, value: string, { colon }: Layout): string => `${JSON.stringify(key)}${colon}${value}`;

/** How this file writes a text: in plain ASCII where it escapes every other sign, as Python does. */
export function quoteLike(text: string): (value: string) => string {
  const escapes = /\\u(?!00[0-7])[0-9a-f]{4}/i.test(text) && !/[\u0080-\uffff]/.test(text);
  if (!escapes) return JSON.stringify;
  return (value) => JSON.stringify(value).replace(/[\u007f-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

/** The blanks behind a colon: where nothing is broken over lines, a file that has them there has them behind its commas too. */
const behind = (colon: string): string => colon.slice(colon.indexOf(":") + 1);

const isBroken = (blanks: string): boolean => /[\r\n]/.test(blanks);
