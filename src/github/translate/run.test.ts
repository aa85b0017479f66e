import { describe, expect, test } from "vitest";
import { examplePayload } from "../../../test/webhook-examples.ts";
import { mergeGroupFacts } from "./merge-group.ts";
import { checkRunFacts, checkSuiteFacts } from "./rerequest.ts";
import { runFacts } from "./run.ts";

describe("a finished workflow run", () => {
  const run = (changes: Readonly<Record<string, unknown>> = {}) =>
    runFacts(examplePayload("workflow_run", "completed", changes)).map(({ fact }) => fact);

  test("is told with its workflow, branch, number and result", () => {
    expect(run({ "workflow.name": "Backend tests", "workflow_run.conclusion": "failure", "workflow_run.run_attempt": 2 })).toMatchObject([
      {
        kind: "run",
        thing: "run:.github/workflows/test.yml:master:289782451",
        at: Date.parse("2020-10-05T16:33:49Z"),
        run: 289782451,
        workflow: "Backend tests",
        file: ".github/workflows/test.yml",
        branch: "master",
        number: 163,
        attempt: 2,
        conclusion: "failure",
        event: "repository_dispatch",
        own: true,
      },
    ]);
  });

  test("is not our own when its head is in a fork", () => {
    expect(run({ "workflow_run.head_repository.id": 5 })).toMatchObject([{ own: false }]);
    expect(run({ "workflow_run.head_repository": null })).toMatchObject([{ own: false }]);
  });

  test("is known by names that fit into an index, whatever a fork calls its workflows", () => {
    const [fact] = run({ "workflow.name": "漢".repeat(5000), "workflow_run.head_branch": "漢".repeat(5000) });

    expect(fact).toMatchObject({ kind: "run", workflow: expect.stringMatching(/^漢+/) });
    expect(Buffer.byteLength(fact?.thing ?? "")).toBeLessThan(1100);
  });

  test("of a reusable workflow is known by its file, without the ref it was taken from", () => {
    expect(run({ "workflow_run.path": ".github/workflows/test.yml@refs/heads/main" })).toMatchObject([
      { file: ".github/workflows/test.yml" },
    ]);
  });

  test("whose workflow has no name is called by its file", () => {
    expect(run({ "workflow.name": "", "workflow_run.name": null })).toMatchObject([{ workflow: ".github/workflows/test.yml" }]);
  });

  test("without a branch or a result says nothing", () => {
    expect(run({ "workflow_run.head_branch": null })).toEqual([]);
    expect(run({ "workflow_run.conclusion": null })).toEqual([]);
  });
});

describe("a check that is asked for again", () => {
  test("on one run", () => {
    expect(checkRunFacts(examplePayload("check_run", "rerequested"))).toMatchObject([
      {
        fact: {
          kind: "rerequest",
          thing: "rerequest:d6fde92930d4715a2b49857d24b940956b26d2d3",
          run: 4,
          headSha: "d6fde92930d4715a2b49857d24b940956b26d2d3",
          action: null,
          at: Date.parse("2018-05-04T01:14:52Z"),
        },
      },
    ]);
  });

  test("by a button of ours, which is named", () => {
    expect(checkRunFacts(examplePayload("check_run", "requested_action"))).toMatchObject([
      { fact: { action: "lgtm|26764", actor: "codebytere" } },
    ]);
  });

  test("on all runs of a commit", () => {
    expect(checkSuiteFacts(examplePayload("check_suite", "rerequested"))).toMatchObject([
      { fact: { headSha: "ec26c3e57ca3a959ca5aad62de7213c562f8c821", run: null, action: null } },
    ]);
  });

  test("a second time, after we answered the first", () => {
    const pressed = (completed: string) =>
      checkRunFacts(examplePayload("check_run", "rerequested", { "check_run.completed_at": completed }))[0];

    expect(pressed("2026-03-02T10:00:00Z")?.fact.id).not.toBe(pressed("2026-03-02T11:00:00Z")?.fact.id);
  });
});

describe("a merge queue's group", () => {
  const group = (changes: Readonly<Record<string, unknown>> = {}) =>
    mergeGroupFacts(examplePayload("merge_group", "checks_requested", changes)).map(({ fact }) => fact);

  test("asks for a check on its own commit, for the pull request it names", () => {
    expect(group()).toMatchObject([
      {
        kind: "merge-group",
        thing: "merge-group:2ffea6db159f6b6c47a24e778fb9ef40cf6b1c7d",
        headSha: "2ffea6db159f6b6c47a24e778fb9ef40cf6b1c7d",
        base: "main",
        pulls: [104],
        open: true,
        at: Date.parse("2019-05-15T15:20:30Z"),
      },
    ]);
  });

  test("is over when it is destroyed, and that is later than its beginning", () => {
    expect(group({ action: "destroyed", "repository.pushed_at": "2026-03-02T10:00:00Z" })).toMatchObject([
      { open: false, at: Date.parse("2026-03-02T10:00:00Z") },
    ]);
  });

  test("whose branch names no pull request has none that we know of", () => {
    expect(group({ "merge_group.head_ref": `refs/heads/gh-readonly-queue/main/pr-${"1".repeat(100_000)}` })).toMatchObject([{ pulls: [] }]);
  });
});
