import { expect, test } from "vitest";
import { at, configurationFact, planFact } from "../../../test/facts.ts";
import { foldStory } from "../../../test/fold-story.ts";
import { examplePayload } from "../../../test/webhook-examples.ts";
import { suiteFacts } from "./suite.ts";

const occasion = { appId: 4711, delivery: "d" };
const suite = (change: Readonly<Record<string, unknown>> = {}) =>
  suiteFacts(
    examplePayload("check_suite", "completed", {
      "check_suite.app": { id: 12, slug: "circleci-checks", name: "CircleCI Checks" },
      "check_suite.head_branch": "main",
      "check_suite.conclusion": "failure",
      "check_suite.updated_at": "2026-03-02T10:00:00Z",
      ...change,
    }),
    occasion,
  ).map(({ fact }) => fact);

test("a finished suite of a CI service is told as a run of that service on its branch", () => {
  expect(suite()).toMatchObject([
    {
      kind: "run",
      workflow: "CircleCI Checks",
      file: "circleci-checks",
      branch: "main",
      conclusion: "failure",
      event: "check_suite",
      own: true,
    },
  ]);
});

test.each([
  ["of GitHub Actions is told by its workflows", { "check_suite.app": { id: 15368, slug: "github-actions", name: "GitHub Actions" } }],
  ["of our own checks tells us nothing", { "check_suite.app": { id: 4711, slug: "plankeeper", name: "Plankeeper" } }],
  ["of a fork's commit is on no branch of ours", { "check_suite.head_branch": null }],
  ["without a result tells nothing", { "check_suite.conclusion": null }],
])("one %s", (_, change) => {
  expect(suite(change)).toEqual([]);
});

test("a CI service is a gate like any workflow: red holds, its newer run or a later attempt releases", () => {
  const plan = "id,title,status\nFE-004,Login page,todo\n";
  const configuration = "gates: [{workflow: circleci-checks, tasks: [FE-004]}]\n";
  const base = [planFact("plan.csv", plan, at(-30)), configurationFact(configuration, at(-60))];
  const statusAfter = (...changes: readonly Readonly<Record<string, unknown>>[]) =>
    foldStory([...base, ...changes.flatMap((change) => suite(change))], [plan, configuration])[0]?.folded.state.status;
  const red = {};
  const again = { "check_suite.conclusion": "success", "check_suite.updated_at": "2026-03-02T11:00:00Z" };

  expect(statusAfter(red)).toBe("blocked");
  expect(statusAfter(red, again)).toBe("todo");
  expect(statusAfter(again, red)).toBe("todo");
  expect(statusAfter(red, { ...again, "check_suite.id": 1 })).toBe("blocked");
});
