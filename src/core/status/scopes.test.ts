import { expect, test } from "vitest";
import {
  at,
  branch,
  comment,
  commit,
  configurationFact,
  issue,
  permission,
  planFact,
  pull,
  pullContent,
  shaOf,
} from "../../../test/facts.ts";
import { foldStory } from "../../../test/fold-story.ts";
import type { Fact } from "../words.ts";

const list = (...titles: readonly string[]) =>
  `# Tasks\n\n## Phase 1: Setup\n\n${titles.map((title, index) => `- [ ] T00${index + 1} ${title}`).join("\n")}\n`;
const login = list("Make the form", "Check the password");
const chart = list("Draw the axes", "Draw the lines");
const tagged = JSON.stringify({
  alpha: { tasks: [{ id: 5, title: "Read", status: "pending", dependencies: [] }] },
  beta: { tasks: [{ id: 5, title: "Draw", status: "pending", dependencies: [] }] },
});
const csv = (title: string) => `id,title,status\nFE-004,${title},todo\n`;
const tagPath = ".taskmaster/tasks/tasks.json";

const texts = [login, chart, tagged, csv("Menu"), csv("menu!"), csv("Footer")];
const folders = [planFact("specs/001-login/tasks.md", login, at(0)), planFact("specs/002-chart/tasks.md", chart, at(0))];

/** Each task that is not to do, as `name#ID status`. */
const moved = (facts: readonly Fact[], more: readonly string[] = []) =>
  foldStory(facts, [...texts, ...more])
    .filter((task) => task.present && task.folded.state.status !== "todo")
    .map((task) => `${task.scope.split(/[/#]/).at(-1)}#${task.declared.id} ${task.folded.state.status}`)
    .sort();

test("a branch named for a feature folder settles whose task is meant", () => {
  const merged = pull(7, "merged", at(3), { title: "T001: make the form", branch: "001-login" });

  expect(moved([...folders, merged])).toEqual(["001-login#T001 completed"]);
  expect(moved([...folders, { ...merged, branch: "feature/002-Chart" }])).toEqual(["002-chart#T001 completed"]);
  expect(moved([...folders, commit("T002: check", at(3), { branch: "001-login" }), branch("001-login", at(3))])).toEqual([
    "001-login#T002 in-progress",
  ]);
});

test("a branch that only begins like a folder settles nothing", () => {
  expect(moved([...folders, pull(7, "merged", at(3), { title: "T001", branch: "001-login-2" })])).toEqual([]);
});

test("the files of a pull request or a commit settle whose task is meant, where the branch does not", () => {
  const merged = pull(7, "merged", at(3), { title: "T001: axes" });
  const files = (...paths: readonly string[]) => pullContent(7, [], { files: paths });

  expect(moved([...folders, merged, files("src/a.ts", "specs/002-chart/notes/x.md")])).toEqual(["002-chart#T001 completed"]);
  expect(moved([...folders, merged, files("specs/002-chart/tasks.md", "specs/001-login/tasks.md")])).toEqual([]);
  expect(moved([...folders, merged, files("specs/002-chart.md")])).toEqual([]);
  expect(moved([...folders, commit("Closes T002", at(3), { files: ["specs/001-login/tasks.md"] })])).toEqual(["001-login#T002 completed"]);
});

test("the branch settles before the files do, and a scope before the id is taken by its word", () => {
  const merged = pull(7, "merged", at(3), { title: "T001", branch: "001-login" });
  const files = pullContent(7, [], { files: ["specs/002-chart/tasks.md"] });

  expect(moved([...folders, merged, files])).toEqual(["001-login#T001 completed"]);
  expect(moved([...folders, { ...merged, title: "002-chart#T001" }, files])).toEqual(["002-chart#T001 completed"]);
});

test.each([
  ["closes 002-chart#T001", ["002-chart#T001 completed"]],
  ["closes specs/002-chart#T001, T002", ["002-chart#T001 completed", "002-chart#T002 completed"]],
  ["closes 002-chart#T001-T002", ["002-chart#T001 completed", "002-chart#T002 completed"]],
  ["closes 002-CHART#t1 and 001-login#T001", ["001-login#T001 completed", "002-chart#T001 completed"]],
  ["T001 is done: closes 002-chart#T001", ["002-chart#T001 completed"]],
  ["closes 003-other#T001", []],
  ["closes chart#T001", []],
  ["closes T001", []],
])("a commit that says “%s” changes %j", (message, expected) => {
  expect(moved([...folders, commit(message, at(3))])).toEqual(expected);
});

