import type { Nodes } from "mdast";
import { oneLine } from "../one-line.ts";
import { parseWords } from "./parse.ts";

/** Turns a short Markdown text into what a reader sees of it, on one line: links, emphasis and code without their marks. */
export type Plain = (written: string) => string;

// The parser takes half a millisecond for a cell and the square of what a long one holds, so the cells of real plans go by without
// it where they can, and the rest has a budget: enough for 4000 cells of a real plan, and 5 s for the worst a hostile one can hold.
const longest = 300;
const budget = 400_000;
const costOfOne = 50;

/** A reader of texts for one file. A text that is too long, or comes when the budget is spent, stays as written. */
export function plainTexts(): Plain {
  let spent = 0;
  const known = new Map<string, string>();
  return (written) => {
    const text = written.trim();
    if (text.length > longest) return oneLine(text);
    const simple = withoutCode(text) ?? known.get(text);
    if (simple !== undefined || spent > budget) return oneLine(simple ?? text);
    spent += costOfOne + text.length;
    const plain = oneLine(wordsOf(parseWords(text)));
    known.set(text, plain);
    return plain;
  };
}

/** A text whose only marks are simple code spans, or bold from end to end; null where there are others. */
function withoutCode(text: string): string | null {
  const inner = /^\*\*([^*]+)\*\*$/.exec(text)?.[1] ?? text;
  return /^(?:[^*_`[\]<>&~\\]|(?<=\w)_(?=\w)|`[^`\\]+`(?!`))*$/.test(inner) ? inner.replaceAll("`", "") : null;
}

function wordsOf(node: Nodes): string {
  switch (node.type) {
    case "text":
    case "inlineCode":
      return node.value;
    case "break":
      return " ";
    case "html":
      return /^<br\b/i.test(node.value) ? " " : "";
    case "image":
      return node.alt ?? "";
    default:
      return "children" in node ? node.children.map(wordsOf).join("") : "";
  }
}
