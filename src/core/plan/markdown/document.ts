import type { ListItem, List as ListNode, Nodes, Paragraph, RootContent, Table as TableNode } from "mdast";
import { noSection, type Section } from "../row.ts";
import { readStatus } from "../status-spelling.ts";
import { chunksOf } from "./chunks.ts";
import { type Fence, fencesOf } from "./fences.ts";
import { parseBlocks } from "./parse.ts";
import type { Plain } from "./plain-text.ts";

/** Words as the file writes them, marks and all, and where they begin. */
export type Written = { readonly text: string; readonly offset: number };

export type Line = { readonly kind: "line"; readonly words: Written; readonly section: Section };
export type Table = {
  readonly kind: "table";
  readonly head: readonly Written[];
  readonly rows: readonly TableRow[];
  readonly section: Section;
};
export type TableRow = { readonly offset: number; readonly cells: readonly Written[] };
export type List = { readonly kind: "list"; readonly ordered: boolean; readonly items: readonly Item[]; readonly section: Section };
/** `box` = its box as written (`[ ]`, `[x]`, `[~]`), null where it has none. */
export type Item = { readonly words: Written; readonly box: string | null; readonly lists: readonly List[] };

/** What plans are made of. A heading and a paragraph are both a line: people write `Task 4 — title` as either. */
export type Block = Line | Table | List;

export type Document = {
  readonly blocks: readonly Block[];
  readonly fences: readonly Fence[];
  /** Where lines were left out of the reading. */
  readonly unread: readonly number[];
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
  return { blocks, fences, unread: unread.map((at) => base + at) };
}

type Place = { readonly text: string; readonly offset: number; readonly section: Section };

function blockOf(node: RootContent, place: Place): Block | null {
  switch (node.type) {
    case "heading":
    case "paragraph":
      return { kind: "line", words: wordsOf(node, place.offset), section: place.section };
    case "table":
      return tableOf(node, place);
    case "list":
      return listOf(node, place);
    default:
      return null;
  }
}

function tableOf(node: TableNode, { offset, section }: Place): Table {
  const [head, ...rows] = node.children.map((row) => ({
    offset: offset + startOf(row),
    cells: row.children.map((cell) => {
      const { text, offset: at } = wordsOf(cell, offset);
      return { text: text.replaceAll("\\|", "|"), offset: at };
    }),
  }));
  return { kind: "table", head: head?.cells ?? [], rows, section };
}

function listOf(node: ListNode, place: Place): List {
  return { kind: "list", ordered: node.ordered === true, items: node.children.map((item) => itemOf(item, place)), section: place.section };
}

function itemOf(node: ListItem, place: Place): Item {
  const first = node.children[0];
  const words = first?.type === "paragraph" ? wordsOf(first, place.offset) : { text: "", offset: place.offset + startOf(node) };
  const lists = node.children.flatMap((child) => (child.type === "list" ? [listOf(child, place)] : []));
  const between = place.text.slice(startOf(node), Math.min(words.offset - place.offset, startOf(node) + 40));
  if (typeof node.checked === "boolean") return { words, box: /\[.\]/.exec(between)?.[0] ?? (node.checked ? "[x]" : "[ ]"), lists };
  const special = /^(\[[^\p{L}\p{N}\s]\])\s+/u.exec(words.text);
  if (special === null || readStatus(special[1] ?? "") === null) return { words, box: null, lists };
  const rest = { text: words.text.slice(special[0].length), offset: words.offset + special[0].length };
  return { words: rest, box: special[1] ?? null, lists };
}

const startOf = (node: Nodes): number => node.position?.start.offset ?? 0;

/** The words of a heading, a paragraph or a cell, as the file writes them. */
function wordsOf(node: Paragraph | Extract<Nodes, { type: "heading" | "tableCell" }>, offset: number): Written {
  const text = node.children.map((child) => ("value" in child ? child.value : child.type === "break" ? "\n" : "")).join("");
  return { text, offset: offset + startOf(node.children[0] ?? node) };
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
