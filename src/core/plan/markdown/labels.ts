import type { Label } from "./document.ts";
import type { Under } from "./sections.ts";

/** What a list is by its titles: tasks unless they say otherwise; criteria to be met; or an explanation of signs, which says nothing of work. */
export type ListKind = "tasks" | "criteria" | "legend";

/**
 * Told by the line above a list, by the item it stands in, and by its headings. The title of the document says nothing: what a file named
 * “Release checklist” lists is its work.
 */
export function listKind(label: Label, { titles }: Pick<Under, "titles">): ListKind {
  const all = [...(label === null ? [] : [label]), ...titles.filter(({ depth }) => depth > 1).map(({ title }) => title)];
  if (all.some((title) => criteria.test(title.slice(0, 100)))) return "criteria";
  return all.some((title) => legend.test(title.slice(0, 100))) ? "legend" : "tasks";
}

const criteria =
  /\b(?:acceptance|success|exit|completion|done) criteria\b|^\W*(?:\d+\W+)?(?:acceptance|criteria|success metrics)\W*$|\bdefinition of (?:done|ready)\b|\b(?:release|roll-?back|deploy(?:ment)?|launch|go-live|pre-launch|change|review|sign-?off)\b[^:]{0,20} checklist\b/i;
const legend = /^\W*(?:(?:status|priority|task) )?(?:legend\b|key\W*$)|^\W*how to use\b/i;
