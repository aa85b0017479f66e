import type { Nodes, Root, Table } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";
import { gfm } from "micromark-extension-gfm";

/** Text as GitHub reads it: GitHub Flavored Markdown, first. The last one is kept, because several questions are asked of one text. */
export function parse(text: string): Root {
  if (last?.text !== text) last = { text, tree: fromMarkdown(text, { extensions: [gfm()], mdastExtensions: [gfmFromMarkdown()] }) };
  return last.tree;
}
let last: { readonly text: string; readonly tree: Root } | undefined;

/** All nodes of a tree, in order. */
export function nodesOf(node: Nodes): readonly Nodes[] {
  return "children" in node ? [node, ...node.children.flatMap(nodesOf)] : [node];
}

export const tablesOf = (text: string): readonly Table[] => nodesOf(parse(text)).filter((node) => node.type === "table");

/** What a person sees of a piece of Markdown. */
export const seen = (text: string): string =>
  nodesOf(parse(text))
    .map((node) => (node.type === "text" || node.type === "inlineCode" ? node.value : ""))
    .join("")
    .replaceAll("\u200B", "");

// What GitHub makes into links in a second pass, over the text outside code and links. Wider than its own patterns, never narrower.
const references: readonly (readonly [string, RegExp])[] = [
  ["mention", /@[a-z0-9_]/i],
  ["issue", /#\d/],
  ["issue", /\b(?:GH|GHSA|CVE)-[0-9a-z]/i],
  ["address", /(?:https?|ftp):\/\/|www\.|mailto:[^\s\u200B]*@[a-z]/i],
  ["commit", /(?<![0-9a-z])[0-9a-f]{7,40}(?![0-9a-z])/i],
  ["formula", /(?<!\u200B)\$/],
  ["emoji", /:[\w+-]+:/],
  ["unseen", /[\u200E\u200F\u202A-\u202E\u2060-\u2069\uFEFF\u00AD]/],
];

const ourComment = /^<!-- plankeeper:[\w./:%-]+ -->$/;
const ourDetails = /^(?:<details>\n<summary>[\w ]+<\/summary>|<\/details>)$/;

/** What GitHub would make of a text that it shows as plain: a title, a message. */
export const offencesInPlain = (text: string): readonly string[] => [
  ...references.flatMap(([name, pattern]) => (pattern.test(text) ? [`${name}: ${text}`] : [])),
  ...(/\p{Cc}/u.test(text.replaceAll("\n", "")) ? [`control: ${text}`] : []),
];

/** How often each thing stands in a text that people's words must neither add nor take away, and the rows of each table. */
export function skeletonOf(text: string): { readonly things: Readonly<Record<string, number>>; readonly rows: readonly number[] } {
  const kinds = ["heading", "table", "code", "html", "thematicBreak", "strong", "emphasis", "delete", "blockquote", "break"];
  const types = nodesOf(parse(text)).map(({ type }) => type);
  return {
    things: Object.fromEntries(kinds.map((kind) => [kind, types.filter((type) => type === kind).length])),
    rows: tablesOf(text).map(({ children }) => children.length),
  };
}

/**
 * What in a text of ours GitHub would make more of than we meant: mentions, references, addresses, formulas, HTML other than a first
 * comment and blocks that can be opened, links that do not lead into `web`, images, footnotes.
 */
export function offences(text: string, web = "https://github.com/o/r"): readonly string[] {
  const tree = parse(text);
  const links = new Set(nodesOf(tree).flatMap((node) => (node.type === "link" ? nodesOf(node).slice(1) : [])));
  return nodesOf(tree).flatMap((node, index) => {
    switch (node.type) {
      case "text":
        return links.has(node) ? [] : references.flatMap(([name, pattern]) => (pattern.test(node.value) ? [`${name}: ${node.value}`] : []));
      case "html":
        return (index === 1 && ourComment.test(node.value)) || ourDetails.test(node.value) ? [] : [`html: ${node.value}`];
      case "link":
        return node.url === web || node.url.startsWith(`${web}/`) ? [] : [`link: ${node.url}`];
      case "listItem":
        return typeof node.checked === "boolean" ? ["a box to tick"] : [];
      case "image":
      case "imageReference":
      case "linkReference":
      case "footnoteReference":
      case "footnoteDefinition":
      case "definition":
        return [`${node.type}`];
      default:
        return [];
    }
  });
}
