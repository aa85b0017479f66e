import type { Cadence } from "../../words.ts";
import type { Context } from "./context.ts";
import type { Block, Written } from "./document.ts";

const most = 50;
const longest = 300;

/**
 * When people meet or report: the items and lines under titles such as “Operating cadence” or “Rituals” that say how often, and anywhere a
 * short one with a day of the week and a time of day (`Monday 10:00 UTC: plan review`).
 */
export function readCadence(blocks: readonly Block[], { plain, lineOf }: Context): readonly Cadence[] {
  const found: Cadence[] = [];
  for (const block of blocks) {
    if (block.kind === "table" || (block.kind === "line" && block.depth !== null)) continue;
    const titles = [block.kind === "list" ? (block.label ?? "") : "", block.section.titles[0]?.title ?? ""];
    const meant = titles.some((title) => about.test(title.slice(0, 100)));
    const lines: readonly Written[] =
      block.kind === "list" ? block.items.filter(({ box }) => box === null).map(({ words }) => words) : [block.words];
    for (const line of lines) {
      if (found.length >= most || line.text.length > longest || !(meant ? often : appointed).test(line.text)) continue;
      found.push({ words: plain(line.text), line: lineOf(line.offset) });
    }
  }
  return found;
}

const about = /\b(?:cadence|rituals?|ceremon(?:y|ies)|meetings?|rhythm|stand-?ups?|check-?ins?|sync|communications?|reporting)\b/i;
const often =
  /\b(?:daily|weekly|bi-?weekly|fortnightly|monthly|quarterly|(?:once|twice) (?:a|per) (?:day|week|month)|every|each|on[- ]demand|(?:mon|tues|wednes|thurs|fri|satur|sun)days?|weekdays?)\b/i;
const appointed = /\b(?:mon|tues|wednes|thurs|fri|satur|sun)days?,? (?:at )?\d{1,2}:\d{2}\b/i;
