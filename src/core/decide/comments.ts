import type { Effect } from "../words.ts";
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
