import { describe, expect, test } from "vitest";
import {
  clientFor,
  faultOf,
  folder,
  github,
  githubFor,
  head,
  newPlace,
  oid,
  playBlob,
  playFolder,
  playGitHub,
  playTree,
  repo,
} from "../../../test/github-app.ts";
import { pullBudget } from "./texts.ts";

playGitHub();

describe("a pull request", () => {
  const pull = `${repo}/pulls/7`;
  const ask = { number: 7, headSha: head };
  const commits = (...shas: string[]) => shas.map((sha) => ({ sha, commit: { message: `AUTH-005: ${sha.slice(0, 3)}` } }));
  const base = { ref: "main", sha: oid("base") };
  const seen = (changes: object = {}) =>
    github()
      .get(pull)
      .reply(200, { head: { sha: head }, base, updated_at: "2026-03-02T08:00:00Z", commits: 2, changed_files: 3, ...changes });
  const page = (kind: "commits" | "files", items: readonly object[], number = 1, more = false) =>
    github()
      .get(`${pull}/${kind}`)
      .query({ per_page: "100", page: String(number) })
      .reply(200, [...items], more ? { link: `<https://github.test${pull}/${kind}?page=${number + 1}>; rel="next"` } : {});

  test("is read page by page with its commits, changed files and the plans among them", async () => {
    const at = newPlace();
    githubFor(at);
    const other = "b".repeat(40);
    page("commits", commits(other), 1, true);
    page("commits", commits(head), 2);
    page("files", [{ filename: "plan.csv" }, { filename: "src/a.ts" }, { filename: "tasks.md", previous_filename: "old-plan.csv" }]);
    seen();
    playTree([{ path: "plan.csv" }, { path: "tasks.md" }, { path: "src/a.ts" }]);
    playBlob("plan.csv", "id");
    playBlob("tasks.md", "# Tasks");

    const { read } = await clientFor(at);

    expect(await read.pull(at, ask)).toEqual({
      id: `pull:42:7:${head}`,
      kind: "pull",
      body: {
        repository: 42,
        number: 7,
        headSha: head,
        content: {
          updatedAt: Date.parse("2026-03-02T08:00:00Z"),
          commits: [
            { sha: other, message: "AUTH-005: bbb" },
            { sha: head, message: "AUTH-005: aaa" },
          ],
          files: ["plan.csv", "src/a.ts", "tasks.md", "old-plan.csv"],
          texts: [
            { path: "old-plan.csv", blob: null, text: null },
            { path: "plan.csv", blob: oid("plan.csv"), text: "id" },
            { path: "tasks.md", blob: oid("tasks.md"), text: "# Tasks" },
          ],
          truncated: false,
        },
      },
    });
  });

  test("has its plans read as they were where the branch set out, too, or where the base was merged into it last", async () => {
    const at = newPlace();
    githubFor(at);
    const [start, later, own] = ["c", "d", "b"].map((sign) => sign.repeat(40));
    const commit = (sha: string | undefined, parents: readonly (string | undefined)[]) => ({
      ...{ sha, commit: { message: "Work" } },
      parents: parents.map((parent) => ({ sha: parent })),
    });
    page("commits", [commit(own, [start]), commit(head, [own, later])]);
    page("files", [{ filename: "plan.csv" }, { filename: "new-plan.csv" }]);
    seen({ changed_files: 2 });
    playTree([{ path: "plan.csv" }, { path: "new-plan.csv" }]);
    playBlob("plan.csv", "id");
    playBlob("new-plan.csv", "id,task");
    playTree([{ path: "plan.csv", sha: oid("as it was") }], false, later);
    playBlob("as it was", "ID");

    const { read } = await clientFor(at);

    expect(await read.pull(at, ask)).toMatchObject({
      body: {
        content: {
          texts: [
            { path: "plan.csv", blob: oid("plan.csv"), text: "id", origin: { blob: oid("as it was"), text: "ID" } },
            { path: "new-plan.csv", blob: oid("new-plan.csv"), text: "id,task", origin: null },
          ],
        },
      },
    });
  });

  test("of many plan files has only so many read, because anyone can open one", async () => {
    const at = newPlace();
    githubFor(at);
    const plans = Array.from({ length: pullBudget.files + 10 }, (_, index) => `specs/${index}/tasks.md`);
    page("commits", commits(head));
    page(
      "files",
      plans.map((filename) => ({ filename })),
    );
    seen({ commits: 1, changed_files: plans.length });
    playTree(plans.map((path) => ({ path })));
    for (const path of plans.slice(0, pullBudget.files)) playBlob(path, "# Tasks");

    const { read } = await clientFor(at);

    expect(await read.pull(at, ask)).toMatchObject({
      body: { content: { files: { length: plans.length }, texts: { length: pullBudget.files } } },
    });
  });

  test("of a folder with very many new files is read without it, for the same reason", async () => {
    const at = newPlace();
    githubFor(at);
    const files = Array.from({ length: pullBudget.parts + 1 }, (_, index) => `backlog/tasks/x-${index} - a.md`);
    page("commits", commits(head));
    page(
      "files",
      files.map((filename) => ({ filename })),
    );
    seen({ commits: 1, changed_files: files.length });
    playTree([...files.map((path) => ({ path })), { path: "plan.csv" }]);

    const { read } = await clientFor(at);

    expect(await read.pull(at, ask)).toMatchObject({ body: { content: { texts: [] } } });
  });

  const comparison = (range: string, list: readonly object[], { number = 1, total = list.length } = {}) =>
    github()
      .get(`${repo}/compare/${range}`)
      .query({ per_page: "100", page: String(number) })
      .reply(200, { total_commits: total, merge_base_commit: { sha: parted }, commits: [...list] });
  const parted = oid("parted");
  const numbered = (from: number, amount: number) => commits(...Array.from({ length: amount }, (_, index) => oid(`${from + index}`)));
  const playOldTree = (paths: readonly string[], truncated = false) =>
    github()
      .get(`${repo}/git/trees/${parted}`)
      .query({ recursive: "1" })
      .reply(200, { tree: paths.map((path) => ({ path, mode: "100644", type: "blob", size: 10, sha: oid(path) })), truncated });

  test("with more commits than GitHub lists is compared with its base, page by page", async () => {
    const at = newPlace();
    githubFor(at);
    page("commits", numbered(0, 2));
    page("files", []);
    seen({ commits: 103, changed_files: 0 });
    comparison(`main...${head}`, numbered(0, 100), { total: 103 });
    comparison(`main...${head}`, [...numbered(100, 2), ...commits(head)], { total: 103, number: 2 });

    const { read } = await clientFor(at);

    expect(await read.pull(at, ask)).toMatchObject({ body: { content: { truncated: false, commits: { length: 103 } } } });
  });

  test("with more commits than anybody reads, or with a base that it shares no past with, says so", async () => {
    const at = newPlace();
    githubFor(at);
    page("commits", numbered(0, 2));
    page("files", []);
    seen({ commits: 1200, changed_files: 0 });
    for (let number = 1; number <= 10; number += 1)
      comparison(`main...${head}`, numbered(100 * (number - 1), 100), { total: 1200, number });

    const { read } = await clientFor(at);

    expect(await read.pull(at, ask)).toMatchObject({ body: { content: { truncated: true, commits: { length: 1000 } } } });

    page("commits", numbered(0, 2));
    page("files", []);
    seen({ commits: 400 });
    github().get(`${repo}/compare/main...${head}`).query(true).reply(404, { message: "Not Found" });
    expect(await read.pull(at, ask)).toMatchObject({ body: { content: { truncated: true, commits: { length: 2 } } } });
  });

  test("with more files than GitHub lists is read from the trees of both sides", async () => {
    const at = newPlace();
    githubFor(at);
    page("commits", commits(head));
    page("files", [{ filename: "a.txt" }]);
    seen({ commits: 1, changed_files: 4 });
    comparison(`main...${head}`, commits(head));
    playOldTree(["gone.txt", "same.txt"]);
    playTree([{ path: "same.txt" }, { path: "a.txt" }, { path: "plan.csv" }]);
    playTree([{ path: "same.txt" }, { path: "a.txt" }, { path: "plan.csv" }]);
    playBlob("plan.csv", "id");

    const { read } = await clientFor(at);

    expect(await read.pull(at, ask)).toMatchObject({
      body: {
        content: {
          truncated: false,
          files: ["a.txt", "plan.csv", "gone.txt"],
          texts: [{ path: "plan.csv", blob: oid("plan.csv"), text: "id" }],
        },
      },
    });
  });

  test("of files in a tree that GitHub does not list whole still has the known plans and the configuration read", async () => {
    const at = newPlace();
    githubFor(at);
    const configuration = ".github/plankeeper.yml";
    page("commits", commits(head));
    page("files", [{ filename: "a.txt" }]);
    seen({ commits: 1, changed_files: 4 });
    comparison(`main...${head}`, commits(head));
    playOldTree(["work.csv", "other.csv"]);
    const standing = [{ path: "a.txt" }, { path: "other.csv" }];
    for (const _ of [1, 2]) {
      playTree(standing, true);
      playFolder(head, [...standing, folder(".github")]);
      playFolder(oid(".github"), [{ path: "plankeeper.yml" }]);
      playBlob("plankeeper.yml", "mode: observe");
    }

    const { read } = await clientFor(at);

    expect(await read.pull(at, { ...ask, plans: async () => ["work.csv", "other.csv"] })).toMatchObject({
      body: {
        content: {
          truncated: true,
          files: ["a.txt"],
          texts: [
            { path: "work.csv", blob: null },
            { path: configuration, text: "mode: observe" },
          ],
        },
      },
    });
  });

  test("whose head moved on has no content to tell, and can be read when the head comes back", async () => {
    const at = newPlace();
    githubFor(at);
    page("commits", commits("b".repeat(40)));
    page("files", []);
    seen({ head: { sha: "b".repeat(40) } });

    const { read } = await clientFor(at);

    expect(await read.pull(at, ask)).toEqual({
      id: `pull:42:7:${head}:moved`,
      kind: "pull",
      body: { repository: 42, number: 7, headSha: head, content: null },
    });
  });

  test("that is not there has no content either", async () => {
    const at = newPlace();
    githubFor(at);
    for (const path of [`${pull}/commits`, `${pull}/files`, pull]) github().get(path).query(true).reply(404, { message: "Not Found" });

    const { read } = await clientFor(at);

    expect(await read.pull(at, ask)).toMatchObject({ body: { content: null } });
  });

  test("whose list of commits lags behind its head is asked for again", async () => {
    const at = newPlace();
    githubFor(at);
    page("commits", commits("b".repeat(40)));
    page("files", []);
    seen({ commits: 1, changed_files: 0 });

    const { read } = await clientFor(at);

    expect(await faultOf(read.pull(at, ask))).toMatchObject({ name: "Fault", next: { kind: "retry", at: null } });
  });
});
