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

test.each(["deleted", "transferred"])("an issue that was %s is gone", (action) => {
  expect(issueFacts(examplePayload("issues", action), occasion)).toMatchObject([{ fact: { thing: "issue:1", state: "gone", act: null } }]);
});

test("the issue in which we keep the summary says nothing about tasks", () => {
  const by = (id: number) => examplePayload("issues", "labeled", { "issue.performed_via_github_app": { id } });

  expect(issueFacts(by(77), occasion)).toEqual([]);
  expect(issueFacts(by(78), occasion)).toHaveLength(1);
});
