import { type Fact, mayDo, type PullFact, type RerequestFact, type Sha, type Thing } from "../words.ts";

/** What the buttons under the checks of a commit are about. */
export const pressesOn = (sha: Sha): Thing => `rerequest:${sha}`;

/**
 * The heads on whose checks it may have been said that a pull request is to be ignored. It outlasts pushes, but those to a fork: whoever
 * pushes there need not be anybody who might ignore the check.
 */
export function headsOf(pull: PullFact, facts: readonly Fact[]): readonly Sha[] {
  if (pull.fork) return [pull.headSha];
  const heads = facts.flatMap((fact) => (fact.kind === "pull" && fact.number === pull.number ? [fact.headSha] : []));
  return [...new Set([...heads, pull.headSha])];
}

/**
 * Who asked to ignore these commits' checks, of those who may (write access, as it was read for this press); null where nobody did, or a check
 * was asked for again since. GitHub gives no time to a press, so it counts as made when its run was completed: of one run, ignoring wins.
 */
export function ignoredBy(heads: readonly Sha[], facts: readonly Fact[]): string | null {
  const presses = facts.filter((fact) => fact.kind === "rerequest").filter(({ headSha }) => heads.includes(headSha));
  const allowed = new Set(facts.flatMap((fact) => (fact.kind === "permission" && mayDo(fact.role, "write") ? [fact.about] : [])));
  const counting = presses.filter((press) => press.action !== "ignore" || allowed.has(press.id));
  const last = counting.sort(inOrder).at(-1);
  return last?.action === "ignore" ? last.actor : null;
}

const inOrder = (a: RerequestFact, b: RerequestFact): number =>
  a.at - b.at ||
  (a.run ?? 0) - (b.run ?? 0) ||
  Number(a.action === "ignore") - Number(b.action === "ignore") ||
  (a.id < b.id ? -1 : Number(a.id > b.id));
