import { describe, expect, test } from "vitest";
import {
  clientFor,
  faultOf,
  github,
  githubFor,
  head,
  newPlace,
  oid,
  playBlob,
  playGitHub,
  playTree,
  repo,
} from "../../../test/github-app.ts";
import { pushFacts } from "../translate/push.ts";
import { readingMeaning } from "../translate/readings.ts";

playGitHub();

const before = "b".repeat(40);
const time = Date.parse("2026-03-02T09:00:00Z");
const ask = { branch: "main", before, after: head, at: time, forced: true, listed: true, actor: "mira", paths: [] } as const;

const commit = (sha: string, message: string, login: string | null = "dev") => ({
  sha: sha.repeat(40),
  commit: { message, author: { name: "A Dev" }, committer: { date: "2026-03-02T08:00:00Z" } },
  author: login === null ? null : { login },
});

const page = (range: string, commits: readonly object[], { total = commits.length, number = 1 } = {}) =>
  github()
    .get(`${repo}/compare/${range}`)
    .query({ per_page: "100", page: String(number) })
    .reply(200, { total_commits: total, merge_base_commit: { sha: oid("parted") }, commits });

function toldBy(body: unknown, kind = "reading.push") {
  const meaning = readingMeaning(kind, body);
  if (!("told" in meaning)) throw new Error(meaning.unreadable);
  return meaning.told;
}

