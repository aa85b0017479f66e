import type { ListItem, List as ListNode, Nodes, Paragraph, RootContent, Table as TableNode } from "mdast";
import { noSection, type Section } from "../row.ts";
import { readStatus } from "../status-spelling.ts";
import { chunksOf } from "./chunks.ts";
import { type Fence, fencesOf } from "./fences.ts";
import { parseBlocks } from "./parse.ts";
import type { Plain } from "./plain-text.ts";

/**
 * Words as the file writes them, marks and all, and where they begin and end. What is between may be longer than `text`: escapes, and the
 * indentation of lines that go on.
 */
export type Written = { readonly text: string; readonly offset: number; readonly end: number };

/** Where something begins and ends. */
type Extent = { readonly offset: number; readonly end: number };

/** `depth` = that of a heading, 1 to 6; null for a paragraph. It reaches from its first mark to its last. */
export type Line = Extent & { readonly kind: "line"; readonly depth: number | null; readonly words: Written; readonly section: Section };
export type Table = {
  readonly kind: "table";
  readonly head: readonly Written[];
  readonly rows: readonly TableRow[];
  readonly section: Section;
};
export type TableRow = Extent & { readonly cells: readonly Written[] };
export type List = Extent & {
  readonly kind: "list";
  readonly ordered: boolean;
  readonly items: readonly Item[];
  readonly section: Section;
};
/** `box` = its box as written (`[ ]`, `[x]`, `[~]`) and where it stands, null where it has none; `words` are those behind it. It
 * reaches from its bullet or number to the end of all that belongs to it. */
export type Item = Extent & {
  readonly words: Written;
  readonly box: Written | null;
  readonly lists: readonly List[];
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
      const block = blockOf(node, { text: chunk.text, offset, section: sections.present() });
      if (block !== null) blocks.push(block);
    }
  }
  return { blocks, fences, unread: unread.map((at) => base + at), end: base + text.length };
}

type Place = { readonly text: string; readonly offset: number; readonly section: Section };

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

function tableOf(node: TableNode, { text, offset, section }: Place): Table {
  const [head, ...rows] = node.children.map((row) => ({
    ...extentOf(row, offset),
    cells: row.children.map((cell) => {
      const words = cell.children.length === 0 ? emptyCell(cell, text, offset) : wordsOf(cell, offset);
      return { ...words, text: words.text.replaceAll("\\|", "|") };
    }),
  }));
  return { kind: "table", head: head?.cells ?? [], rows, section };
}

function listOf(node: ListNode, place: Place): List {
  return {
    kind: "list",
    ...extentOf(node, place.offset),
    ordered: node.ordered === true,
    items: node.children.map((item) => itemOf(item, place)),
    section: place.section,
  };
}

function itemOf(node: ListItem, place: Place): Item {
  const first = node.children[0];
  const offset = place.offset + startOf(node);
  const extent = extentOf(node, place.offset);
  const words = first?.type === "paragraph" ? wordsOf(first, place.offset) : { text: "", offset, end: offset };
  const lists = node.children.flatMap((child) => (child.type === "list" ? [listOf(child, place)] : []));
  if (typeof node.checked === "boolean") {
    const between = place.text.slice(startOf(node), Math.min(words.offset - place.offset, startOf(node) + 40));
    const box = /\[.\]/.exec(between);
    const at = offset + (box?.index ?? 0);
    return { ...extent, words, box: box && { text: box[0], offset: at, end: at + box[0].length }, lists };
  }
  const special = specialBox.exec(words.text);
  const box = special?.[1];
  if (special === null || box === undefined || readStatus(box) === null) return { ...extent, words, box: null, lists };
  const rest = { text: words.text.slice(special[0].length), offset: words.offset + special[0].length, end: words.end };
  return { ...extent, words: rest, box: { text: box, offset: words.offset, end: words.offset + box.length }, lists };
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

/** `Phase 2 — Payments` or `Phase 2`, but not `Phase 1 PRD`, which is a document's name. */
const isPhase = (title: string): boolean => /^phase [\w.]+ ?(?:[:—–.(-]|$)/i.test(title);

/** The headings we stand under, and what they say of the rows below. */
function sectionStack(plain: Plain): { readonly enter: (depth: number, heading: string) => void; readonly present: () => Section } {
  let headings: readonly { readonly depth: number; readonly title: string }[] = [];
  let section = noSection;
  const enter = (depth: number, written: string): void => {
    headings = [{ depth, title: plain(written) }, ...headings.filter((heading) => heading.depth < depth)];
    const phase = headings.find(({ title }) => isPhase(title));
    const state = headings.find(({ title }) => readStatus(title) !== null);
    section = { phase: phase?.title ?? null, heading: state?.title ?? "", status: state === undefined ? null : readStatus(state.title) };
  };
  return { enter, present: () => section };
}
