import { mayDo, type ReviewFact, type Role } from "../words.ts";
import { linkTo, ranks, type TaskEvent } from "./event.ts";

/**
 * A review as events of the tasks (by `rowKey`) that its pull request names or once named. Anyone can review in a public repository, so it
 * counts only when its writer may triage (null role: that has not been read yet). To dismiss one takes more than that.
 */
export function reviewEvents(review: ReviewFact, tasks: ReadonlySet<string>, role: Role | null): readonly (readonly [string, TaskEvent])[] {
  if (review.verdict !== "dismissed" && (role === null || !mayDo(role, "triage"))) return [];
  const event: TaskEvent = {
    kind: "review",
    number: review.number,
    verdict: review.verdict,
    reviewer: review.reviewer.login,
    at: review.at,
    rank: review.verdict === "dismissed" ? ranks.released : ranks.comment,
    id: review.id,
    cause: {
      fact: review.id,
      rule: "pull-reviewed",
      actor: review.reviewer.login,
      link: linkTo(review),
      words: review.verdict.replace("-", " "),
    },
  };
  return [...tasks].map((task) => [task, event] as const);
}
