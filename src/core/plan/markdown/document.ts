import type { ListItem, List as ListNode, Nodes, Paragraph, RootContent, Table as TableNode } from "mdast";
import { readStatus } from "../status-spelling.ts";
import { chunksOf } from "./chunks.ts";
import { type Fence, fencesOf } from "./fences.ts";
import { parseBlocks } from "./parse.ts";
import type { Plain } from "./plain-text.ts";
import { sectionStack, type Under } from "./sections.ts";

/**
 * Words as the file writes them, marks and all, and where they begin and end. What is between may be longer than `text`: escapes, and the
 * indentation of lines that go on.
 */
export type Written = { readonly text: string; readonly offset: number; readonly end: number };

/** Where something begins and ends. */
type Extent = { readonly offset: number; readonly end: number };

/** `depth` = that of a heading, 1 to 6; null for a paragraph. It reaches from its first mark to its last. */
export type Line = Extent & { readonly kind: "line"; readonly depth: number | null; readonly words: Written; readonly section: Under };
/** The short line of text that stands right above a list or a table, as its title does: `**Tasks:**`; null where there is none. */
export type Label = string | null;

export type Table = {
  readonly kind: "table";
  readonly head: readonly Written[];
  readonly rows: readonly TableRow[];
  readonly section: Under;
  readonly label: Label;
};
export type TableRow = Extent & { readonly cells: readonly Written[] };
export type List = Extent & {
  readonly kind: "list";
  readonly ordered: boolean;
  readonly items: readonly Item[];
  readonly section: Under;
  readonly label: Label;
};
/** `box` = its box as written (`[ ]`, `[x]`, `[~]`) and where it stands, null where it has none; `words` are those behind it. It
 * reaches from its bullet or number to the end of all that belongs to it. */
export type Item = Extent & {
  readonly words: Written;
  readonly box: Written | null;
  readonly lists: readonly List[];
  /** The paragraphs that follow its first. */
  readonly paragraphs: readonly Written[];
};

/** What plans are made of. A heading and a paragraph are both a line: people write `Task 4 — title` as either. */
export type Block = Line | Table | List;

export type Document = {
  readonly blocks: readonly Block[];
  readonly fences: readonly Fence[];
  /** Where lines were left out of the reading. */
  readonly unread: readonly number[];
  readonly end: number;
};

/** The blocks of a part of a file that begins at `base`; what stands in quotes and in code is left out. */
export function readDocument(text: string, base: number, plain: Plain): Document {
  const { chunks, unread } = chunksOf(text);
  const blocks: Block[] = [];
  const fences: Fence[] = [];
  const sections = sectionStack(plain);
  for (const chunk of chunks) {
    const offset = base + chunk.offset;
    const { children } = parseBlocks(chunk.text);
    fences.push(...fencesOf(children, chunk.text, offset));
    for (const node of children) {
      if (node.type === "heading") sections.enter(node.depth, wordsOf(node, offset).text);
      const label = labelOf(blocks.at(-1), plain);
      const block = blockOf(node, { text: chunk.text, offset, section: sections.present(), label });
      if (block !== null) blocks.push(block);
    }
  }
  return { blocks, fences, unread: unread.map((at) => base + at), end: base + text.length };
}

type Place = { readonly text: string; readonly offset: number; readonly section: Under; readonly label: Label };

const longestLabel = 80;

function labelOf(above: Block | undefined, plain: Plain): Label {
  if (above?.kind !== "line" || above.depth !== null || above.words.text.length > longestLabel) return null;
  return plain(above.words.text).replace(/:$/, "");
}

function blockOf(node: RootContent, place: Place): Block | null {
  switch (node.type) {
    case "heading":
    case "paragraph":
      return {
        kind: "line",
        ...extentOf(node, place.offset),
        depth: node.type === "heading" ? node.depth : null,
        words: wordsOf(node, place.offset),
        section: place.section,
      };
    case "table":
      return tableOf(node, place);
    case "list":
      return listOf(node, place);
    default:
      return null;
  }
}

function tableOf(node: TableNode, { text, offset, section, label }: Place): Table {
  const [head, ...rows] = node.children.map((row) => ({
    ...extentOf(row, offset),
    cells: row.children.map((cell) => {
      const words = cell.children.length === 0 ? emptyCell(cell, text, offset) : wordsOf(cell, offset);
      return { ...words, text: words.text.replaceAll("\\|", "|") };
    }),
  }));
  return { kind: "table", head: head?.cells ?? [], rows, section, label };
}

function listOf(node: ListNode, place: Place): List {
  return {
    kind: "list",
    ...extentOf(node, place.offset),
    ordered: node.ordered === true,
    items: node.children.map((item) => itemOf(item, { ...place, label: null })),
    section: place.section,
    label: place.label,
  };
}

function itemOf(node: ListItem, place: Place): Item {
  const first = node.children[0];
  const offset = place.offset + startOf(node);
  const extent = extentOf(node, place.offset);
  const words = first?.type === "paragraph" ? wordsOf(first, place.offset) : { text: "", offset, end: offset };
  const lists = node.children.flatMap((child) => (child.type === "list" ? [listOf(child, place)] : []));
  const paragraphs = node.children.slice(1).flatMap((child) => (child.type === "paragraph" ? [wordsOf(child, place.offset)] : []));
  const parts = { ...extent, lists, paragraphs };
  if (typeof node.checked === "boolean") {
    const between = place.text.slice(startOf(node), Math.min(words.offset - place.offset, startOf(node) + 40));
    const box = /\[.\]/.exec(between);
    const at = offset + (box?.index ?? 0);
    return { ...parts, words, box: box && { text: box[0], offset: at, end: at + box[0].length } };
  }
  const special = specialBox.exec(words.text);
  const box = special?.[1];
  if (special === null || box === undefined || readStatus(box) === null) return { ...parts, words, box: null };
  const rest = { text: words.text.slice(special[0].length), offset: words.offset + special[0].length, end: words.end };
  return { ...parts, words: rest, box: { text: box, offset: words.offset, end: words.offset + box.length } };
}

/** Boxes that Markdown does not know: `[~]`, `[!]`, and `[ ]*`, which may be left undone. */
const specialBox = /^(\[[^\p{L}\p{N}\s]\]\*?|\[[ xX]\]\*)\s+/u;

const startOf = (node: Nodes): number => node.position?.start.offset ?? 0;
const endOf = (node: Nodes): number => node.position?.end.offset ?? 0;
const extentOf = (node: Nodes, offset: number): Extent => ({ offset: offset + startOf(node), end: offset + endOf(node) });

/** The words of a heading, a paragraph or a cell, as the file writes them. */
function wordsOf(node: Paragraph | Extract<Nodes, { type: "heading" | "tableCell" }>, offset: number): Written {
  const text = node.children.map((child) => ("value" in child ? child.value : child.type === "break" ? "\n" : "")).join("");
  const first = node.children[0] ?? node;
  const last = node.children.at(-1) ?? node;
  const start = offset + startOf(first);
  return { text, offset: start, end: node.children.length === 0 ? start : offset + endOf(last) };
}

/** The words of an empty cell are nothing, and stand where they would be written: behind its bar and the blank that follows it. */
function emptyCell(cell: Nodes, text: string, offset: number): Written {
  const bar = text[startOf(cell)] === "|" ? 1 : 0;
  const at = offset + startOf(cell) + bar;
  const place = text[at - offset] === " " && at - offset < endOf(cell) ? at + 1 : at;
  return { text: "", offset: place, end: place };
}
