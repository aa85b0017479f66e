import type nock from "nock";
import { describe, expect, test } from "vitest";
import { answeredAt, faultOf, githubFor, newPlace, ourTime, playGitHub, writerFor } from "../../test/github-app.ts";
import type { CheckAction, CheckText } from "../core/words.ts";

playGitHub();

const comments = "/repos/octo/plans/issues/7/comments";
const check = {
  name: "Plan impact",
  sha: "a".repeat(40),
  externalId: "check:1",
  title: "Completes 1",
  summary: "A table",
  text: "",
  conclusion: "success",
  annotations: [],
  actions: [{ label: "Re-read plan", description: "Reads it again", identifier: "re-read" }],
} as const satisfies CheckText & { actions: readonly CheckAction[]; name: string; sha: string; externalId: string };

describe("writing what is asked", () => {
  test("a comment is created and answers with its id", async () => {
    const at = newPlace();
    githubFor(at).post(comments, { body: "hello" }).reply(201, { id: 9 });

    expect(await (await writerFor(at)).createComment(at, 7, "hello")).toBe(9);
  });

  test("a comment is updated in place", async () => {
    const at = newPlace();
    githubFor(at).patch("/repos/octo/plans/issues/comments/9", { body: "new" }).reply(200, { id: 9 });

    expect(await (await writerFor(at)).updateComment(at, 9, "new")).toBe(true);
  });

  test.each([404, 410])("updating a comment that is gone (%i) says so", async (status) => {
    const at = newPlace();
    githubFor(at).patch("/repos/octo/plans/issues/comments/9").reply(status, { message: "Not Found" });

    expect(await (await writerFor(at)).updateComment(at, 9, "new")).toBe(false);
  });

  test("an issue is created with its labels and answers with its number", async () => {
    const at = newPlace();
    const issue = { title: "Plan", body: "text", labels: ["plankeeper"] };
    githubFor(at).post("/repos/octo/plans/issues", issue).reply(201, { id: 123, number: 5 });

    expect(await (await writerFor(at)).createIssue(at, issue)).toBe(5);
  });

  test("a check run is created complete, with its annotations", async () => {
    const at = newPlace();
    const annotation = { path: "plan.csv", line: 3, level: "warning", title: "Unknown id", message: "AUTH-9" } as const;
    githubFor(at)
      .post("/repos/octo/plans/check-runs", {
        name: "Plan impact",
        head_sha: check.sha,
        external_id: "check:1",
        status: "completed",
        conclusion: "success",
        output: {
          title: "Completes 1",
          summary: "A table",
          annotations: [
            { path: "plan.csv", start_line: 3, end_line: 3, annotation_level: "warning", title: "Unknown id", message: "AUTH-9" },
          ],
        },
        actions: [{ label: "Re-read plan", description: "Reads it again", identifier: "re-read" }],
      })
      .reply(201, { id: 31 });

    expect(await (await writerFor(at)).createCheck(at, { ...check, annotations: [annotation] })).toBe(31);
  });

  test("no more annotations are sent than GitHub takes in one call", async () => {
    const at = newPlace();
    const annotation = { path: "plan.csv", line: 1, level: "notice", title: "", message: "m" } as const;
    const counted = (body: { output: { annotations: unknown[] } }) => body.output.annotations.length === 50;
    githubFor(at).post("/repos/octo/plans/check-runs", counted).reply(201, { id: 31 });

    expect(await (await writerFor(at)).createCheck(at, { ...check, annotations: Array(60).fill(annotation) })).toBe(31);
  });

  test("a check run is updated, or said to be gone", async () => {
    const at = newPlace();
    const patched = { name: "Plan impact", status: "completed", conclusion: "neutral" };
    githubFor(at)
      .patch("/repos/octo/plans/check-runs/31", (body) => {
        expect(body).toMatchObject(patched);
        return true;
      })
      .reply(200, { id: 31 });
    expect(await (await writerFor(at)).updateCheck(at, 31, { ...check, conclusion: "neutral" })).toBe(true);

    const elsewhere = newPlace();
    githubFor(elsewhere).patch("/repos/octo/plans/check-runs/31").reply(404, { message: "Not Found" });
    expect(await (await writerFor(elsewhere)).updateCheck(elsewhere, 31, check)).toBe(false);
  });

  test("a reaction given twice is no failure, and one on a deleted comment says that it is gone", async () => {
    const reactions = "/repos/octo/plans/issues/comments/9/reactions";
    const at = newPlace();
    githubFor(at).post(reactions, { content: "rocket" }).reply(200, { id: 1 });
    expect(await (await writerFor(at)).react(at, 9, "rocket")).toBe(true);

    const elsewhere = newPlace();
    githubFor(elsewhere).post(reactions).reply(404, { message: "Not Found" });
    expect(await (await writerFor(elsewhere)).react(elsewhere, 9, "rocket")).toBe(false);
  });
});

