import { describe, expect, test } from "vitest";
import {
  answeredAt,
  clientFor,
  faultOf,
  folder,
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

  test("of a commit that GitHub has not heard of yet are asked for again", async () => {
    const at = newPlace();
    githubFor(at).get(`${repo}/git/trees/${head}`).query(true).reply(404, { message: "Not Found" });

    const { read } = await clientFor(at);

    expect(await faultOf(read.files(at, ask("plan.csv")))).toMatchObject({ name: "Fault", next: { kind: "retry", at: null } });
  });
});
