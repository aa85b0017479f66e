import type { Block } from "./document.ts";

/**
 * How far what each block is about reaches: a heading to the next one of its depth or above, a paragraph to the end of the list below it,
 * anything else to its own end.
 */
export function sectionEnds(blocks: readonly Block[], end: number): readonly number[] {
  const ends: number[] = [];
  const next: (number | undefined)[] = [];
  for (const [index, block] of [...blocks.entries()].reverse()) {
    const below = blocks[index + 1];
    if (block.kind === "table") ends.push(block.rows.at(-1)?.end ?? block.head.at(-1)?.end ?? end);
    else if (block.kind === "list") ends.push(block.end);
    else if (block.depth === null) ends.push(below?.kind === "list" ? below.end : block.end);
    else {
      ends.push(Math.min(end, ...next.slice(0, block.depth + 1).filter((at) => at !== undefined)));
      next[block.depth] = block.offset;
    }
  }
  return ends.reverse();
}
