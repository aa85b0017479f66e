import type { Fact, IssueFact, LabelFact, PullFact, Thing } from "../words.ts";

type Labelled = IssueFact | PullFact;

/**
 * The facts with what follows from labels that were renamed or deleted, for which GitHub tells nothing of the issues and pull requests that
 * carried them: each stands from then on with its other labels. `facts` in order of time; so is the answer.
 */
export function withRelabelled(facts: readonly Fact[]): readonly Fact[] {
  if (!facts.some((fact) => fact.kind === "label" && fact.read)) return facts;
  const newest = new Map<Thing, Labelled>();
  return facts.flatMap((fact): readonly Fact[] => {
    if (fact.kind === "issue" || fact.kind === "pull") newest.set(fact.thing, fact);
    if (fact.kind !== "label" || !fact.read) return [fact];
    const changed = [...newest.values()].filter(({ labels }) => labels.includes(fact.was)).map((one) => relabelled(one, fact));
    for (const one of changed) newest.set(one.thing, one);
    return [fact, ...changed];
  });
}

/** Every name by which things may go that carry one of these labels now: it may have been called otherwise when they were told of. */
export function formerNames(names: readonly string[], facts: readonly Fact[]): readonly string[] {
  const found = new Set(names);
  for (const name of found) for (const fact of facts) if (fact.kind === "label" && fact.name === name) found.add(fact.was);
  return [...found];
}

function relabelled(one: Labelled, { id, at, was, name, actor }: LabelFact): Labelled {
  const others = one.labels.filter((label) => label !== was && label !== name);
  const labels = name === null ? others : [...others, name].sort();
  const change = { id: `${one.id}~${id}`, at, actor, labels };
  return one.kind === "issue" ? { ...one, ...change, act: null } : { ...one, ...change };
}
