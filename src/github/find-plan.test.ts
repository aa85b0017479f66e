import { describe, expect, test } from "vitest";
import {
  answeredAt,
  clientFor,
  folder,
  githubFor,
  head,
  newPlace,
  oid,
  playBlob,
  playGitHub,
  playTree,
  repo,
} from "../../test/github-app.ts";

playGitHub();

const name = "plankeeper/sync/plan.csv";
const date = "2026-03-01T09:00:00Z";
const commit = (sha: string, message: string) => ({ commit: { sha, commit: { message, committer: { date } } } });
const pulls = `${repo}/pulls?head=octo%3A${encodeURIComponent(name)}&base=main&state=all&per_page=1`;
const branchPath = `${repo}/branches/${encodeURIComponent(name)}`;

describe("where a plan stands", () => {
  test("is told by the head of the default branch, our branch, and the newest pull request from it", async () => {
    const at = newPlace();
    const github = githubFor(at);
    github.get(`${repo}/branches/main`).reply(200, commit(head, "Tidy"));
    github.get(branchPath).reply(200, commit(oid("ours"), "Ours"));
    github.get(pulls).reply(200, [{ number: 7, state: "closed", body: null, merged_at: date, labels: [{ name: "plan-sync" }] }]);
    playTree([{ path: "plan.csv" }]);

    expect(await (await clientFor(at)).find.plan(at, { paths: ["plan.csv", "gone.csv"], branch: name })).toEqual({
      at: answeredAt,
      head,
      blobs: new Map([["plan.csv", oid("plan.csv")]]),
      branch: { head: oid("ours"), at: Date.parse(date), message: "Ours" },
      pull: { number: 7, state: "merged", body: "", labels: ["plan-sync"] },
    });
  });

  test("leaves out what is reached through a symbolic link or a submodule, and what is too large", async () => {
    const at = newPlace();
    const github = githubFor(at);
    github.get(`${repo}/branches/main`).reply(200, commit(head, "Tidy"));
    playTree([
      folder("docs"),
      { path: "docs/link.csv", mode: "120000" },
      { path: "linked", mode: "120000" },
      { path: "module", mode: "160000", type: "commit" },
      { path: "huge.csv", size: 21 * 1024 * 1024 },
    ]);

    const paths = ["docs/link.csv", "linked/plan.csv", "module/plan.csv", "huge.csv", "docs/../plan.csv", ".git/../plan.csv"];
    expect(await (await clientFor(at)).find.plan(at, { paths, branch: "main" })).toMatchObject({ blobs: new Map(), pull: null });
  });

  test("is nowhere in a repository without a commit", async () => {
    const at = newPlace();
    githubFor(at).get(`${repo}/branches/main`).reply(404, { message: "Branch not found" });

    expect(await (await clientFor(at)).find.plan(at, { paths: ["plan.csv"], branch: name })).toBeNull();
  });

  test("without our branch has none, and its texts are what the blobs hold", async () => {
    const at = newPlace();
    const github = githubFor(at);
    github.get(branchPath).reply(404, { message: "Branch not found" });
    playBlob("plan.csv", "\uFEFFid\r\n");
    const { find } = await clientFor(at);

    expect(await find.branch(at, name)).toBeNull();
    expect(await find.text(at, oid("plan.csv"))).toBe("\uFEFFid\r\n");
  });
});

test("a commit is found by what it says, the newest first", async () => {
  const at = newPlace();
  const listed = [commit(oid("3"), "three"), commit(oid("2"), "two, ours"), commit(oid("1"), "one, ours")].map((one) => one.commit);
  githubFor(at).get(`${repo}/commits?sha=main&path=plan.csv&per_page=20`).reply(200, listed);

  const found = await (await clientFor(at)).find.commit(at, "plan.csv", (message) => message.endsWith("ours"));
  expect(found).toEqual({ sha: oid("2"), at: Date.parse(date) });
});
