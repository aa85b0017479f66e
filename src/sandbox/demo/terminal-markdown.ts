import type { BlockContent, DefinitionContent, PhrasingContent, RootContent } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";
import { folded } from "./folded.ts";
import { type Paint, type Paper, wrapped } from "./paint.ts";
import { tableLines } from "./terminal-table.ts";

/** Markdown as GitHub would show it, in the lines of a terminal: links as their text, tables in columns, what is folded away folded, comments left out. */
export function markdownLines(markdown: string, paper: Paper): readonly string[] {
  const { children } = fromMarkdown(folded(markdown), { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] });
  return blocks(children, paper);
}

type Block = RootContent | BlockContent | DefinitionContent;

function blocks(nodes: readonly Block[], paper: Paper): readonly string[] {
  return nodes
    .map((node) => blockLines(node, paper))
    .filter((lines) => lines.length > 0)
    .flatMap((lines, index) => (index === 0 ? lines : ["", ...lines]));
}

function blockLines(node: Block, paper: Paper): readonly string[] {
  const { width, paint } = paper;
  switch (node.type) {
    case "heading":
      return wrapped(phrase(node.children, paint, paint.bold), width);
    case "paragraph":
      return phrase(node.children, paint)
        .split("\n")
        .flatMap((line) => wrapped(line, width));
    case "list":
      return node.children.flatMap((item) => behind("• ", blocks(item.children, { paint, width: width - 2 }), "  "));
    case "blockquote":
      return behind("▌ ", blocks(node.children, { paint, width: width - 2 }), "▌ ");
    case "table": {
      const [head = [], ...rows] = node.children.map((row) => row.children.map((cell) => phrase(cell.children, paint)));
      return tableLines(head, rows, paper);
    }
    case "code":
      return node.value.split("\n");
    default:
      return [];
  }
}

const behind = (first: string, lines: readonly string[], others: string): readonly string[] =>
  lines.map((line, index) => `${index === 0 ? first : others}${line}`);

type Style = (text: string) => string;
const unstyled: Style = (text) => text;

function phrase(nodes: readonly PhrasingContent[], paint: Paint, style: Style = unstyled): string {
  return nodes.map((node) => inline(node, paint, style)).join("");
}

function inline(node: PhrasingContent, paint: Paint, style: Style): string {
  switch (node.type) {
    case "text":
      return styled(visible(node.value), style);
    case "inlineCode":
      return styled(visible(node.value), paint.code);
    case "strong":
      return phrase(node.children, paint, paint.bold);
    case "emphasis":
      return phrase(node.children, paint, paint.dim);
    case "break":
      return "\n";
    case "link":
    case "delete":
      return phrase(node.children, paint, style);
    default:
      return "";
  }
}

// Word by word, so that lines can be broken between them.
const styled = (text: string, style: Style): string => (style === unstyled ? text : text.replace(/[^ \n]+/g, style));

// Control signs would be obeyed by the terminal, invisible ones would upset the columns.
const visible = (text: string): string => text.replace(/\n/g, " ").replace(/[\p{Cc}\p{Cf}]/gu, "");
