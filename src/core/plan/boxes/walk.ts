import type { Block, Item, List, Written } from "../markdown/document.ts";
import type { Plain } from "../markdown/plain-text.ts";

export type Heading = { readonly depth: number; readonly title: string; readonly offset: number; readonly end: number };

/** An item of a list, its box, the words behind the box, the items it stands in (outermost first) and the headings above it. */
export type BoxItem = {
  readonly item: Item;
  readonly list: List;
  readonly box: Written | null;
  readonly words: Written;
  readonly within: readonly Item[];
  readonly headings: readonly Heading[];
};

/** All items of all lists in the order of the text, whatever they stand in, and all headings. */
export function walkItems(
  blocks: readonly Block[],
  plain: Plain,
): { readonly items: readonly BoxItem[]; readonly headings: readonly Heading[] } {
  const items: BoxItem[] = [];
  const all: Heading[] = [];
  let headings: readonly Heading[] = [];
  for (const block of blocks) {
    if (block.kind === "line" && block.depth !== null) {
      const heading = { depth: block.depth, title: plain(block.words.text), offset: block.offset, end: block.end };
      headings = [...headings.filter(({ depth }) => depth < heading.depth), heading];
      all.push(heading);
    }
    if (block.kind === "list") addItems(block, headings, items);
  }
  return { items, headings: all };
}

function addItems(top: List, headings: readonly Heading[], items: BoxItem[]): void {
  const waiting = top.items.map((item) => ({ item, list: top, within: noItems })).reverse();
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { item, list, within } = next;
    items.push({ item, list, within, headings, ...boxOf(item) });
    const inside = [...within, item];
    const below = item.lists.flatMap((inner) => inner.items.map((one) => ({ item: one, list: inner, within: inside })));
    waiting.push(...below.reverse());
  }
}

const noItems: readonly Item[] = [];

/** A box that Markdown does not take for one: `[]`, `[ x ]`, no space behind it, or a sign that nobody knows. */
function boxOf({ box, words }: Item): Pick<BoxItem, "box" | "words"> {
  const rough = box === null ? /^\[ ?(?:[xX]|[^\p{L}\p{N}\s\]])? ?\]\*?[ \t]*/u.exec(words.text) : null;
  if (rough === null) return { box, words };
  const text = rough[0].trimEnd();
  const offset = words.offset;
  return {
    box: { text, offset, end: offset + text.length },
    words: { text: words.text.slice(rough[0].length), offset: offset + rough[0].length, end: words.end },
  };
}

/** The phase that headings name: the innermost that says so (`Phase 2: Payments`), else the outermost below the title of the document. */
export function phaseOf(headings: readonly Heading[]): string | null {
  const said = headings.findLast(({ title }) => /^(?:(?:phase|fase|wave|stage)\b|этап|阶段|第|フェーズ)/iu.test(title));
  return (said ?? headings.find(({ depth, title }) => depth > 1 && !isList(title)))?.title ?? null;
}

/** A heading that says no more than that tasks follow. */
const isList = (title: string): boolean =>
  /^(?:implementation |development )?(?:tasks?|task list|plan|tareas|aufgaben|任务|タスク)$/iu.test(title);
