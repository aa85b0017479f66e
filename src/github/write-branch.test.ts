import { describe, expect, test } from "vitest";
import { clientFor, faultOf, githubFor, newPlace, oid, ourTime, playGitHub, repo, writerFor } from "../../test/github-app.ts";

playGitHub();

const name = "plankeeper/sync/plan.csv";
const commit = {
  branch: name,
  onto: oid("tip"),
  headline: "docs(plan): mark A-1 completed",
  body: "Plankeeper-Sync: 0123456789ab",
  files: new Map([
    ["plan.csv", "id\n"],
    ["gone.csv", null],
  ]),
};

describe("a commit", () => {
  test("is made by GitHub itself, on the branch where we believe it to be", async () => {
    const at = newPlace();
    const input = {
      branch: { repositoryNameWithOwner: "octo/plans", branchName: name },
      expectedHeadOid: oid("tip"),
      message: { headline: commit.headline, body: commit.body },
      fileChanges: {
        additions: [{ path: "plan.csv", contents: Buffer.from("id\n").toString("base64") }],
        deletions: [{ path: "gone.csv" }],
      },
    };
    githubFor(at)
      .post(
        "/graphql",
        (body) => JSON.stringify(body.variables) === JSON.stringify({ input }) && body.query.includes("createCommitOnBranch"),
      )
      .reply(200, { data: { createCommitOnBranch: { commit: { oid: oid("new"), committedDate: "2026-03-01T09:00:00Z" } } } });

    expect(await (await writerFor(at)).commit(at, commit)).toEqual({ sha: oid("new"), at: Date.parse("2026-03-01T09:00:00Z") });
  });

  test.each([
    ["STALE_DATA", 'Expected branch to point to "a" but it did not. Pull and try again.'],
    ["NOT_FOUND", "Could not resolve to a Ref"],
  ])("on a branch that moved or is gone (%s) is stale", async (type, message) => {
    const at = newPlace();
    githubFor(at)
      .post("/graphql")
      .reply(200, { data: null, errors: [{ type, message }] });

    expect(await (await writerFor(at)).commit(at, commit)).toBe("stale");
  });

  test.each([
    ["FORBIDDEN", "Resource not accessible by integration"],
    ["UNPROCESSABLE", "Changes must be made through a pull request."],
  ])("that GitHub refuses (%s) is given up, in its words", async (type, message) => {
    const at = newPlace();
    githubFor(at)
      .post("/graphql")
      .reply(200, { data: null, errors: [{ type, message }] });

    const fault = await faultOf((await writerFor(at)).commit(at, commit));
    expect(fault).toMatchObject({ name: "Fault", next: { kind: "give-up" }, message: expect.stringContaining(message) });
  });

  test("at a limit waits until the time that the headers name", async () => {
    const at = newPlace();
    const headers = { "x-ratelimit-remaining": "0", "x-ratelimit-reset": String(Math.floor(ourTime / 1000) + 300) };
    githubFor(at)
      .post("/graphql")
      .reply(200, { errors: [{ type: "RATE_LIMITED", message: "API rate limit exceeded" }] }, headers);

    const fault = await faultOf((await writerFor(at)).commit(at, commit));
    expect(fault).toMatchObject({ name: "Fault", next: { kind: "retry", at: expect.any(Number) } });
  });

  test("whose answer never came may have been made", async () => {
    const at = newPlace();
    githubFor(at).post("/graphql").reply(502, "Bad Gateway");

    expect(await faultOf((await writerFor(at)).commit(at, commit))).toMatchObject({
      name: "Fault",
      ambiguous: true,
      next: { kind: "retry" },
    });
  });
});

describe("a branch of ours", () => {
  test("is made, moved wherever it is, and deleted", async () => {
    const at = newPlace();
    const github = githubFor(at);
    github.post(`${repo}/git/refs`, { ref: `refs/heads/${name}`, sha: oid("a") }).reply(201, { ref: `refs/heads/${name}` });
    const path = `${repo}/git/refs/${encodeURIComponent(`heads/${name}`)}`;
    github.patch(path, { sha: oid("b"), force: true }).reply(200, { ref: `refs/heads/${name}` });
    github.delete(path).reply(204);
    const write = await writerFor(at);

    await write.placeBranch(at, { name, sha: oid("a"), exists: false });
    await write.placeBranch(at, { name, sha: oid("b"), exists: true });
    await write.deleteBranch(at, name);
  }, 30_000);

  test("cannot be made without the permission, and the refusal names it", async () => {
    const at = newPlace();
    const headers = { "x-accepted-github-permissions": "contents=write" };
    githubFor(at).post(`${repo}/git/refs`).reply(403, { message: "Resource not accessible by integration" }, headers);

    const fault = await faultOf((await writerFor(at)).placeBranch(at, { name, sha: oid("a"), exists: false }));
    expect(fault).toMatchObject({ next: { kind: "give-up" }, message: expect.stringContaining("contents=write") });
  });
});

test("a pull request is opened, labelled, changed and closed", async () => {
  const at = newPlace();
  const github = githubFor(at);
  const pull = { title: "t", body: "b", head: name, base: "main" };
  github.post(`${repo}/pulls`, pull).reply(201, { number: 7 });
  github.post(`${repo}/issues/7/labels`, { labels: ["plan-sync"] }).reply(200, [{ name: "plan-sync" }]);
  github.patch(`${repo}/pulls/7`, { body: "c", state: "closed" }).reply(200, { number: 7 });
  github.patch(`${repo}/pulls/8`, { title: "t" }).reply(404, { message: "Not Found" });
  const { write } = await clientFor(at, { writeSpacing: false });

  expect(await write?.createPull(at, pull)).toBe(7);
  expect(await write?.addLabels(at, 7, ["plan-sync"])).toBe(true);
  expect(await write?.updatePull(at, 7, { body: "c", state: "closed" })).toBe(true);
  expect(await write?.updatePull(at, 8, { title: "t" })).toBe(false);
});

test("in observe mode the client refuses a mutation like any other write", async () => {
  const at = newPlace();
  const { write } = await clientFor(at, { mode: "observe" });

  expect(write).toBeNull();
});
