import { expect, test } from "vitest";
import { examplePayload } from "../../../test/webhook-examples.ts";
import { issueFacts } from "./issue.ts";

const occasion = { appId: 77, delivery: "d1" };

test("a labelled issue is told as it stands, at the time of its change", () => {
  const payload = examplePayload("issues", "labeled", {
    "issue.title": "DEVOPS-035",
    "issue.body": null,
    "issue.labels": [{ name: "blocked" }, { name: "backend" }],
    "issue.updated_at": "2026-03-02T10:00:00Z",
  });

  expect(issueFacts(payload, occasion)).toMatchObject([
    {
      repository: 186853002,
      fact: {
        kind: "issue",
        thing: "issue:1",
        at: Date.parse("2026-03-02T10:00:00Z"),
        state: "open",
        reason: null,
        title: "DEVOPS-035",
        body: "",
        labels: ["backend", "blocked"],
        author: { login: "Codertocat", bot: false },
      },
    },
  ]);
});

test("why an issue was closed is kept", () => {
  const payload = examplePayload("issues", "reopened", { "issue.state": "closed", "issue.state_reason": "not_planned" });

  expect(issueFacts(payload, occasion)).toMatchObject([{ fact: { state: "closed", reason: "not_planned" } }]);
});

test.each([
  ["closed", "User", "closed", "closed"],
  ["reopened", "User", "open", "reopened"],
  ["closed", "Bot", "closed", null],
  ["edited", "User", "closed", null],
])("%s by a %s of an issue that is then %s is the act %s", (action, type, state, act) => {
  const payload = examplePayload("issues", "reopened", { action, "issue.state": state, "sender.type": type });

  expect(issueFacts(payload, occasion)).toMatchObject([{ fact: { state, act, actor: "Codertocat" } }]);
});

test("an issue that was deleted is gone", () => {
  expect(issueFacts(examplePayload("issues", "deleted"), occasion)).toMatchObject([
    { fact: { thing: "issue:1", state: "gone", act: null } },
  ]);
});

test("an issue that was transferred is gone here, and the repository it went to is told of it as that will tell it itself", () => {
  const transferred = examplePayload("issues", "transferred", {
    "issue.number": 9,
    "changes.new_repository.id": 55,
    "changes.new_issue.number": 4,
    "changes.new_issue.updated_at": "2026-03-02T10:00:00Z",
  });
  const told = issueFacts(transferred, occasion);
  expect(told).toMatchObject([
    { repository: 17273051, fact: { thing: "issue:9", state: "gone", act: null } },
    { repository: 55, fact: { thing: "issue:4", state: "open", act: null } },
  ]);

  const moved = typeof transferred === "object" && transferred !== null && "changes" in transferred ? Object(transferred.changes) : {};
  const opened = { action: "opened", issue: moved.new_issue, repository: { id: 55 }, sender: { login: "x", id: 1 } };
  expect(issueFacts(opened, occasion).map(({ fact }) => fact.id)).toEqual([told[1]?.fact.id]);
});

test("whose it is, and its milestone, are told with it", () => {
  const assigned = examplePayload("issues", "assigned", {
    "issue.assignees": [{ login: "mira" }, { login: "ann" }],
    "issue.milestone": { title: "Beta" },
  });
  expect(issueFacts(assigned, occasion)).toMatchObject([{ fact: { assignees: ["ann", "mira"], milestone: "Beta" } }]);
  const plain = examplePayload("issues", "unassigned", { "issue.assignees": [], "issue.milestone": null });
  expect(issueFacts(plain, occasion)).toMatchObject([{ fact: { assignees: [], milestone: null } }]);
});

test("the issue in which we keep the summary says nothing about tasks", () => {
  const by = (id: number) => examplePayload("issues", "labeled", { "issue.performed_via_github_app": { id } });

  expect(issueFacts(by(77), occasion)).toEqual([]);
  expect(issueFacts(by(78), occasion)).toHaveLength(1);
});
