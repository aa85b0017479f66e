import { describe, expect, test } from "vitest";
import { examplePayload } from "../../../test/webhook-examples.ts";
import type { Fact } from "../../core/words.ts";
import { commentFacts } from "./comment.ts";

const occasion = { appId: 77, delivery: "d1" };

function said(action: string, changes: Readonly<Record<string, unknown>> = {}): readonly Fact[] {
  return commentFacts(examplePayload("issue_comment", action, changes), occasion).map((told) => told.fact);
}

test("a comment is told with who said it, where and when", () => {
  expect(said("created", { "comment.body": "/status AUTH-005 done" })).toMatchObject([
    {
      kind: "comment",
      thing: "comment:492700400",
      at: Date.parse("2019-05-15T15:20:21Z"),
      comment: 492700400,
      issue: 1,
      onPull: false,
      author: { login: "Codertocat", bot: false },
      text: "/status AUTH-005 done",
      before: null,
    },
  ]);
});

test("a comment on a pull request is known as one", () => {
  expect(said("created", { "issue.pull_request": { url: "https://api.github.com/pulls/1" } })).toMatchObject([{ onPull: true }]);
});

describe("edits", () => {
  test("an edit is dated by itself and keeps the text it replaced", () => {
    expect(said("edited", { "comment.body": "new" })).toMatchObject([
      { at: Date.parse("2019-05-15T15:20:22Z"), text: "new", before: "You are totally right! I'll get this fixed right away." },
    ]);
  });

  test("a command put into somebody else's comment is said by the one who put it there", () => {
    const maintainer = { login: "maintainer", id: 1, type: "User" };
    const writer = { login: "writer", id: 2, type: "User" };

    expect(said("edited", { "comment.user": maintainer, sender: writer })).toMatchObject([{ author: { login: "writer", id: 2 } }]);
  });

  test("an edit that leaves the text as it was says nothing", () => {
    expect(said("edited", { changes: {} })).toEqual([]);
  });
});

describe("who is not heard", () => {
  test("bots", () => {
    expect(said("created", { sender: { login: "renovate[bot]", id: 3, type: "Bot" } })).toEqual([]);
  });

  test("we ourselves, whoever sent it for us", () => {
    expect(said("created", { "comment.performed_via_github_app": { id: 77 } })).toEqual([]);
  });

  test("people who write through another app are heard", () => {
    expect(said("created", { "comment.performed_via_github_app": { id: 78 } })).toHaveLength(1);
  });
});