test("a squash commit is read by the branch of the pull request that it came from, whichever is known first", () => {
  const facts = [
    ...folders,
    pull(7, "open", at(1), { title: "the form", branch: "001-login" }),
    commit("T001: form (#7)", at(3), { sha: shaOf("s") }),
  ];

  expect(moved(facts)).toEqual(["001-login#T001 in-progress"]);
  expect(moved(facts.toReversed())).toEqual(["001-login#T001 in-progress"]);
});

test("the branch on which everything lands settles nothing, though a scope has its name", () => {
  const main = planFact("specs/main/tasks.md", login, at(0));

  expect(moved([main, ...folders, commit("closes T002", at(3))])).toEqual([]);
});

test("two plans that give an id the same title both take the evidence; with different titles neither does", () => {
  const done = commit("closes FE-004", at(3));
  const first = planFact("a/plan.csv", csv("Menu"), at(0));

  expect(moved([first, planFact("b/plan.csv", csv("menu!"), at(0)), done])).toEqual([
    "plan.csv#FE-004 completed",
    "plan.csv#FE-004 completed",
  ]);
  expect(moved([first, planFact("b/plan.csv", csv("Footer"), at(0)), done])).toEqual([]);
  expect(moved([first, planFact("b/plan.csv", csv("Footer"), at(0)), planFact("b/plan.csv", null, at(9)), done])).toEqual([
    "plan.csv#FE-004 completed",
  ]);
  expect(
    foldStory([first, planFact("b/plan.csv", csv("Footer"), at(0)), commit("closes b/plan#FE-004", at(3))], texts)
      .filter((task) => task.folded.state.status === "completed")
      .map((task) => task.scope),
  ).toEqual(["b/plan.csv"]);
});

test("a tag is named by its branch, or by its name before the number of a task", () => {
  const plan = planFact(tagPath, tagged, at(0));

  expect(moved([plan, pull(7, "merged", at(3), { title: "task 5", branch: "beta" })])).toEqual(["beta#5 completed"]);
  expect(moved([plan, commit("closes task alpha#5", at(3))])).toEqual(["alpha#5 completed"]);
  expect(moved([plan, commit(`closes task ${tagPath}#alpha#5`, at(3))])).toEqual(["alpha#5 completed"]);
  expect(moved([plan, commit("closes alpha#5", at(3))])).toEqual([]);
  expect(moved([plan, commit("closes task 5", at(3), { files: [tagPath] })])).toEqual([]);
});

test("commands name a task with its scope, or on a pull request by its branch", () => {
  const say = (text: string, onPull = false) => {
    const said = comment(1, text, at(4), { issue: 7, onPull });
    return [...folders, pull(7, "open", at(1), { title: "the form", branch: "001-login" }), said, permission(said.id, "triage")];
  };

  expect(moved(say("/status 002-chart#T001 done"))).toEqual(["002-chart#T001 completed"]);
  expect(moved(say("/done specs/002-chart#T001, 001-login#T002"))).toEqual(["001-login#T002 completed", "002-chart#T001 completed"]);
  expect(moved(say("/done T001"))).toEqual([]);
  expect(moved(say("/done T001", true))).toEqual(["001-login#T001 completed"]);
  expect(moved(say("002-chart#T002 — lines — Done"))).toEqual(["002-chart#T002 completed"]);
});

test("labels name a task with its scope", () => {
  const labelled = (label: string) => issue(3, at(2), { title: "axes", labels: [label, "in progress"] });

  expect(moved([...folders, labelled("002-chart#T001")])).toEqual(["002-chart#T001 in-progress"]);
  expect(moved([...folders, labelled("task: 002-chart#T001")])).toEqual(["002-chart#T001 in-progress"]);
  expect(moved([...folders, labelled("T001")])).toEqual([]);
});

test("an old id that an alias gave a new name means the task of that name, though the plan once held it", () => {
  const text = "plans: [{path: docs/plan.csv, aliases: {FE-004: FE-009}}]\n";
  const renamed = csv("Menu").replace("FE-004", "FE-009");
  const versions = [planFact("docs/plan.csv", csv("Menu"), at(0)), planFact("docs/plan.csv", renamed, at(2))];

  expect(moved([...versions, configurationFact(text, at(2)), commit("closes FE-004", at(5))], [text, renamed])).toEqual([
    "plan.csv#FE-009 completed",
  ]);
});
