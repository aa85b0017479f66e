import type { CompileContext, Extension } from "mdast-util-from-markdown";
import { gfmFromMarkdown } from "mdast-util-gfm";

// Its transforms would make links without positions of bare addresses, which the words of a cell would then lack.
const nodes: readonly Extension[] = gfmFromMarkdown().map(({ transforms: _, ...extension }) => extension);

// The parser takes `[ ]` behind an empty item (`-\n[ ] b`) for the box of an item where there is none, and then trips over it.
const boxes: Extension = { exit: { taskListCheckValueChecked: exitBox(true), taskListCheckValueUnchecked: exitBox(false) } };

/** GitHub's additions to Markdown as nodes that all have positions. */
export const gfmNodes: Extension[] = [...nodes, boxes];

function exitBox(checked: boolean) {
  return function (this: CompileContext): undefined {
    const node = this.stack.at(-2);
    if (node?.type === "listItem") node.checked = checked;
  };
}
