import type { Splice } from "../change.ts";
import type { Container, Entry } from "./entries.ts";
import type { Pair, YamlNode } from "./node.ts";
import { beginsLine, behindBreak, contentEnd, dashBefore, lineEnd, lineStart, pairEnd } from "./places.ts";
import type { Refused } from "./write-value.ts";

type Piece = { readonly from: number; readonly to: number };

/**
 * Takes entries out of their container: those in lines with their lines, those between brackets with a comma. `left` = whether any other
 * stays or comes; a list left empty is written as `[]`.
 */
export function removeEntry(entry: Entry, { text, left }: { readonly text: string; readonly left: boolean }): readonly Splice[] | Refused {
  const { container, map, key } = entry;
  if (container.node.flow) return fromFlow(container, key ?? map, text);
  const start = key === null ? dashBefore(text, map.from) : beginsLine(text, key.from) ? key.from : null;
  if (start === null) return { because: "it does not stand in lines of its own" };
  const lines = linesFrom(start, contentEnd(map, text), text);
  const { pair } = container;
  if (left) return [lines];
  if (pair === null || pair.colon === null) return { because: "it is the last of its list" };
  return [{ from: pair.colon, to: pair.colon, text: container.node.kind === "list" ? " []" : " {}" }, lines];
}

/** Whole lines, from the one that something begins on to the one that it ends on. */
export function linesFrom(start: number, end: number, text: string): Splice {
  return { from: lineStart(text, start), to: behindBreak(text, lineEnd(text, end)), text: "" };
}

function fromFlow({ node }: Container, one: YamlNode | Pair, text: string): readonly Splice[] | Refused {
  const pieces: readonly (Piece & { readonly of: YamlNode | Pair })[] =
    node.kind === "list"
      ? node.items.map((of) => ({ from: of.from, to: of.to, of }))
      : node.pairs.map((of) => ({ from: of.from, to: pairEnd(of, text), of }));
  const index = pieces.findIndex(({ of }) => of === one);
  const [before, own, after] = [pieces[index - 1], pieces[index], pieces[index + 1]];
  if (own === undefined) return { because: "it does not stand in a list" };
  const piece = before !== undefined ? { from: before.to, to: own.to } : { from: own.from, to: after?.from ?? own.to };
  const bare = text.slice(piece.from, own.from) + text.slice(own.to, Math.max(own.to, piece.to));
  return /^[\s,]*$/.test(bare) ? [{ ...piece, text: "" }] : { because: "a comment stands beside it" };
}
