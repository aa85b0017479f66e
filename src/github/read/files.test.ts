import { createHash } from "node:crypto";
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
import { packFolder } from "../../core/plan/folder.ts";

playGitHub();

const time = "2026-03-01T09:00:00Z";

describe("files at a commit", () => {
  const ask = (...paths: string[]) => ({ commit: head, time: Date.parse(time), paths });

  test("are told with their texts, and those that the commit does not have as gone", async () => {
    const at = newPlace();
    githubFor(at);
    playTree([folder("docs"), { path: "docs/tasks.md" }, { path: "plan.csv" }, { path: "link.csv", mode: "120000" }]);
    playBlob("plan.csv", "id");
    playBlob("docs/tasks.md", "# Tasks");

    const { read } = await clientFor(at);
    const reading = await read.files(at, ask("plan.csv", "docs/tasks.md", "docs/gone.md", "none/gone.md", "link.csv", "plan.csv"));

    expect(reading).toEqual({
      id: expect.stringMatching(new RegExp(`^files:42:${head}:[0-9a-f]{16}$`)),
      kind: "files",
      body: {
        repository: 42,
        commit: head,
        time: Date.parse(time),
        readAt: answeredAt,
        files: [
          { path: "docs/gone.md", blob: null, text: null },
          { path: "link.csv", blob: null, text: null },
          { path: "none/gone.md", blob: null, text: null },
          { path: "docs/tasks.md", blob: oid("docs/tasks.md"), text: "# Tasks" },
          { path: "plan.csv", blob: oid("plan.csv"), text: "id" },
        ],
      },
    });
  });

  test("are one reading for the same paths in any order, and another for others", async () => {
    const at = newPlace();
    const ids: string[] = [];
    githubFor(at);
    const { read } = await clientFor(at);
    for (const paths of [["a", "b"], ["b", "a"], ["a"]]) {
      playTree([]);
      ids.push((await read.files(at, ask(...paths))).id);
    }

    expect(ids[1]).toBe(ids[0]);
    expect(ids[2]).not.toBe(ids[0]);
  });

  test("are found one by one where GitHub does not list the whole tree, each folder asked for once", async () => {
    const at = newPlace();
    githubFor(at);
    playTree([{ path: "a.ts" }], true);
    playFolder(head, [folder("docs"), { path: "plan.csv" }]);
    playFolder(oid("docs"), [{ path: "tasks.md" }, { path: "link.md", mode: "120000" }]);
    playBlob("tasks.md", "# Tasks");

    const { read } = await clientFor(at);

    expect(await read.files(at, ask("docs/tasks.md", "docs/link.md", "docs/gone.md", "plan.csv/gone.md"))).toMatchObject({
      body: {
        files: [
          { path: "docs/gone.md", blob: null },
          { path: "docs/link.md", blob: null },
          { path: "plan.csv/gone.md", blob: null },
          { path: "docs/tasks.md", blob: oid("tasks.md"), text: "# Tasks" },
        ],
      },
    });
  });

  const packed = (files: Readonly<Record<string, string>>) => packFolder(new Map(Object.entries(files)));

  test("of a folder of task files are one text, which only what is read in it changes", async () => {
    const at = newPlace();
    githubFor(at);
    const { read } = await clientFor(at);
    const tasks = [{ path: "backlog/config.yml" }, { path: "backlog/tasks/x-1 - a.md" }];
    const others = [{ path: "backlog/docs/doc-1 - b.md" }, { path: "backlog/tasks/x-2 - c.md", mode: "120000" }];
    const bodies = [];
    for (const listed of [tasks, [...tasks, ...others]]) {
      playTree(listed);
      playBlob("backlog/config.yml", "task_prefix: x");
      playBlob("backlog/tasks/x-1 - a.md", "---\n---\n");
      bodies.push((await read.files(at, ask("backlog/"))).body);
    }

    const text = packed({ "config.yml": "task_prefix: x", "tasks/x-1 - a.md": "---\n---\n" });
    expect(bodies[0]).toMatchObject({ files: [{ path: "backlog/", blob: expect.stringMatching(/^[0-9a-f]{64}$/), text }] });
    expect(bodies[1]).toEqual(bodies[0]);
  });

  test("of a folder are fetched only where they changed since it was read last", async () => {
    const at = newPlace();
    githubFor(at);
    const { read } = await clientFor(at);
    const old = "the same";
    const sha = createHash("sha1").update(`blob ${old.length}\0${old}`).digest("hex");
    github()
      .get(`${repo}/git/trees/${head}`)
      .query({ recursive: "1" })
      .reply(200, {
        tree: [
          { path: "backlog/tasks/x-1 - a.md", mode: "100644", type: "blob", size: 8, sha },
          { path: "backlog/tasks/x-2 - b.md", mode: "100644", type: "blob", size: 3, sha: oid("new") },
        ],
      });
    playBlob("new", "new");

    const earlier = async () => packed({ "tasks/x-1 - a.md": old, "tasks/x-2 - b.md": "old" });
    expect(await read.files(at, ask("backlog/"), earlier)).toMatchObject({
      body: { files: [{ text: packed({ "tasks/x-1 - a.md": old, "tasks/x-2 - b.md": "new" }) }] },
    });
  });

  test("of a folder are listed on their own where GitHub does not list the whole tree, and left out where they are too many", async () => {
    const at = newPlace();
    githubFor(at);
    const { read } = await clientFor(at);
    const below = (truncated: boolean) =>
      github()
        .get(`${repo}/git/trees/${oid("backlog")}`)
        .query({ recursive: "1" })
        .reply(200, { tree: [{ path: "tasks/x-1 - a.md", mode: "100644", type: "blob", size: 3, sha: oid("one") }], truncated });
    const readings = [];
    for (const truncated of [false, true]) {
      playTree([{ path: "a.ts" }], true);
      playFolder(head, [folder("backlog")]);
      below(truncated);
      if (!truncated) playBlob("one", "one");
      readings.push(await read.files(at, ask("backlog/", "gone/")));
    }

    const gone = { path: "gone/", blob: null, text: null };
    expect(readings[0]).toMatchObject({ body: { files: [gone, { path: "backlog/", text: packed({ "tasks/x-1 - a.md": "one" }) }] } });
    expect(readings[1]).toMatchObject({ body: { files: [gone] } });
  });

  test("of a commit that GitHub has not heard of yet are asked for again", async () => {
    const at = newPlace();
    githubFor(at).get(`${repo}/git/trees/${head}`).query(true).reply(404, { message: "Not Found" });

    const { read } = await clientFor(at);

    expect(await faultOf(read.files(at, ask("plan.csv")))).toMatchObject({ name: "Fault", next: { kind: "retry", at: null } });
  });
});