describe("when GitHub does not do as asked", () => {
  async function faultWhen(answer: (post: nock.Interceptor) => unknown): Promise<unknown> {
    const at = newPlace();
    answer(githubFor(at).post(comments));
    return faultOf((await writerFor(at)).createComment(at, 7, "hello"));
  }

  test.each([500, 502, 503])("after a %i the comment may exist all the same, and it is not sent again", async (status) => {
    const fault = await faultWhen((post) => post.reply(status, { message: "Server Error" }));

    expect(fault).toMatchObject({ name: "Fault", ambiguous: true, next: { kind: "retry", at: null } });
  });

  test("a connection that breaks leaves it open whether the comment exists", async () => {
    const fault = await faultWhen((post) => post.replyWithError(Object.assign(new Error("socket hang up"), { code: "ECONNRESET" })));

    expect(fault).toMatchObject({ name: "Fault", ambiguous: true, next: { kind: "retry", at: null } });
  });

  test("an answer that is cut off leaves it open whether the comment exists", async () => {
    const fault = await faultWhen((post) => post.reply(201, '{"id": 9', { "content-type": "application/json" }));

    expect(fault).toMatchObject({ name: "Fault", ambiguous: true, next: { kind: "retry", at: null } });
  });

  test.each([403, 429])("at a secondary limit (%i) it is tried again when GitHub says", async (status) => {
    const fault = await faultWhen((post) =>
      post.reply(status, { message: "You have exceeded a secondary rate limit" }, { "retry-after": "90" }),
    );

    expect(fault).toMatchObject({ name: "Fault", ambiguous: false, next: { kind: "retry", at: ourTime + 90_000 } });
  });

  test("when the hour is used up it is tried again after the reset, counted from GitHub's own clock", async () => {
    const reset = String(answeredAt / 1000 + 600);
    const fault = await faultWhen((post) =>
      post.reply(403, { message: "API rate limit exceeded" }, { "x-ratelimit-remaining": "0", "x-ratelimit-reset": reset }),
    );

    expect(fault).toMatchObject({ ambiguous: false, next: { kind: "retry", at: ourTime + 601_000 } });
  });

  test("a limit that names no time is waited out for a minute", async () => {
    expect(await faultWhen((post) => post.reply(429, { message: "slow down" }))).toMatchObject({
      next: { kind: "retry", at: ourTime + 60_000 },
    });
  });

  test("the words of a refusal do not make it a limit", async () => {
    expect(await faultWhen((post) => post.reply(403, { message: "secondary rate limit" }))).toMatchObject({ next: { kind: "give-up" } });
  });

  test("a permission that is missing is named", async () => {
    const fault = await faultWhen((post) =>
      post.reply(403, { message: "Resource not accessible by integration" }, { "x-accepted-github-permissions": "issues=write" }),
    );

    expect(fault).toMatchObject({ next: { kind: "give-up" }, message: expect.stringContaining("issues=write") });
  });

  test("what GitHub refuses as wrong is given up with its own words", async () => {
    const refusal = { message: "Validation Failed", errors: [{ resource: "IssueComment", code: "custom", message: "Body is too long" }] };
    const fault = await faultWhen((post) => post.reply(422, refusal));

    expect(fault).toMatchObject({ ambiguous: false, next: { kind: "give-up" }, message: expect.stringContaining("Body is too long") });
  });

  test.each([404, 410])("a comment that has no place to go (%i) is given up", async (status) => {
    expect(await faultWhen((post) => post.reply(status, { message: "gone" }))).toMatchObject({
      ambiguous: false,
      next: { kind: "give-up" },
    });
  });

  test("a conflict is tried again", async () => {
    expect(await faultWhen((post) => post.reply(409, { message: "conflict" }))).toMatchObject({
      ambiguous: false,
      next: { kind: "retry", at: null },
    });
  });

  test("a renamed repository does not turn the comment into a reading of comments", async () => {
    const moved = "https://github.test/repositories/42/issues/7/comments";
    const fault = await faultWhen((post) => post.reply(301, { message: "Moved Permanently", url: moved }, { location: moved }));

    expect(fault).toMatchObject({ ambiguous: false, next: { kind: "retry", at: null } });
  });
});
