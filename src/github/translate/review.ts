import { z } from "zod";
import type { ReviewFact } from "../../core/words.ts";
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
