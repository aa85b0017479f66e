import { expect, test } from "vitest";
import type { Place } from "../words.ts";
import { candidateTokens, mostCandidates } from "./candidates.ts";
import { knownFrom } from "./known.ts";
import { readCommands } from "./read-commands.ts";
import { readReferences } from "./read-references.ts";

// Each of these once cost, or would cost a careless reader, the square of its length: at these sizes hours, not seconds.
const megabyte = 1_000_000;
const patient = { timeout: 60_000 };
const known = knownFrom({ ids: ["A-1", "A-002", "1.2", "T01"] });

const fill = (unit: string, size: number): string => unit.repeat(Math.ceil(size / unit.length)).slice(0, size);
const verbsAt = (text: string, place: Place) =>
  readReferences(text, place, known).references.map((reference) => [reference.token, reference.verb]);

const plain = [
  "a-",
  "a.",
  "a",
  ".",
  "!? ",
  ".)",
  "A-9 ",
  "A-1/",
  "a#A-1#",
  "A-1/002/",
  "A-1..",
  "not ",
  "fix ",
  "tasks 1.2, ",
  "a://",
  "www.",
  '"',
  "\u0001",
  "😀",
];

test.each(plain)("the last line of a commit message with a megabyte of %j is still read", patient, (unit) => {
  expect(verbsAt(`subject\n\n${fill(unit, megabyte)}\n\nCloses T01`, "commit")).toContainEqual(["T1", "complete"]);
});

const markdown = [
  "]",
  "[",
  ">",
  "> ",
  "+ ",
  "*_~",
  "***a ",
  "`a``",
  "<a ",
  "![",
  "|a-1",
  "a-1|b\n-|-\n",
  "[^a-1]: x\n",
  "=\n",
  "a\n-\n",
  "- > a\n",
  "- a\n  - b\n    - c\n",
  "_a>***\n",
  "[=",
  "a <? ",
  "/status A-1\n",
  "- [ ] A-1\n",
];

test.each(markdown)("the last line of a comment as long as GitHub takes, full of %j, is still read", patient, (unit) => {
  const text = `${fill(unit, 65_000)}\n\n\n\nCloses T01\n\n/done T01`;

  expect(verbsAt(text, "comment")).toContainEqual(["T1", "complete"]);
  expect(readCommands(text, null).length).toBeGreaterThan(0);
});

test("a megabyte of one branch name, label or title is no harm", patient, () => {
  expect(verbsAt(fill("a-1/", megabyte), "branch")).toEqual([["A-1", "mention"]]);
  expect(verbsAt(fill("A-1: ", megabyte), "label")).toEqual([["A-1", "mention"]]);
  expect(verbsAt(fill('Revert "', megabyte), "title")).toEqual([]);
});

test("a text with more candidates than are kept keeps those seen first", () => {
  const text = Array.from({ length: 2 * mostCandidates }, (_, index) => `X-${index + 1}`).join(" ");

  expect(candidateTokens(text, "commit")).toEqual(Array.from({ length: mostCandidates }, (_, index) => `X-${index + 1}`));
});

test.each([
  ["a line of bullets that is no list", `\\${fill("* ", 60_000)}x A-1 — done`],
  ["a status of dots", `/status A-1 ${fill(".", 60_000)}x`],
  ["a reason of spaces", `/block A-1 ${fill(" ", 60_000)}x`],
  ["a command of letters", `/${fill("a", 60_000)} A-1`],
])("%s is read like any other", patient, (_, text) => {
  expect(verbsAt(text, "comment")).toEqual([["A-1", "mention"]]);
  expect(readCommands(text, null).length).toBeLessThanOrEqual(1);
});

test("quotes and lists nested deeper than anyone writes them hide nothing behind them", () => {
  expect(verbsAt(`${">".repeat(500)} closes A-1\n\ncloses A-2`, "body")).toEqual([["A-2", "complete"]]);
});

test("a body with more links than the parser is given still has its tasks read", () => {
  const links = Array.from({ length: 600 }, (_, index) => `[see](https://a.example/${index})`).join(" ");

  expect(verbsAt(`${links} closes **A-1**`, "body")).toEqual([["A-1", "complete"]]);
});
