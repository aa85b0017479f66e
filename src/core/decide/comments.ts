import type { Effect, Fact } from "../words.ts";
import type { Decision } from "./decision.ts";

/**
 * Comments in the issues of tasks that came to be blocked, or are so otherwise or no longer; and those that stand elsewhere, because what a
 * task holds up is for others to change. A plan that is seen for the first time makes none: its blocked tasks are no news.
 */
export function blockerComments({ planned, derived }: Decision): readonly Effect[] {
  const known = derived.tasks.filter(({ stored }) => stored !== null);
  if (planned.configuration.comments.blockers === "off" || known.length === 0) return [];
  const issues = known.flatMap(({ stored, folded }) =>
    [stored?.state, folded.state].flatMap((state) => (state?.status === "blocked" ? state.issues.map(({ number }) => number) : [])),
  );
  return [...new Set(issues), null].map((issue) => ({ kind: "blocker", issue }));
}

/**
 * Comments of milestones that stand are compared when a task or a plan moves; those that may be missing are looked for then too, and when
 * something comes to be known by which an issue belongs to a milestone, once that has been quiet for a while.
 */
export function milestoneComments({ fresh, past, planned, derived, planPaths }: Decision): readonly Effect[] {
  if (planned.configuration.comments.milestones === "off") return [];
  const moved = planned.plans.length > 0 || planned.touched === "all" || derived.tasks.some(({ stored }) => stored !== null);
  if (moved)
    return [
      { kind: "milestones", make: false },
      { kind: "milestones", make: true },
    ];
  // Where there is no plan there are no milestones of one.
  return planPaths.size > 0 && fresh.some((fact) => !past.has(fact.id) && bearsOnBelonging(fact))
    ? [{ kind: "milestones", make: true }]
    : [];
}

function bearsOnBelonging(fact: Fact): boolean {
  if (fact.kind === "issue") return fact.state === "open";
  if (fact.kind === "permission") return fact.about.startsWith("issue:");
  return fact.kind === "label" && fact.read;
}
