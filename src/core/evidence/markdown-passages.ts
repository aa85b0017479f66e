import type { Nodes, Parents, Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfm } from "micromark-extension-gfm";
import { chunksOf } from "../plan/markdown/chunks.ts";
import { gfmNodes } from "../plan/markdown/gfm-nodes.ts";
import { gap, markup } from "./characters.ts";
import { type Passage, prose } from "./passage.ts";
import { remembered } from "./remembered.ts";
import { tameMarkdown } from "./tame-markdown.ts";

/** A passage of a Markdown text. `top` = a paragraph that stands in nothing else, where commands are looked for. */
export type MarkdownPassage = Passage & { readonly top: boolean };

/**
 * The readable passages of a body or comment: paragraphs, headings and table cells, without code, quotes, HTML, struck-out text, images,
 * link targets and regions between our own markers. `code: "read"` lets inline code count.
 */
export function markdownPassages(text: string, so: { readonly code: "skip" | "read" } = { code: "skip" }): readonly MarkdownPassage[] {
  return so.code === "read" ? withCode(text) : withoutCode(text);
}

const memory = { from: 200, characters: 4_000_000 };
const withCode = remembered((text) => passagesIn(text, true), memory);
const withoutCode = remembered((text) => passagesIn(text, false), memory);

function passagesIn(text: string, readsCode: boolean): readonly MarkdownPassage[] {
  if (ownText.test(text)) return [];
  const reader: Reader = { text, readsCode, base: 0, ours: false, hiding: null, passages: [] };
  for (const { offset, root } of piecesOf(text)) {
    reader.base = offset;
    readBlocks(root, { todo: false, item: false, top: true }, reader);
  }
  return reader.passages;
}

/** A text parsed in pieces, because the parser's time grows with the square of the lists and quotes that are open. */
export const piecesOf = (text: string): readonly { readonly offset: number; readonly root: Root }[] =>
  chunksOf(tameMarkdown(text)).chunks.map((chunk) => ({ offset: chunk.offset, root: fromMarkdown(chunk.text, extensions) }));

// Every text of ours begins with a marker (`render/marker.ts`), also when a person pastes it elsewhere.
const ownText = /^\s*<!-- plankeeper:(?!begin\b)/;

type Reader = {
  readonly text: string;
  readonly readsCode: boolean;
  readonly passages: MarkdownPassage[];
  /** Where the piece that is read begins in the text. */
  base: number;
  /** Between markers that tools write around their own text. */
  ours: boolean;
  /** The HTML element, opened in this paragraph, that takes its text out of reading. */
  hiding: string | null;
};
type Place = { readonly todo: boolean; readonly item: boolean; readonly top: boolean };

// Bare addresses are found by `maskUrls`. The parser would look back from every word to the last open bracket for their sake (measured:
// 27 s for 64 000 characters).
const addresses = { disable: { null: ["emailAutolink", "protocolAutolink", "wwwAutolink"] } };
const extensions = { extensions: [gfm(), addresses], mdastExtensions: gfmNodes };

function readBlocks(parent: Parents, place: Place, reader: Reader): void {
  for (const node of parent.children) {
    switch (node.type) {
      case "paragraph":
      case "heading":
      case "tableCell":
        readInline(node, { ...place, top: place.top && node.type === "paragraph" }, reader);
        break;
      case "listItem":
        readBlocks(node, { todo: node.checked == null ? place.todo : !node.checked, item: true, top: false }, reader);
        break;
      case "list":
      case "table":
      case "tableRow":
      case "footnoteDefinition":
        readBlocks(node, { ...place, top: false }, reader);
        break;
      case "html":
        turn(node.value, reader);
        break;
      default:
        break;
    }
  }
}

function readInline(parent: Parents, place: Place, reader: Reader): void {
  const start = parent.position?.start.offset;
  const end = parent.position?.end.offset;
  if (start === undefined || end === undefined) return;
  const mask: Mask = { at: start, parts: [] };
  reader.hiding = null;
  for (const child of parent.children) maskInline(child, mask, reader);
  const text = mask.parts.join("") + markup.repeat(Math.max(0, end - mask.at));
  const { todo, item, top } = place;
  reader.passages.push({ ...prose(reader.base + start, text), role: item ? "item" : "text", bound: todo ? "todo" : null, top });
}

type Mask = { at: number; readonly parts: string[] };

function maskInline(node: Nodes, mask: Mask, reader: Reader): void {
  const start = node.position?.start.offset;
  const end = node.position?.end.offset;
  if (start === undefined || end === undefined || start < mask.at) return;
  if (node.type === "html") turn(node.value, reader);
  const hidden = reader.ours || reader.hiding !== null;
  if (!hidden && isWrapper(node)) {
    for (const child of node.children) maskInline(child, mask, reader);
    return;
  }
  const source = reader.text.slice(reader.base + start, reader.base + end);
  mask.parts.push(markup.repeat(start - mask.at), hidden ? gap.repeat(source.length) : masked(node, source, reader));
  mask.at = end;
}

type Wrapper = Extract<Nodes, { readonly type: "emphasis" | "strong" | "link" | "linkReference" }>;

const isWrapper = (node: Nodes): node is Wrapper =>
  node.type === "emphasis" || node.type === "strong" || node.type === "link" || node.type === "linkReference";

function masked(node: Nodes, source: string, reader: Reader): string {
  switch (node.type) {
    case "text":
      return plain(source);
    case "break":
      return source.replace("\\", markup);
    case "html":
      return markup.repeat(source.length);
    case "inlineCode":
      return reader.readsCode ? plain(source).replaceAll("`", markup) : gap.repeat(source.length);
    default:
      return gap.repeat(source.length);
  }
}

// A backslash before punctuation is not seen; characters that mean something to us in a mask must not come from outside.
const plain = (source: string): string => source.replace(/[\u0000\u0001]/g, gap).replace(/\\(?=[!-/:-@[-`{-~])/g, markup);

const begin = /<!--\s*(?:plankeeper:begin|PLAN:BEGIN)\b/gi;
const endings = /<!--\s*(?:plankeeper:end|PLAN:END)\b/gi;
const hider = /^<(\/?)(del|s|strike|code|pre|kbd|samp|blockquote)\b/i;

/** What an HTML node does to the text behind it. */
function turn(html: string, reader: Reader): void {
  const opened = [...html.matchAll(begin)].at(-1)?.index ?? -1;
  const closed = [...html.matchAll(endings)].at(-1)?.index ?? -1;
  if (opened !== closed) reader.ours = opened > closed;
  const [, slash, name] = hider.exec(html) ?? [];
  if (name === undefined) return;
  if (slash === "") reader.hiding ??= name.toLowerCase();
  else if (reader.hiding === name.toLowerCase()) reader.hiding = null;
}
