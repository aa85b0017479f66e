import { inOrderOfTime } from "../src/core/status/one-second.ts";
import type { BranchFact, Fact, IssueFact, PullFact } from "../src/core/words.ts";
import { makeFact } from "../src/github/fact.ts";

const later = 90_000;

/** What GitHub's lists would tell after a story: how each thing stands at last, without who did it, and with times that are not quite those of the deliveries. */
export function listedOf(facts: readonly Fact[]): readonly Fact[] {
  const ordered = [...facts].sort(inOrderOfTime);
  const last = new Map<string, PullFact | IssueFact | BranchFact>();
  for (const fact of ordered) if (fact.kind === "pull" || fact.kind === "issue" || fact.kind === "branch") last.set(fact.thing, fact);
  return [...ordered.flatMap(listedCommit), ...[...last.values()].flatMap(listed)];
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
