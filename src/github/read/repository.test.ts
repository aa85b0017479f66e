import { describe, expect, test } from "vitest";
import {
  answeredAt,
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
import type { RepositoryAddress } from "../../ports.ts";
import { limits } from "./texts.ts";

playGitHub();

const time = "2026-03-01T09:00:00Z";

describe("the repository", () => {
  const seen = {
    id: 42,
    name: "plans",
    owner: { login: "octo" },
    private: true,
    default_branch: "main",
    updated_at: "2026-02-28T00:00:00Z",
  };
  const commit = (sha: string, date: string) => ({ sha, commit: { committer: { date } } });

  function repository(at: RepositoryAddress, changes: object = {}): void {
    githubFor(at)
      .get(repo)
      .reply(200, { ...seen, ...changes });
    github()
      .get(`${repo}/branches/main`)
      .reply(200, { commit: commit(head, time) });
  }
  const touched = (path: string, sha = oid(`commit of ${path}`)) =>
    github()
      .get(`${repo}/commits`)
      .query({ sha: head, path, per_page: "1" })
      .reply(200, [commit(sha, "2026-01-05T08:00:00Z")]);

  test("is read with its configuration and every plan file, each with the commit that touched it last", async () => {
    const at = newPlace();
    repository(at);
    playTree([{ path: ".github/plankeeper.yml" }, { path: "docs/project-plan.csv" }, { path: "src/main.ts" }, { path: "work/list.txt" }]);
    playBlob(".github/plankeeper.yml", "plans:\n  - path: work/*.txt\n");
    playBlob("docs/project-plan.csv", "\uFEFFid,task\n");
    playBlob("work/list.txt", "- [ ] A-1");
    touched(".github/plankeeper.yml");
    touched("docs/project-plan.csv");
    touched("work/list.txt");

    const { read } = await clientFor(at);
    const reading = await read.repository(at);

    const file = (path: string, text: string) => ({
      path,
      blob: oid(path),
      text,
      commit: oid(`commit of ${path}`),
      time: Date.parse("2026-01-05T08:00:00Z"),
    });
    expect(reading).toEqual({
      id: expect.stringMatching(new RegExp(`^repository:42:${head}:`)),
      kind: "repository",
      body: {
        repository: 42,
        installation: at.installation,
        readAt: answeredAt,
        asked: { owner: "octo", name: "plans" },
        found: {
          owner: "octo",
          name: "plans",
          defaultBranch: "main",
          private: true,
          updatedAt: Date.parse("2026-02-28T00:00:00Z"),
          head: { commit: head, time: Date.parse(time) },
          files: [
            file(".github/plankeeper.yml", "plans:\n  - path: work/*.txt\n"),
            file("work/list.txt", "- [ ] A-1"),
            file("docs/project-plan.csv", "\uFEFFid,task\n"),
          ],
          left: [],
          truncated: false,
        },
      },
    });
  });

  test("bytes that are no UTF-8 are replaced, the file's name in git stays", async () => {
    const at = newPlace();
    repository(at);
    playTree([{ path: "plan.csv" }]);
    playBlob("plan.csv", Buffer.from([0x63, 0xe9, 0x00]));
    touched("plan.csv");

    const { read } = await clientFor(at);

    expect(await read.repository(at)).toMatchObject({
      body: { found: { files: [{ blob: oid("plan.csv"), text: "c\uFFFD\u0000" }] } },
    });
  });

  test("symbolic links, submodules and paths that lead out of the tree are no plans", async () => {
    const at = newPlace();
    repository(at);
    playTree([
      { path: "plan.csv", mode: "120000" },
      { path: "project-plan.csv", mode: "160000", type: "commit" },
      { path: "../plan.csv" },
      { path: "docs//plan.csv" },
      { path: `${"d/".repeat(600)}plan.csv` },
    ]);

    const { read } = await clientFor(at);

    expect(await read.repository(at)).toMatchObject({ body: { found: { files: [], left: [] } } });
  });

  test("a file that is too large is left out by name, unless the configuration names it", async () => {
    const at = newPlace();
    repository(at);
    playTree([
      { path: ".github/plankeeper.yml" },
      { path: "big/plan.csv", size: limits.bytes + 1 },
      { path: "named/plan.csv", size: limits.bytes + 1 },
      { path: "named/huge-plan.csv", size: limits.namedBytes + 1 },
    ]);
    playBlob(".github/plankeeper.yml", "plans:\n  - path: named/*.csv\n");
    playBlob("named/plan.csv", "id");
    touched(".github/plankeeper.yml");
    touched("named/plan.csv");

    const { read } = await clientFor(at);

    expect(await read.repository(at)).toMatchObject({
      body: {
        found: {
          files: [{ path: ".github/plankeeper.yml" }, { path: "named/plan.csv" }],
          left: [
            { path: "named/huge-plan.csv", because: "too-large" },
            { path: "big/plan.csv", because: "too-large" },
          ],
        },
      },
    });
  });

  test("a configuration too large to read is not taken for none", async () => {
    const at = newPlace();
    repository(at);
    playTree([{ path: ".github/plankeeper.yml", size: limits.bytes + 1 }]);

    const { read } = await clientFor(at);

    expect(await read.repository(at)).toMatchObject({
      body: { found: { files: [], left: [{ path: ".github/plankeeper.yml", because: "too-large" }] } },
    });
  });

  test("where GitHub lists only a part of a huge tree, the configuration is looked up by itself", async () => {
    const at = newPlace();
    repository(at);
    playTree([{ path: "plan.csv" }], true);
    playFolder(head, [folder(".github")]);
    playFolder(oid(".github"), [{ path: "plankeeper.yml" }]);
    playBlob("plankeeper.yml", "mode: observe");
    playBlob("plan.csv", "id");
    touched(".github/plankeeper.yml");
    touched("plan.csv");

    const { read } = await clientFor(at);

    expect(await read.repository(at)).toMatchObject({
      body: { found: { truncated: true, files: [{ path: ".github/plankeeper.yml" }, { path: "plan.csv" }] } },
    });
  });

  test.each(["2031-01-01T00:00:00Z", "+99999-01-01T00:00:00Z", "1901-01-01T00:00:00Z"])(
    "a commit dated %s is no later than when it was there",
    async (date) => {
      const at = newPlace();
      githubFor(at).get(repo).reply(200, seen);
      github()
        .get(`${repo}/branches/main`)
        .reply(200, { commit: commit(head, date) });
      playTree([]);

      const { read } = await clientFor(at);

      expect(await read.repository(at)).toMatchObject({ body: { found: { head: { commit: head, time: answeredAt } } } });
    },
  );

  test("without a commit it is read all the same", async () => {
    const at = newPlace();
    githubFor(at).get(repo).reply(200, seen);
    github().get(`${repo}/branches/main`).reply(404, { message: "Branch not found" });

    const { read } = await clientFor(at);

    expect(await read.repository(at)).toMatchObject({ body: { found: { head: null, files: [] } } });
  });

  test("that GitHub shows us no longer is a reading that says so", async () => {
    const at = newPlace();
    githubFor(at).get(repo).reply(404, { message: "Not Found" });

    const { read } = await clientFor(at);

    expect(await read.repository(at)).toMatchObject({ body: { found: null, asked: { owner: "octo", name: "plans" }, readAt: answeredAt } });
  });

  test("whose name another one has taken is not mixed up with that", async () => {
    const at = newPlace();
    githubFor(at)
      .get(repo)
      .reply(200, { ...seen, id: 43 });

    const { read } = await clientFor(at);

    expect(await faultOf(read.repository(at))).toMatchObject({ name: "Fault", next: { kind: "retry", at: null } });
  });

  test("that was renamed is read under its new name, and that is another reading", async () => {
    const at = newPlace();
    const ids: string[] = [];
    for (const name of ["plans", "plans", "roadmap"]) {
      repository(at, { name });
      playTree([]);
      const { read } = await clientFor(at);
      ids.push((await read.repository(at)).id);
    }

    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  test("an installation that is gone is no answer about the repository", async () => {
    const at = newPlace();
    github().post(`/app/installations/${at.installation}/access_tokens`).reply(404, { message: "Not Found" });

    const { read } = await clientFor(at);

    expect(await faultOf(read.repository(at))).toMatchObject({ name: "Fault", next: { kind: "give-up" } });
  });
});
