import { expect, test } from "vitest";
import { examplePayload } from "../../../test/webhook-examples.ts";
import { reviewFacts } from "./review.ts";

const submitted = (state: string, change: Readonly<Record<string, unknown>> = {}) =>
  reviewFacts(examplePayload("pull_request_review", "submitted", { "review.state": state, ...change })).map(({ fact }) => fact);

test.each([
  ["approved", "approved"],
  ["changes_requested", "changes-requested"],
  ["commented", "commented"],
  ["APPROVED", "approved"],
])("a review that is %s is told of its pull request, at the time it was given", (state, verdict) => {
  expect(submitted(state)).toMatchObject([
    { kind: "review", thing: "pull:2", at: Date.parse("2019-05-15T15:20:38Z"), number: 2, verdict, reviewer: { login: "Codertocat" } },
  ]);
});

test("a dismissed review is told at the time it was dismissed, and is another fact than its giving", () => {
  const [given] = submitted("changes_requested", { "pull_request.updated_at": "2026-03-02T10:00:00Z" });
  const payload = examplePayload("pull_request_review", "dismissed", { "pull_request.updated_at": "2026-03-02T11:00:00Z" });
  const [dismissed] = reviewFacts(payload).map(({ fact }) => fact);
  expect(dismissed).toMatchObject({ verdict: "dismissed", at: Date.parse("2026-03-02T11:00:00Z") });
  expect(dismissed?.id).not.toBe(given?.id);
});

test("bots review whatever is pushed, which says nothing", () => {
  expect(submitted("approved", { "review.user.type": "Bot" })).toEqual([]);
});
