import type { Code, Nodes } from "mdast";

/** A fenced code block as offsets of the text. `open` = its closing fence is missing, or stands only behind another opening one. */
export type Fence = { readonly from: number; readonly to: number; readonly open: boolean };

/** The fenced code blocks that a parsed part of a text holds at its top level. */
export function fencesOf(children: readonly Nodes[], text: string, offset: number): readonly Fence[] {
  return children.flatMap((node) => (node.type === "code" ? fenceOf(node, text, offset) : []));
}

function fenceOf(node: Code, text: string, offset: number): readonly Fence[] {
  const from = offset + (node.position?.start.offset ?? 0);
  const to = offset + (node.position?.end.offset ?? 0);
  const marks = /^(?:`{3,}|~{3,})/.exec(text.slice(from, from + 100))?.[0];
  if (marks === undefined) return [];
  const last = text.slice(text.lastIndexOf("\n", to - 1) + 1, to).trim();
  const closed = to - from > marks.length && last.startsWith(marks) && last === marks.charAt(0).repeat(last.length);
  return [{ from, to, open: !closed || opensAnother(node.value, marks) }];
}

/** A fence that names its language cannot close one: met inside a block, the block before it was left open. */
function opensAnother(code: string, marks: string): boolean {
  return code.split("\n").some((line) => line.startsWith(marks) && /^[`~]+[a-z]/i.test(line));
}
