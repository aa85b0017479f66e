import { canonicalJson, type DerivedTask, type Fact, type FoldedTask, type Planned, type PullFact } from "../words.ts";
import { mentionsOf } from "./mentions.ts";
import { retiredIn } from "./retired.ts";

/** More signs of work on the same day, as with every push, change nothing that anybody is shown. */
const signsCountAfter = 24 * 60 * 60_000;

/** Whether a derived task differs from what is stored in anything that somebody is shown. */
export function isNews({ stored, folded, present }: DerivedTask): boolean {
  if (stored === null || stored.present !== present) return true;
  const moved = Math.abs((folded.state.touched?.at ?? 0) - (stored.state.touched?.at ?? 0));
  return moved > signsCountAfter || seen(stored) !== seen(folded);
}

/** Whether what is odd about the tasks that depend on this one may have changed with it. Seen for the first time, it changed nothing for them. */
export function bearsOnDependants({ stored, folded, present }: DerivedTask): boolean {
  if (stored === null) return false;
  const isLost = ({ state }: FoldedTask) => state.findings.some(({ code }) => code === "work-lost");
  return stored.present !== present || stored.state.status !== folded.state.status || isLost(stored) !== isLost(folded);
}

const seen = ({ state: { touched: _, ...state }, history }: FoldedTask): string => canonicalJson([state, history]);

/** Whether new ids of open pull requests may have come to be shared, or are no longer, and whether a retired id may be cited. */
export function bearsOnIds({ fresh, planned }: { readonly fresh: readonly Fact[]; readonly planned: Planned }): boolean {
  const retired = retiredIn(planned.configuration, () => true);
  return fresh.some((fact) => {
    if (fact.kind === "pull-content" && fact.texts.length > 0) return true;
    if (fact.kind === "pull" && (fact.state === "closed" || fact.state === "merged")) return true;
    return retired.size > 0 && mentionsOf(fact).some(({ token }) => retired.has(token));
  });
}

/** Whether a fact is about what was pushed, merged or configured, and nobody's word or pull request that somebody waits to see answered. */
export function isOfBase(fact: Fact): boolean {
  if (fact.kind === "pull") return fact.state === "merged";
  return baseKinds.has(fact.kind);
}

const baseKinds: ReadonlySet<Fact["kind"]> = new Set(["commit", "push", "vanished", "branch", "plan", "configuration", "proposal"]);

/** Whether a pull request says something else than it did before, new commits left aside: they claim nothing. */
export function saysOther(pull: PullFact, facts: readonly Fact[]): boolean {
  const before = facts.findLast((fact) => fact.kind === "pull" && fact.number === pull.number && fact.id !== pull.id && fact.at <= pull.at);
  const said = ({ state, title, body, branch, base, labels }: PullFact) =>
    canonicalJson([state === "open" || state === "draft", title, body, branch, base, labels]);
  return before?.kind !== "pull" || said(before) !== said(pull);
}
