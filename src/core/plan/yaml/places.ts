import type { Splice } from "../change.ts";
import type { Pair, YamlNode } from "./node.ts";

/** Where the line of an offset begins. */
export function lineStart(text: string, at: number): number {
  return Math.max(text.lastIndexOf("\n", at - 1), text.lastIndexOf("\r", at - 1)) + 1;
}

/** Where the line of an offset ends, before its line break. */
export function lineEnd(text: string, at: number): number {
  const found = /[\r\n]/g;
  found.lastIndex = at;
  return found.exec(text)?.index ?? text.length;
}

/** Behind the line break at an offset, if there is one. */
export const behindBreak = (text: string, at: number): number =>
  at + (text.startsWith("\r\n", at) ? 2 : /[\r\n]/.test(text[at] ?? "") ? 1 : 0);

/** The line break that a text uses. */
export const breakOf = (text: string): string => /\r\n|\n|\r/.exec(text)?.[0] ?? "\n";

/** Where what a node says ends; the node itself may reach on over comments and blank lines. */
export function contentEnd(node: YamlNode, text: string): number {
  switch (node.kind) {
    case "map": {
      const last = node.pairs.at(-1);
      return node.flow || last === undefined ? node.to : pairEnd(last, text);
    }
    case "list": {
      const last = node.items.at(-1);
      return node.flow || last === undefined ? node.to : contentEnd(last, text);
    }
    case "text":
      return node.style === "block" ? node.from + text.slice(node.from, node.to).trimEnd().length : node.to;
    case "alias":
    case "nothing":
      return node.to;
  }
}

export const pairEnd = ({ value, colon, from }: Pair, text: string): number =>
  value.kind === "nothing" ? (colon ?? from) : contentEnd(value, text);

/** The column of an offset where only blanks, dashes and question marks stand before it on its line: what aligns with it; else null. */
export function columnOf(text: string, at: number): number | null {
  const before = text.slice(lineStart(text, at), at);
  return /^[ ?-]*$/.test(before) ? before.length : null;
}

/** Whether only blanks stand before an offset on its line. */
export const beginsLine = (text: string, at: number): boolean => /^ *$/.test(text.slice(lineStart(text, at), at));

/** The dash of a list item, where nothing but blanks and line breaks stand between them; null where more does. */
export function dashBefore(text: string, at: number): number | null {
  let dash = at - 1;
  while (/[ \r\n]/.test(text[dash] ?? "")) dash -= 1;
  return text[dash] === "-" && beginsLine(text, dash) ? dash : null;
}

/** Lines to be put behind the line that an offset is on. `gone` = the same edit takes that line out. */
export function linesBehind(end: number, lines: string, { text, gone }: { readonly text: string; readonly gone: boolean }): Splice {
  const stop = lineEnd(text, end);
  const at = behindBreak(text, stop);
  const eol = breakOf(text);
  return { from: at, to: at, text: at > stop ? lines + eol : gone ? lines : eol + lines };
}
