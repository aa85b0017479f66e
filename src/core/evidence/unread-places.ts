import type { Nodes } from "mdast";
import { piecesOf } from "./markdown-passages.ts";
import { maskUrls } from "./mask-urls.ts";

/** Why what stands here is not read at all: a sentence about the place. */
export function unreadIn(text: string, at: number, place: "title" | "commit" | "body" | "comment"): string {
  if (maskUrls(text)[at] !== text[at]) return "it is part of an address";
  if (place === "title" || place === "commit")
    return "it stands in a trailer, in quoted mail, in what a merge or a revert says of others, or in a commit that will be squashed";
  for (const { offset, root } of piecesOf(text)) {
    const reason = reasonAt(root, at - offset);
    if (reason !== null) return reason;
  }
  return "it stands in a region that a tool keeps, or in words that are hidden";
}

/** The outermost thing around an offset that is not read. Blocks do not overlap, so one way down is enough. */
function reasonAt(root: Nodes, at: number): string | null {
  let node: Nodes | undefined = root;
  while (node !== undefined) {
    const reason: string | null = reasons[node.type] ?? null;
    if (reason !== null) return reason;
    const children: readonly Nodes[] = "children" in node ? node.children : [];
    const inside = children.find((child) => (child.position?.start.offset ?? 0) <= at && at < (child.position?.end.offset ?? 0));
    if (inside === undefined && node.type === "link") return "it is the target of a link";
    node = inside;
  }
  return null;
}

const reasons: Readonly<Partial<Record<Nodes["type"], string>>> = {
  code: "it stands in a block of code",
  inlineCode: "it stands in code",
  blockquote: "it stands in a quotation",
  html: "it stands in HTML or in a comment",
  delete: "it is struck out",
  image: "it is the text or the address of an image",
  imageReference: "it is the text of an image",
  definition: "it is the target of a link",
};