describe("a push", () => {
  test("that was forced is read both ways: what is gone, and what came in its stead", async () => {
    const at = newPlace();
    githubFor(at);
    page(`${before}...${head}`, [commit("1", "AUTH-005: tests"), commit("2", "Wip"), commit("3", "New")]);
    page(`${head}...${before}`, [commit("4", "AUTH-005: tests"), commit("5", "Wip", "other"), commit("6", "Wip")]);

    const { read } = await clientFor(at);

    expect(await read.push(at, ask)).toMatchObject({
      id: `push:42:main:${before}:${head}:${time}`,
      kind: "push",
      body: {
        content: {
          came: [],
          vanished: [
            { sha: "4".repeat(40), as: "1".repeat(40) },
            { sha: "5".repeat(40), as: null },
            { sha: "6".repeat(40), as: "2".repeat(40) },
          ],
        },
      },
    });
  });

  test("of more commits than its delivery lists is read page by page", async () => {
    const at = newPlace();
    githubFor(at);
    const first = Array.from({ length: 100 }, (_, index) => ({
      ...commit("0", `More ${index}`),
      sha: index.toString(16).padStart(40, "0"),
    }));
    page(`${before}...${head}`, first, { total: 101 });
    page(`${before}...${head}`, [commit("a", "The last", null)], { total: 101, number: 2 });

    const { read } = await clientFor(at);
    const { body } = await read.push(at, { ...ask, forced: false, listed: false });
    const told = toldBy(body);

    expect(told).toHaveLength(101);
    expect(told.at(-1)?.fact).toMatchObject({
      kind: "commit",
      sha: "a".repeat(40),
      branch: "main",
      pushHead: head,
      message: "The last",
      author: "A Dev",
      at: Date.parse("2026-03-02T08:00:00Z"),
    });
  });

  test("tells a commit by the same fact as a delivery that lists it", async () => {
    const at = newPlace();
    githubFor(at);
    page(`${before}...${head}`, [commit("1", "AUTH-005: tests")]);
    const [sha, repository] = ["1".repeat(40), { id: 42, pushed_at: time / 1000 }];
    const listed = { id: sha, message: "AUTH-005: tests", timestamp: "2026-03-02T08:00:00Z", author: { name: "A Dev", username: "dev" } };

    const { read } = await clientFor(at);
    const { body } = await read.push(at, { ...ask, forced: false, listed: false });

    expect(toldBy(body)[0]).toEqual(pushFacts({ ref: "refs/heads/main", before, after: head, commits: [listed], repository })[0]);
  });

  test("of so many commits tells which of them touched the plans, so that no version of those is lost", async () => {
    const at = newPlace();
    githubFor(at);
    page(`${before}...${head}`, [commit("1", "docs(plan): start"), commit("2", "Other"), commit("3", "docs(plan): done")]);
    const commits = (path: string, ...shas: string[]) =>
      github()
        .get(`${repo}/commits`)
        .query({ sha: head, path, per_page: "100", page: "1" })
        .reply(
          200,
          shas.map((sha) => ({ sha: sha.repeat(40) })),
        );
    commits("plan.csv", "3", "1", "9");
    commits("backlog", "2");
    playTree([{ path: "plan.csv" }]);
    playBlob("plan.csv", "id");

    const { read } = await clientFor(at);
    const { body } = await read.push(at, { ...ask, forced: false, listed: false, paths: ["plan.csv", "backlog/"] });

    expect(toldBy(body).flatMap(({ fact }) => (fact.kind === "commit" ? [fact.files] : []))).toEqual([
      ["plan.csv"],
      ["backlog/"],
      ["plan.csv"],
    ]);
  });

  test("to a new branch brought what the default branch has not", async () => {
    const at = newPlace();
    githubFor(at);
    page(`main...${head}`, [commit("1", "AUTH-005: tests")]);

    const { read } = await clientFor(at);

    expect(await read.push(at, { ...ask, branch: "csrf", before: null, forced: false, listed: false })).toMatchObject({
      body: { content: { came: [{ sha: "1".repeat(40) }], vanished: [] } },
    });
  });

  test("whose commits GitHub no longer has says nothing", async () => {
    const at = newPlace();
    githubFor(at);
    for (const range of [`${before}...${head}`, `${head}...${before}`])
      github().get(`${repo}/compare/${range}`).query(true).reply(404, { message: "Not Found" });
    github().get(`${repo}/git/commits/${head}`).reply(200, { sha: head });

    const { read } = await clientFor(at);
    const { body } = await read.push(at, ask);

    expect(toldBy(body)).toEqual([]);
  });

  test("that GitHub does not know yet is asked for again", async () => {
    const at = newPlace();
    githubFor(at);
    for (const range of [`${before}...${head}`, `${head}...${before}`])
      github().get(`${repo}/compare/${range}`).query(true).reply(404, { message: "Not Found" });
    github().get(`${repo}/git/commits/${head}`).reply(404, { message: "Not Found" });

    const { read } = await clientFor(at);

    expect(await faultOf(read.push(at, ask))).toMatchObject({ next: { kind: "retry" } });
  });

  test("that put the plans back tells them as they stand after it, at its time, as a version of their own", async () => {
    const at = newPlace();
    githubFor(at);
    page(`${before}...${head}`, []);
    page(`${head}...${before}`, [commit("4", "docs(plan): done")]);
    playTree([{ path: "plan.csv" }]);
    playBlob("plan.csv", "id");

    const { read } = await clientFor(at);
    const paths = ["plan.csv", ".github/plankeeper.yml", ".github/plankeeper.yaml"];
    const { body } = await read.push(at, { ...ask, paths });
    const told = toldBy(body);

    expect(told.map(({ fact }) => fact)).toMatchObject([
      { kind: "vanished", branch: "main", before, after: head, at: time, actor: "mira", commits: [{ sha: "4".repeat(40), as: null }] },
      { kind: "configuration", blob: null, at: time },
      { kind: "plan", path: "plan.csv", commit: head, blob: oid("plan.csv"), at: time },
    ]);
    const [, , plan] = told;
    const standing = { repository: 42, commit: head, time, readAt: time, files: [{ path: "plan.csv", blob: oid("plan.csv"), text: "id" }] };
    expect(toldBy(standing, "reading.files")[0]?.fact.id).not.toBe(plan?.fact.id);
  });
});
