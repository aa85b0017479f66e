import { describe, expect, test } from "vitest";
import { examplePayload } from "../../../test/webhook-examples.ts";
import type { Fact } from "../../core/words.ts";
import { createFacts, deleteFacts, unknownHead } from "./branch.ts";
import { pushFacts } from "./push.ts";

const head = "a".repeat(40);
const pushedAt = Date.parse("2026-03-02T10:00:00Z");
const before = "b".repeat(40);
const commit = {
  id: head,
  message: "AUTH-005: CSRF tests",
  timestamp: "2026-03-02T10:30:00+01:00",
  author: { name: "Octo Cat", username: "octocat" },
  added: ["b.ts"],
  modified: ["a.ts", "b.ts"],
  removed: ["c.ts"],
};

function pushed(changes: Readonly<Record<string, unknown>> = {}): readonly Fact[] {
  const base = { ref: "refs/heads/main", before, after: head, commits: [commit], "repository.pushed_at": pushedAt / 1000 };
  return pushFacts(examplePayload("push", null, { ...base, deleted: false, ...changes })).map((told) => told.fact);
}

test("a push tells its commits and where the branch now points", () => {
  expect(pushed()).toEqual([
    {
      id: expect.stringMatching(/^commit:a{40}#/),
      kind: "commit",
      thing: `commit:${head}`,
      at: Date.parse("2026-03-02T09:30:00Z"),
      sha: head,
      branch: "main",
      pushHead: head,
      message: "AUTH-005: CSRF tests",
      author: "octocat",
      files: ["a.ts", "b.ts", "c.ts"],
    },
    {
      id: expect.stringMatching(/^push:a{40}#/),
      kind: "push",
      thing: `push:${head}`,
      at: pushedAt,
      branch: "main",
      before,
      after: head,
      forced: false,
      listed: true,
      actor: "Codertocat",
    },
    {
      id: expect.stringMatching(/^branch:main#/),
      kind: "branch",
      thing: "branch:main",
      at: pushedAt,
      name: "main",
      head,
      actor: "Codertocat",
    },
  ]);
});

describe("time", () => {
  const at = (timestamp: unknown, changes = {}) => pushed({ commits: [{ ...commit, timestamp }], ...changes })[0]?.at;

  test("a commit that claims to be from the future is as old as its push", () => {
    expect(at("2031-01-01T00:00:00Z")).toBe(pushedAt);
  });

  test.each(["not a date", "2026-03-02T10:00:00", "+99999-01-01T00:00:00Z", "1901-01-01T00:00:00Z", null, undefined])(
    "a commit dated %j is as old as its push",
    (timestamp) => {
      expect(at(timestamp)).toBe(pushedAt);
    },
  );

  test("the time of the push may be written out", () => {
    expect(pushed({ "repository.pushed_at": "2026-03-02T10:00:00Z" }).at(-1)?.at).toBe(pushedAt);
  });

  test("a push without any time of GitHub's cannot be read", () => {
    expect(() => pushed({ "repository.pushed_at": null, "repository.updated_at": null })).toThrow("no time");
  });
});

describe("what is nobody's work", () => {
  test.each(["refs/tags/v1", "refs/heads/gh-readonly-queue/main/pr-1-abc", "refs/notes/commits"])("%s", (ref) => {
    expect(pushed({ ref })).toEqual([]);
  });
});

test("a deleted branch points nowhere, and brings no commits", () => {
  expect(pushed({ after: unknownHead, deleted: true })).toMatchObject([{ kind: "branch", head: null }]);
});

test("a commit that reaches another branch is told again, as arrived there", () => {
  const [here] = pushed();
  const [there] = pushed({ ref: "refs/heads/auth-005-csrf" });

  expect(there).toMatchObject({ thing: here?.thing, branch: "auth-005-csrf" });
  expect(there?.id).not.toBe(here?.id);
});

test("a commit without an account is told by the name it carries, and without a name by none", () => {
  expect(pushed({ commits: [{ ...commit, author: { name: "Octo Cat" } }] })).toMatchObject([{ author: "Octo Cat" }, {}, {}]);
  expect(pushed({ commits: [{ ...commit, author: null }] })).toMatchObject([{ author: null }, {}, {}]);
});

test("no more commits and files are kept than GitHub lists", () => {
  const added = Array.from({ length: 3100 }, (_, index) => `file-${index}`);
  const facts = pushed({ commits: Array(2100).fill({ ...commit, added }) });

  expect(facts).toHaveLength(2050);
  expect(facts[0]).toMatchObject({ files: { length: 3000 } });
});

describe("what a delivery does not tell of its push", () => {
  const push = (changes: Readonly<Record<string, unknown>> = {}) => pushed(changes).find((fact) => fact.kind === "push");

  test("a push of as many commits as GitHub lists may have brought more", () => {
    expect(push({ commits: Array(2048).fill(commit) })).toMatchObject({ listed: false });
    expect(push({ commits: Array(2047).fill(commit) })).toMatchObject({ listed: true });
  });

  test("a commit of as many files as GitHub lists may have touched more, plans among them", () => {
    const touched = (amount: number) => ({ ...commit, added: Array.from({ length: amount }, (_, index) => `file-${index}`) });
    expect(push({ commits: [commit, touched(3000)] })).toMatchObject({ listed: false });
    expect(push({ commits: [commit, touched(2990)] })).toMatchObject({ listed: true });
  });

  test("a head that is not among the commits came with others, unless the branch is new", () => {
    expect(push({ commits: [] })).toMatchObject({ listed: false });
    expect(push({ commits: [], before: unknownHead })).toMatchObject({ listed: true, before: null });
  });

  test("a forced push is one, and the same push at another time is another", () => {
    expect(push({ forced: true })).toMatchObject({ forced: true });
    expect(push({ "repository.pushed_at": pushedAt / 1000 + 60 })?.id).not.toBe(push()?.id);
  });
});

describe("branches that come and go", () => {
  const named = { ref: "auth-005-csrf", ref_type: "branch", "repository.pushed_at": "2026-03-02T10:00:00Z" };
  const told = (event: "create" | "delete", changes = {}) =>
    (event === "create" ? createFacts : deleteFacts)(examplePayload(event, null, { ...named, ...changes })).map(({ fact }) => fact);

  test("a created branch is there, though nobody says yet where it points", () => {
    expect(told("create")).toMatchObject([{ kind: "branch", name: "auth-005-csrf", head: unknownHead, at: pushedAt }]);
  });

  test("its creation and the push beside it are one fact, its end is another", () => {
    const named = {
      ref: "refs/heads/auth-005-csrf",
      "repository.pushed_at": 1772445600,
      commits: [],
      deleted: false,
      after: "a".repeat(40),
    };
    const branches = pushFacts(examplePayload("push", null, named)).flatMap(({ fact }) => (fact.kind === "branch" ? [fact.id] : []));
    expect(told("create").map((fact) => fact.id)).toEqual(branches);
    expect(told("delete").map((fact) => fact.id)).not.toEqual(branches);
  });

  test("a deleted branch is gone", () => {
    expect(told("delete")).toMatchObject([{ kind: "branch", name: "auth-005-csrf", head: null, at: pushedAt }]);
  });

  test("tags and the merge queue's own branches are none", () => {
    expect(told("create", { ref_type: "tag" })).toEqual([]);
    expect(told("delete", { ref: "gh-readonly-queue/main/pr-1-abc" })).toEqual([]);
  });
});
