import { describe, expect, test } from "vitest";
import { examplePayload } from "../../../test/webhook-examples.ts";
import { installationFacts, installationRepositoriesFacts } from "./installation.ts";
import { repositoryFacts } from "./repository.ts";

const occasion = (delivery: string) => ({ appId: 77, delivery });
const listed = (id: number, name: string) => ({ id, name, full_name: `octo/${name}`, private: true });

describe("the app comes and goes", () => {
  const told = (action: string, changes: Readonly<Record<string, unknown>> = {}) =>
    installationFacts(
      examplePayload("installation", action, { repositories: [listed(1, "one"), listed(2, "two")], ...changes }),
      occasion("d1"),
    );

  test("every repository that is listed is told by itself, its default branch still unknown", () => {
    expect(told("created")).toEqual([
      {
        repository: 1,
        fact: {
          id: expect.stringMatching(/^repository#/),
          kind: "repository",
          thing: "repository",
          at: 1557933591000,
          repository: 1,
          installation: 957387,
          owner: "octo",
          name: "one",
          defaultBranch: "",
          private: true,
          present: true,
        },
      },
      { repository: 2, fact: expect.objectContaining({ name: "two", present: true }) },
    ]);
  });

  test.each([
    ["created", true],
    ["new_permissions_accepted", true],
    ["unsuspend", true],
    ["suspend", false],
    ["deleted", false],
  ])("after %s the app is there: %s", (action, present) => {
    expect(told(action).map(({ fact }) => fact)).toMatchObject([{ present }, { present }]);
  });

  test("a suspension is dated by itself", () => {
    const suspended = { "installation.updated_at": "2026-03-01T00:00:00Z", "installation.suspended_at": "2026-03-02T10:00:00Z" };

    expect(told("suspend", suspended)[0]?.fact.at).toBe(Date.parse("2026-03-02T10:00:00Z"));
  });

  test("an installation that lists no repositories tells none", () => {
    expect(told("suspend", { repositories: undefined })).toEqual([]);
  });
});

describe("repositories come and go", () => {
  const told = (delivery: string, changes: Readonly<Record<string, unknown>>) =>
    installationRepositoriesFacts(
      examplePayload("installation_repositories", "added", { repositories_added: [], repositories_removed: [], ...changes }),
      occasion(delivery),
    );

  test("what is added is there, what is removed is not", () => {
    expect(told("d1", { repositories_added: [listed(1, "one")], repositories_removed: [listed(2, "two")] })).toMatchObject([
      { repository: 1, fact: { present: true } },
      { repository: 2, fact: { present: false } },
    ]);
  });

  test("a repository that is added once more is news, although GitHub gives the same time", () => {
    const added = { repositories_added: [listed(1, "one")] };

    expect(told("d1", added)[0]?.fact.id).not.toBe(told("d2", added)[0]?.fact.id);
  });

  test("the same delivery told again is not", () => {
    const added = { repositories_added: [listed(1, "one")] };

    expect(told("d1", added)).toEqual(told("d1", added));
  });
});

describe("a repository changes", () => {
  const told = (action: string, changes: Readonly<Record<string, unknown>> = {}) =>
    repositoryFacts(examplePayload("repository", "renamed", { action, ...changes })).map(({ fact }) => fact);

  test("its new name and default branch are told, with the time of the change", () => {
    expect(told("renamed", { "repository.name": "new", "repository.default_branch": "trunk", "installation.id": 9 })).toMatchObject([
      {
        kind: "repository",
        at: Date.parse("2019-05-15T15:20:41Z"),
        installation: 9,
        owner: "Octocoders",
        name: "new",
        defaultBranch: "trunk",
        present: true,
      },
    ]);
  });

  test.each([
    ["archived", true],
    ["privatized", true],
    ["deleted", false],
    ["transferred", false],
  ])("after it was %s the app is there: %s", (action, present) => {
    expect(told(action)).toMatchObject([{ present }]);
  });

  test("a hook that belongs to no installation says nothing of where the app is", () => {
    expect(told("renamed", { installation: undefined })).toEqual([]);
  });
});
