import { type Candidate, type Fact, type IssueFact, mayDo, type Thing } from "../words.ts";
import { inOrderOfTime } from "./one-second.ts";
import { withRelabelled } from "./relabelled.ts";

/**
 * By what an issue belongs: the milestone's names, and which labels may be one. Of a milestone that only the phases of tasks tell of a label has
 * to say that it is meant (`milestone: backend`): `backend` alone is on issues of every kind.
 */
export type Belonging = { readonly names: ReadonlySet<string>; readonly labels: "any" | "saying milestone" };

/** What a milestone is called. */
export type Named = { readonly id: string; readonly title: string };

/** A person whose role has to be read, because of what he wrote. */
export type Ask = { readonly login: string; readonly about: Thing };

/** The issue in which a milestone's comment is kept, or what has to be asked before that is known. */
export type Choice = { readonly issue: IssueFact } | { readonly ask: Ask };

/** A name as it is compared: without letter case, needless blanks, what stands between its parts, and the word “milestone” before it. */
export function plainName(text: string): string {
  const name = text.normalize("NFC").trim().toLowerCase();
  return name.replace(/\s*[:–—]\s*|\s+-\s+|\s+/g, " ").replace(/^milestone[ /](?=.)/, "");
}

/** GitHub takes no longer titles, and an index no long ones at all. */
const isName = (name: string): boolean => name !== "" && name.length <= 256;

/** The names by which people mean a milestone: its id, its title, or both. */
export const namesOf = ({ id, title }: Named): ReadonlySet<string> => new Set([id, title, `${id} ${title}`].map(plainName).filter(isName));

/** Of each milestone the names that are not another one's too: the first story of twenty feature folders is twenty milestones. */
export function ownNames(milestones: readonly Named[]): readonly ReadonlySet<string>[] {
  const names = milestones.map(namesOf);
  const owners = new Map<string, number>();
  for (const name of names.flatMap((some) => [...some])) owners.set(name, (owners.get(name) ?? 0) + 1);
  return names.map((some) => new Set([...some].filter((name) => owners.get(name) === 1)));
}

/** Every name by which an issue may belong to a milestone: what feeds the index of mentions. */
export const meantBy = ({ title, labels, milestone }: IssueFact): readonly string[] => [
  ...new Set([title, ...labels, milestone ?? ""].map(plainName).filter(isName)),
];

/** These names, and what labels called so now were called before: an issue may have been told of when they still were. */
export function formerlyToo(names: ReadonlySet<string>, labels: readonly Fact[]): ReadonlySet<string> {
  const found = new Set(names);
  for (const name of found)
    for (const fact of labels)
      if (fact.kind === "label" && fact.name !== null && plainName(fact.name) === name) found.add(plainName(fact.was));
  return found;
}

/** The candidates with their labels as they are called now. `labels` = what is known of labels that were renamed or deleted. */
export function labelledNow(candidates: readonly Candidate[], labels: readonly Fact[]): readonly Candidate[] {
  const facts = [...candidates.map(({ issue }) => issue), ...labels].sort(inOrderOfTime);
  const newest = new Map(withRelabelled(facts).flatMap((fact) => (fact.kind === "issue" ? [[fact.thing, fact] as const] : [])));
  return candidates.map(({ issue, role }) => ({ issue: newest.get(issue.thing) ?? issue, role }));
}

/**
 * The open issue for a milestone's comment: the one that belongs most plainly, by its title, a label, or its milestone on GitHub, and of several
 * the oldest. Anyone can open an issue with any title, so a title counts only by somebody with triage or more; whoever puts labels and milestones
 * on issues has that on GitHub.
 */
export function chooseIssue(to: Belonging, candidates: readonly Candidate[]): Choice | null {
  const open = candidates.filter(({ issue }) => issue.state === "open").toSorted((a, b) => a.issue.number - b.issue.number);
  const titled = open.find((one) => byTitle(to, one) && mayCount(one));
  const { issue } = titled ?? open.find((one) => byLabel(to, one)) ?? open.find((one) => byMilestone(to, one)) ?? { issue: null };
  if (issue === null) return null;
  return titled === undefined || isTrusted(titled) ? { issue } : { ask: { login: issue.author.login, about: issue.thing } };
}

const byTitle = ({ names }: Belonging, { issue }: Candidate): boolean => names.has(plainName(issue.title));
const byLabel = ({ names, labels }: Belonging, { issue }: Candidate): boolean =>
  issue.labels.some((label) => names.has(plainName(label)) && (labels === "any" || /^\s*milestone\W/i.test(label)));
const byMilestone = ({ names }: Belonging, { issue }: Candidate): boolean => names.has(plainName(issue.milestone ?? ""));

const isTrusted = ({ role }: Candidate): boolean => role !== null && mayDo(role, "triage");
const mayCount = (one: Candidate): boolean => one.role === null || isTrusted(one);
