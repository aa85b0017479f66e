import { describe, expect, test } from "vitest";
import type { FilesReading, PullReading, RepositoryReading } from "../reading.ts";
import { readingMeaning } from "./readings.ts";

const sha = (letter: string) => letter.repeat(40);
const base = { repository: 42, installation: 9, readAt: 5000, asked: { owner: "octo", name: "plans" } };
const file = { path: "docs/plan.csv", blob: sha("b"), text: "id,task", commit: sha("c"), time: 2000 };
const configuration = { path: ".github/plankeeper.yml", blob: sha("d"), text: "mode: live", commit: sha("e"), time: 1000 };
const found = {
  owner: "octo",
  name: "plans",
  defaultBranch: "main",
  private: true,
  updatedAt: 4000,
  head: { commit: sha("a"), time: 3000 },
  files: [configuration, file],
  left: [],
  truncated: false,
} satisfies RepositoryReading["found"];

/** As it comes back from the inbox. */
function meaning(kind: string, body: unknown) {
  const read = readingMeaning(`reading.${kind}`, JSON.parse(JSON.stringify(body)));
  if ("unreadable" in read) throw new Error(read.unreadable);
  return { ...read, facts: read.told.map(({ fact }) => fact) };
}

describe("a repository that was read", () => {
  const read = (changes: Partial<typeof found> = {}) => meaning("repository", { ...base, found: { ...found, ...changes } });

  test("tells where it is, its configuration and its plan files, with their texts", () => {
    const { told, facts, texts } = read();

    expect(facts).toMatchObject([
      {
        kind: "repository",
        thing: "repository",
        at: 4000,
        repository: 42,
        installation: 9,
        owner: "octo",
        name: "plans",
        defaultBranch: "main",
        private: true,
        present: true,
      },
      { kind: "configuration", thing: "configuration", at: 1000, path: ".github/plankeeper.yml", commit: sha("e"), blob: sha("d") },
      { kind: "plan", thing: "plan:docs/plan.csv", at: 2000, path: "docs/plan.csv", commit: sha("c"), blob: sha("b"), readAt: 5000 },
    ]);
    expect(told.every(({ repository }) => repository === 42)).toBe(true);
    expect(texts).toEqual(
      new Map([
        [sha("d"), "mode: live"],
        [sha("b"), "id,task"],
      ]),
    );
  });

  test("without a configuration says that there is none", () => {
    expect(read({ files: [file] }).facts.filter(({ kind }) => kind === "configuration")).toMatchObject([
      { at: 3000, commit: sha("a"), blob: null },
    ]);
  });

  test("whose configuration was too large to read says nothing of it", () => {
    const left = [{ path: ".github/plankeeper.yml", because: "too-large" as const }];
    const { facts } = meaning("repository", { ...base, found: { ...found, files: [file], left } });

    expect(facts.map(({ kind }) => kind)).toEqual(["repository", "plan"]);
  });

  test("that is empty says only where it is", () => {
    const { facts } = meaning("repository", { ...base, found: { ...found, head: null, files: [] } });

    expect(facts).toMatchObject([{ kind: "repository", defaultBranch: "main", present: true }]);
  });

  test("that GitHub shows no longer is not there", () => {
    expect(meaning("repository", { ...base, found: null }).facts).toMatchObject([
      { kind: "repository", at: 5000, owner: "octo", name: "plans", defaultBranch: "", present: false },
    ]);
  });
});

describe("files that were read", () => {
  const files = { repository: 42, commit: sha("c"), time: 2000, readAt: 9000 };

  test("are versions of plans and configuration at that commit, removed ones too", () => {
    const body: FilesReading = {
      ...files,
      files: [
        { path: "docs/plan.csv", blob: sha("b"), text: "id,task" },
        { path: "old.csv", blob: null, text: null },
        { path: ".github/plankeeper.yml", blob: null, text: null },
      ],
    };
    const { facts, texts } = meaning("files", body);

    expect(facts).toMatchObject([
      { kind: "plan", path: "docs/plan.csv", at: 2000, commit: sha("c"), blob: sha("b"), readAt: 9000 },
      { kind: "plan", path: "old.csv", at: 2000, blob: null },
      { kind: "configuration", path: ".github/plankeeper.yml", at: 2000, blob: null },
    ]);
    expect(texts).toEqual(new Map([[sha("b"), "id,task"]]));
  });

  test("are the same facts as when the whole repository was read", () => {
    const alone = meaning("files", { ...files, files: [{ path: file.path, blob: file.blob, text: file.text }] });
    const whole = meaning("repository", { ...base, found });

    expect(whole.facts.map(({ id }) => id)).toContain(alone.facts[0]?.id);
  });

  test("keep their text as it is, whatever it holds", () => {
    const text = "\uFEFFid\u0000\r\n".repeat(20_000);

    expect(meaning("files", { ...files, files: [{ path: "p.csv", blob: sha("b"), text }] }).texts.get(sha("b"))).toBe(text);
  });
});

describe("a pull request that was read", () => {
  const body: PullReading = {
    repository: 42,
    number: 7,
    headSha: sha("a"),
    content: {
      updatedAt: 4000,
      commits: [{ sha: sha("a"), message: "AUTH-005\u0000" }],
      files: ["plan.csv", "a.ts"],
      texts: [{ path: "plan.csv", blob: sha("b"), text: "id" }],
      truncated: false,
    },
  };

  test("tells its commits, files and plan texts", () => {
    const { facts, texts } = meaning("pull", body);

    expect(facts).toMatchObject([
      {
        kind: "pull-content",
        thing: "pull:7",
        at: 4000,
        number: 7,
        headSha: sha("a"),
        commits: [{ sha: sha("a"), message: "AUTH-005\uFFFD" }],
        files: ["plan.csv", "a.ts"],
        texts: [{ path: "plan.csv", blob: sha("b") }],
        truncated: false,
      },
    ]);
    expect(Object.keys(facts[0]?.kind === "pull-content" ? (facts[0].texts[0] ?? {}) : {})).toEqual(["path", "blob"]);
    expect(texts).toEqual(new Map([[sha("b"), "id"]]));
  });

  test("says nothing when its head had moved on", () => {
    expect(meaning("pull", { ...body, content: null }).facts).toEqual([]);
  });
});

test("a permission is a fact about what it was asked for", () => {
  const about = "comment:9#3f1c";
  const { facts } = meaning("permission", { repository: 42, about, login: "octocat", role: "triage", readAt: 5000 });

  expect(facts).toMatchObject([{ kind: "permission", thing: "comment:9", at: 5000, about, login: "octocat", role: "triage" }]);
});

test("what is only asked for, to derive everything again or to read the past, tells no facts", () => {
  expect(meaning("again", { repository: 42 })).toMatchObject({ asks: "again", told: [] });
  expect(meaning("sync", { repository: 42 })).toMatchObject({ asks: "history", told: [] });
});

test("a reading of a kind or shape that is not ours is refused", () => {
  expect(() => meaning("toString", {})).toThrow("there is no reading.toString");
  expect(() => meaning("permission", { repository: 42, role: "emperor" })).toThrow();
});
