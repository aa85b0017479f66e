import { inOrderOfTime } from "../src/core/status/one-second.ts";
import type { BranchFact, Fact, IssueFact, PullFact, RelationFact, ReviewFact } from "../src/core/words.ts";
import { makeFact } from "../src/github/fact.ts";

const later = 90_000;

/** What GitHub's lists would tell after a story: how each thing stands at last, without who did it, and with times that are not quite those of the deliveries. */
export function listedOf(facts: readonly Fact[]): readonly Fact[] {
  const ordered = [...facts].sort(inOrderOfTime);
  const last = new Map<string, PullFact | IssueFact | BranchFact>();
  for (const fact of ordered) if (fact.kind === "pull" || fact.kind === "issue" || fact.kind === "branch") last.set(fact.thing, fact);
  return [
    ...ordered.flatMap(listedCommit),
    ...[...last.values()].flatMap(listed),
    ...[...last.values()].flatMap((fact) => ended(fact, ordered)),
    ...listedAside(ordered),
  ];
}

/** Edges and reviews as they stand at last; of a review that was dismissed nobody knows any more what it said. */
function listedAside(ordered: readonly Fact[]): readonly Fact[] {
  const last = new Map<string, RelationFact | ReviewFact>();
  for (const fact of ordered) {
    if (fact.kind === "relation") last.set(fact.thing, fact);
    if (fact.kind === "review") last.set(`review:${fact.review}`, fact);
  }
  return [...last.values()].map((fact) => {
    const { id: _, ...draft } = fact;
    if (draft.kind === "relation") return makeFact({ ...draft, at: draft.at + later, actor: null, fromList: true });
    return makeFact({ ...draft, at: draft.verdict === "dismissed" ? draft.at + later : draft.at, fromList: true });
  });
}

/** Who closed an issue that stands closed, and when; and that something is gone, as it was found not to be there. */
function ended(fact: PullFact | IssueFact | BranchFact, ordered: readonly Fact[]): readonly Fact[] {
  const { id: _, ...draft } = fact;
  if (draft.kind === "branch")
    return draft.head === null ? [makeFact({ ...draft, at: draft.at + later, actor: null, fromList: true })] : [];
  if (draft.kind !== "issue") return [];
  const standing = { ...draft, act: null, actor: null, fromList: true } as const;
  if (draft.state === "gone") return [makeFact({ ...standing, at: draft.at + later })];
  const acts = ordered.filter((one): one is IssueFact => one.kind === "issue" && one.thing === fact.thing && one.act !== null);
  const last = acts.at(-1);
  if (last === undefined || (last.act === "closed") !== (draft.state === "closed")) return [];
  return [makeFact({ ...standing, at: last.at, act: last.act })];
}

/** A list tells neither the push nor, without another call, the files. */
function listedCommit(fact: Fact): readonly Fact[] {
  if (fact.kind !== "commit") return [];
  const { id: _, ...draft } = fact;
  return [makeFact({ ...draft, pushHead: fact.sha, files: [], fromList: true })];
}

function listed(fact: PullFact | IssueFact | BranchFact): readonly Fact[] {
  if (fact.kind === "branch") {
    const { id: _, ...draft } = fact;
    return fact.head === null ? [] : [makeFact({ ...draft, at: fact.at - later, actor: null, fromList: true })];
  }
  if (fact.kind === "issue") {
    const { id: _, settles: __, ...draft } = fact;
    return fact.state === "open" ? [makeFact({ ...draft, at: fact.at + later, act: null, actor: null, fromList: true })] : [];
  }
  const { id: _, settles: __, ...draft } = fact;
  const standing = { ...draft, actor: null, fromList: true } as const;
  const isOpen = fact.state === "open" || fact.state === "draft";
  return [
    makeFact({ ...standing, at: fact.openedAt, state: "open", mergeSha: null, mergedAt: null, labels: [] }),
    makeFact(isOpen ? { ...standing, at: fact.at + later } : standing),
  ];
}
