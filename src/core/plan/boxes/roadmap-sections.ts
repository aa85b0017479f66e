import type { PlannedMilestone } from "../../words.ts";
import type { Source } from "../formats/format.ts";
import type { Block, Written } from "../markdown/document.ts";
import { linesIn } from "../markdown/line-at.ts";
import type { Plain } from "../markdown/plain-text.ts";
import { type PhaseWords, phaseNumber, phaseWords } from "./roadmap-words.ts";
import type { BoxItem } from "./walk.ts";

/** The section of a phase: `### Phase 5: Housekeeping`, and the `**Depends on**: Phase 4` lines right below it. */
export type PhaseSection = {
  readonly words: PhaseWords;
  readonly offset: number;
  readonly dependsOn: Written | null;
  readonly goal: string | null;
  readonly requirements: string | null;
};

export function phaseSections(blocks: readonly Block[], { text }: Source, plain: Plain): readonly PhaseSection[] {
  const sections: PhaseSection[] = [];
  for (const [index, block] of blocks.entries()) {
    if (block.kind !== "line" || block.depth === null) continue;
    const words = phaseWords(block.words.text, plain);
    if (words === null) continue;
    const told = new Map<string, Written>();
    for (let next = index + 1; next < blocks.length; next += 1) {
      const paragraph = blocks[next];
      if (paragraph?.kind !== "line" || paragraph.depth !== null) break;
      for (const [key, value] of toldIn(paragraph.words, text)) if (!told.has(key)) told.set(key, value);
    }
    sections.push({
      words,
      offset: block.offset,
      dependsOn: told.get("depends on") ?? null,
      goal: plainOf(told.get("goal"), plain),
      requirements: plainOf(told.get("requirements"), plain),
    });
  }
  return sections;
}

const plainOf = (value: Written | undefined, plain: Plain): string | null =>
  value === undefined || value.text === "" ? null : plain(value.text);

/** The `**Key**: value` lines of a paragraph. */
function toldIn({ offset, end }: Written, text: string): readonly (readonly [string, Written])[] {
  const paragraph = text.slice(offset, end);
  return linesIn(paragraph).flatMap(({ from, to }) => {
    const found = /^[ \t]*\*\*([A-Za-z ]{1,30}):?\*\*:?[ \t]*/.exec(paragraph.slice(from, Math.min(to, from + 80)));
    if (found === null) return [];
    const start = from + found[0].length;
    const value = { text: paragraph.slice(start, Math.min(to, start + 2000)).trim(), offset: offset + start, end: offset + to };
    return [[(found[1] ?? "").trim().toLowerCase(), value] as const];
  });
}

/** A milestone of the list above the phases, and the phases it reaches over. */
export type Reach = { readonly milestone: PlannedMilestone; readonly first: string; readonly last: string };

const reaching = new RegExp(
  `(v\\d[\\w.]{0,20})([^—–]{0,120}?)[ \\t](?:—|–|--?)[ \\t]Phases?[ \\t](${phaseNumber})(?:[ \\t]?[-–—][ \\t]?(${phaseNumber}))?`,
  "iu",
);

/** No roadmap has more versions. */
const mostReaches = 300;

/** `✅ **v1.0 Basis** — Phases 1-4 (shipped 2026-02-23)` in a list without boxes. */
export function reachesOf(items: readonly BoxItem[], { lines }: Source, plain: Plain): readonly Reach[] {
  const reaches = items.flatMap(({ item, box, words }) => {
    if (box !== null || !/phase/i.test(words.text.slice(0, 300))) return [];
    const told = plain(words.text).slice(0, 300);
    const found = reaching.exec(told);
    const [, id = "", name = "", first = "", last = first] = found ?? [];
    if (found === null) return [];
    const notes = /\(([^()]{1,100})\)/.exec(told.slice(found.index + found[0].length))?.[1] ?? null;
    const milestone = {
      id,
      title: `${id}${name}`.trim(),
      owner: null,
      start: null,
      due: null,
      notes,
      line: lines.placeOf(item.offset).line,
    };
    return [{ milestone, first, last }];
  });
  return reaches.slice(0, mostReaches);
}

/** Whether a phase lies in a reach; `4.1`, put in behind 4, lies in `1-4`. */
export function reaches({ first, last }: Reach, id: string): boolean {
  return compared(id, first) >= 0 && compared(id.split(".").slice(0, last.split(".").length).join("."), last) <= 0;
}

function compared(a: string, b: string): number {
  const [left, right] = [a, b].map((id) => id.split(".").map(Number));
  for (let index = 0; index < Math.max(left?.length ?? 0, right?.length ?? 0); index += 1) {
    const apart = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (apart !== 0) return apart;
  }
  return 0;
}
