import { isOfBase, saysOther } from "../status/news.ts";
import { newestPulls } from "../status/one-second.ts";
import type { Effect, PullFact } from "../words.ts";
import { check, type Decision, isOpen } from "./decision.ts";

/**
 * The check of a pull request, once its commits and files have been read: what is written before that would be written again at once.
 * Should they never be read, the check says what is known without them; it is never left out.
 */
export function checkOf(pull: PullFact, decision: Decision): readonly Effect[] {
  const { number, headSha } = pull;
  if (
    [...decision.material.facts, ...decision.onDependants].some(
      (fact) => fact.kind === "pull-content" && fact.number === number && fact.headSha === headSha,
    )
  )
    return [check(headSha)];
  return [
    { kind: "read-pull", number, headSha },
    { kind: "check", sha: headSha, again: null, fallback: true },
  ];
}

/**
 * What became of the promise, once a pull request is merged. One that was never seen open was merged before anything was promised: a
 * history that is read in hindsight asks for nothing.
 */
export function outcomes(pull: PullFact, { material }: Decision): readonly Effect[] {
  const seen = material.facts.some((fact) => fact.kind === "pull" && fact.number === pull.number && isOpen(fact));
  return pull.state === "merged" && seen ? [{ kind: "outcomes", sha: pull.headSha }] : [];
}

/**
 * A promise that was told to be kept is looked at again when what came of it is corrected: a word from before the merge may have come, or been
 * let count, after it.
 */
export function outcomesCorrected(decision: Decision): readonly Effect[] {
  const corrected = decision.derived.audit.flatMap(({ action, at }) => (action === "task.history_corrected" ? [at] : []));
  const earliest = corrected.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  return decision.material.facts.flatMap((fact) =>
    fact.kind === "pull" && (fact.mergedAt ?? fact.at) >= earliest ? outcomes(fact, decision) : [],
  );
}

/**
 * Checks of open pull requests that name a task which moved, one that depends on such a task, one that another pull request claims now or no
 * longer, or one whose row says something else; or any task when the configuration did. What the base alone brought about gathers for a
 * minute: a merge moves the tasks of many pull requests, the next one moves them again.
 */
export function checksMoved(decision: Decision): readonly Effect[] {
  const moved = decision.fresh.some(
    (fact) => fact.kind === "configuration" || (fact.kind === "pull" && saysOther(fact, decision.material.facts)),
  );
  const restated = decision.planned.touched !== "all" && decision.planned.touched.size > 0;
  if (decision.derived.tasks.length === 0 && !moved && !restated) return [];
  const waits = decision.fresh.every(isOfBase);
  return newestPulls([...decision.material.facts, ...decision.onDependants])
    .filter(isOpen)
    .flatMap((pull) => checkOf(pull, decision))
    .map((effect) => (waits && effect.kind === "check" && effect.fallback !== true ? { ...effect, moved: true } : effect));
}
