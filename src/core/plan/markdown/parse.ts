import type { Root } from "mdast";
import { fromMarkdown } from "mdast-util-from-markdown";
import { gfm } from "micromark-extension-gfm";
import { gfmNodes } from "./gfm-nodes.ts";

// Links, emphasis and raw HTML are looked for only in the few short texts whose words matter (`plainText`). In a whole document
// they are what makes Markdown dear: `*a_ ` repeated to 40 KB in one paragraph takes the parser 11 s with them, 40 ms without.
const inline = [
  "attention",
  "autolink",
  "characterEscape",
  "characterReference",
  "codeText",
  "definition",
  "emailAutolink",
  "gfmFootnoteCall",
  "gfmFootnoteDefinition",
  "gfmPotentialFootnoteCall",
  "hardBreakEscape",
  "htmlText",
  "labelEnd",
  "labelStartImage",
  "labelStartLink",
  "protocolAutolink",
  "strikethrough",
  "wwwAutolink",
];
const flow = ["blockQuote", "codeFenced", "codeIndented", "headingAtx", "htmlFlow", "list", "setextUnderline", "thematicBreak"];

const blockExtensions = [gfm(), { disable: { null: inline } }];
const wordExtensions = [{ disable: { null: flow } }];

/** The blocks of a Markdown text: headings, lists, tables, code. Their words stay as written, marks and all. */
export function parseBlocks(text: string): Root {
  return fromMarkdown(text, { extensions: blockExtensions, mdastExtensions: gfmNodes });
}

/** One paragraph with its links, emphasis and code, whatever block its first signs would begin. */
export function parseWords(text: string): Root {
  return fromMarkdown(text, { extensions: wordExtensions });
}
