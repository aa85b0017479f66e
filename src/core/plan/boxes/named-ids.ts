import type { Token } from "../../words.ts";
import { normalise } from "../token.ts";

/** No range of ids that people mean is longer, and no list of them. */
const longestRange = 100;
const mostParts = 100;
const mostIds = 300;

/** One id as an expression without anchors or groups, and the words that may stand in front of it (`Task 3`). */
export type IdForm = { readonly pattern: string; readonly lead?: string };

/**
 * The ids that a list of dependencies names, as written: those that its parts begin with (`1.2 domain vocabulary, Task 3` → 1.2, 3).
 * What stands in brackets explains and names nothing; a part that begins with other words (`Phase 1 complete`) names no task.
 * A range names those of `known` that lie in it, and its ends.
 */
export function namedIds(written: string, { pattern, lead = "tasks?|任务" }: IdForm, known: ReadonlySet<Token>): readonly string[] {
  const begins = new RegExp(`^(?:(?:${lead})\\s*|#)?(${pattern})(?:\\s*(?:[-–—~]|to|through|bis)\\s*(${pattern}))?(?![\\w-]|\\.\\d)`, "iu");
  const parts = withoutBrackets(written)
    .split(/[,;，、；|\n]|\s(?:and|und|y|et|&|\+|plus)\s/u)
    .slice(0, mostParts);
  const ids = parts.flatMap((part) => {
    const [, first, last] =
      begins.exec(
        part
          .trim()
          .replace(/^[[`*_]+/, "")
          .replace(/^(?:and|und|y|et|&|\+)\s/, ""),
      ) ?? [];
    if (first === undefined) return [];
    return last === undefined ? [first] : range(first, last, known);
  });
  return [...new Set(ids)].slice(0, mostIds);
}

/** `(…)` and `（…）` cut out; a whole text in brackets loses only these. */
function withoutBrackets(written: string): string {
  const text = written.slice(0, 2000).trim();
  const whole = /^[(（]([^()（）]*)[)）]$/u.exec(text);
  return whole?.[1] ?? text.replace(/[(（][^()（）]*[)）]/gu, " ");
}

/** `T003–T007`: the ids between whose numbers at the end lie between those of the two. */
function range(first: string, last: string, known: ReadonlySet<Token>): readonly string[] {
  const [, prefix = "", from = ""] = /^(.*?)(\d+)$/.exec(normalise(first)) ?? [];
  const [, , to = ""] = /^(.*?)(\d+)$/.exec(normalise(last)) ?? [];
  const count = Number(to) - Number(from);
  if (!(count > 0 && count <= longestRange) || normalise(last) !== `${prefix}${to}`) return [first, last];
  const between = Array.from({ length: count - 1 }, (_, index) => `${prefix}${Number(from) + index + 1}`);
  return [first, ...between.filter((token) => known.has(token)), last];
}
