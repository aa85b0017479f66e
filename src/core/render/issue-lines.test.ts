import { expect, test } from "vitest";
import { task } from "../../../test/board.ts";
import type { LinkedIssue } from "../words.ts";
import { issueLines } from "./issue-lines.ts";

const web = "https://github.test/octo/plans";
const issue = (change: Partial<LinkedIssue> = {}): LinkedIssue => ({
  number: 3,
  open: true,
  assignees: [],
  milestone: null,
  waitsFor: [],
  parts: { all: 0, closed: 0, unknown: 0 },
  ...change,
});
const lines = (...issues: readonly LinkedIssue[]) => issueLines(web, task("AUTH-005", { state: { issues } }), 2);

test("an issue is told with whose it is, its parts and what it waits for", () => {
  const told = issue({
    assignees: ["ann", "mira"],
    milestone: "Beta",
    waitsFor: [{ repository: null, number: 7 }],
    parts: { all: 3, closed: 2, unknown: 1 },
  });
  expect(lines(told)).toEqual([
    `Issue [#3](${web}/issues/3): open, assigned to ann and mira, milestone Beta, 2 of 3 sub-issues closed (1 not known here), blocked by [#7](${web}/issues/7)`,
  ]);
  expect(lines(issue({ open: false }))).toEqual([`Issue [#3](${web}/issues/3): closed`]);
});

test("names of people, milestones and other repositories mention nobody and link nothing", () => {
  const [line = ""] = lines(issue({ milestone: "@octo/all | #9 <b>", waitsFor: [{ repository: "octo/other", number: 7 }] }));
  expect(line).not.toMatch(/@octo|#9|<b>|\||other#7/);
  expect(line.replaceAll("&#8203;", "")).toContain("blocked by octo/other#7");
});

test("only the first ones are told, and how many there are besides", () => {
  const people = ["a", "b", "c", "d", "e", "f"];
  expect(lines(issue({ assignees: people }), issue({ number: 4 }), issue({ number: 5 }))).toEqual([
    expect.stringContaining("assigned to a, b, c, d and e and others"),
    expect.stringContaining("#4"),
    "… and 1 more issue",
  ]);
});
