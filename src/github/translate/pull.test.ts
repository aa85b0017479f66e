import { describe, expect, test } from "vitest";
import { examplePayload } from "../../../test/webhook-examples.ts";
import type { PullFact } from "../../core/words.ts";
import { pullFacts } from "./pull.ts";

const t = (time: string) => Date.parse(`2026-03-02T${time}Z`);
const repository = 186853002;

function pull(action: string, changes: Readonly<Record<string, unknown>> = {}): PullFact {
  const [told] = pullFacts(examplePayload("pull_request", action, changes));
  if (told?.fact.kind !== "pull") throw new Error("no pull request");
  return told.fact;
}

const closing = {
  "pull_request.updated_at": "2026-03-02T10:00:05Z",
  "pull_request.closed_at": "2026-03-02T10:00:00Z",
};
const merging = { ...closing, "pull_request.merged_at": "2026-03-02T10:00:00Z", "pull_request.merge_commit_sha": "c".repeat(40) };

test("an opened pull request is told as it stands, to its repository", () => {
  const payload = examplePayload("pull_request", "opened");

  expect(pullFacts(payload)).toEqual([
    {
      repository,
      fact: {
        id: expect.stringMatching(/^pull:2#/),
        kind: "pull",
        thing: "pull:2",
        at: Date.parse("2019-05-15T15:20:33Z"),
        number: 2,
        state: "open",
        title: "Update the README with new information.",
        body: "This is a pretty simple change that we need to pull into master.",
        branch: "changes",
        base: "master",
        headSha: "ec26c3e57ca3a959ca5aad62de7213c562f8c821",
        mergeSha: null,
        openedAt: Date.parse("2019-05-15T15:20:33Z"),
        mergedAt: null,
        author: { login: "Codertocat", id: 21031067, bot: false },
        actor: "Codertocat",
        fork: false,
        labels: ["bug"],
      },
    },
  ]);
});

describe("state", () => {
  test("a draft is a draft until it is closed", () => {
    expect(pull("opened", { "pull_request.draft": true }).state).toBe("draft");
    expect(pull("closed", { "pull_request.draft": true }).state).toBe("closed");
  });

  test("merged is not the same as closed", () => {
    expect(pull("closed", closing)).toMatchObject({ state: "closed", mergedAt: null });
    expect(pull("closed", merging)).toMatchObject({ state: "merged", mergedAt: t("10:00:00"), mergeSha: "c".repeat(40) });
  });

  test("the commit by which GitHub tries a merge is no merge", () => {
    expect(pull("synchronize", { "pull_request.merge_commit_sha": "c".repeat(40) }).mergeSha).toBeNull();
  });
});

describe("time", () => {
  test("a closing is dated by itself, not by what touched the pull request since", () => {
    expect(pull("closed", merging).at).toBe(t("10:00:00"));
  });

  test("a label given after the closing is dated by itself", () => {
    expect(pull("labeled", merging).at).toBe(t("10:00:05"));
  });
});

describe("where it comes from", () => {
  test("a head in another repository is a fork's, also when that is gone", () => {
    expect(pull("opened", { "pull_request.head.repo.id": 5 }).fork).toBe(true);
    expect(pull("opened", { "pull_request.head.repo": null }).fork).toBe(true);
  });

  test("an author whose account is gone is told as GitHub shows them", () => {
    expect(pull("opened", { "pull_request.user": null }).author).toEqual({ login: "ghost", id: 10137, bot: false });
  });

  test("labels in another order are the same labels", () => {
    const labels = (...names: string[]) => ({ "pull_request.labels": names.map((name) => ({ name })) });

    expect(pull("labeled", labels("b", "a")).id).toBe(pull("labeled", labels("a", "b")).id);
  });
});
