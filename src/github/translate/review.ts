import { z } from "zod";
import type { Instant, ReviewFact } from "../../core/words.ts";
import { makeFact } from "../fact.ts";
import { moment, person, repositoryId, text } from "./fields.ts";
import { timeOf } from "./times.ts";
import { type Told, toldTo } from "./told.ts";

const payload = z.object({
  action: z.string(),
  review: z.object({ id: z.int(), state: text, user: person, submitted_at: moment.nullish() }),
  pull_request: z.object({ number: z.int(), updated_at: moment }),
  repository: repositoryId,
});

/** A review of a list. `submitted_at` is missing while nobody but its writer sees it. */
export const listedReviewShape = z.object({ id: z.int(), state: text, user: person, submitted_at: moment.nullish() });

/** A review of a list: as it was given, or that it is dismissed, of which a list tells no time but the pull request's. */
export function listedReview(
  review: z.infer<typeof listedReviewShape>,
  pull: { readonly number: number; readonly updated_at: Instant },
): readonly ReviewFact[] {
  if (review.user.bot || review.submitted_at == null) return [];
  const isDismissed = review.state.toLowerCase() === "dismissed";
  return [
    makeFact({
      kind: "review",
      thing: `pull:${pull.number}`,
      at: timeOf.review(isDismissed ? "dismissed" : "submitted", review, pull),
      review: review.id,
      number: pull.number,
      verdict: isDismissed ? "dismissed" : verdictOf(review.state),
      reviewer: review.user,
      fromList: true,
    }),
  ];
}

/** A review as it was given, or that it was dismissed. Bots review whatever is pushed: that is nobody's work. */
export function reviewFacts(body: unknown): Told {
  const { action, review, pull_request: pull, repository } = payload.parse(body);
  if (review.user.bot) return [];
  const fact = makeFact({
    kind: "review",
    thing: `pull:${pull.number}`,
    at: timeOf.review(action, review, pull),
    review: review.id,
    number: pull.number,
    verdict: action === "dismissed" ? "dismissed" : verdictOf(review.state),
    reviewer: review.user,
  });
  return toldTo(repository.id, [fact]);
}

function verdictOf(state: string): ReviewFact["verdict"] {
  const known = state.toLowerCase();
  if (known === "approved") return "approved";
  return known === "changes_requested" ? "changes-requested" : "commented";
}
