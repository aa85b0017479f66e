import { expect, test } from "vitest";
import { board } from "../../../test/board.ts";
import { at, commit, planFact, pull, pullContent, shaOf } from "../../../test/facts.ts";
import { foldStory, storyMaterial } from "../../../test/fold-story.ts";
import { promiseOf } from "../status/promise.ts";
import type { Board, Fact, PullContentFact, PullFact } from "../words.ts";
import { noReverts, revertsBy } from "./taken-back.ts";

const plan = "id,task,status,depends_on\nAUTH-005,Harden login,todo,\nFE-004,Login page,in-progress,AUTH-005\nAUTH-006,Log out,todo,\n";
const base = planFact("docs/plan.csv", plan, at(-30));
const done = [pull(7, "merged", at(2)), commit("AUTH-006: log out. Closes AUTH-006", at(3), { sha: shaOf("out"), pushHead: shaOf("out") })];

function boardsAfter(facts: readonly Fact[]): readonly Board[] {
  const tasks = foldStory([base, ...facts], [plan]).map(({ declared, scope, folded }) => ({ ...declared, scope, state: folded.state }));
  return [board(tasks, { path: "docs/plan.csv" })];
}

function reverts(open: PullFact, content: PullContentFact | null, before: readonly Fact[] = done) {
  const facts = [...before, open, ...(content === null ? [] : [content])];
  const { context, material } = storyMaterial([base, ...facts], [plan]);
  const promised = promiseOf(context, material, { pull: open, content, planned: null });
  const { tasks, builtOn } = revertsBy(boardsAfter(facts), promised, { pull: open, content });
  return {
    tasks: tasks.map(({ task, before: was, after, pulls, shas }) => [task.id, was, after, ...pulls, ...shas]),
    builtOn: builtOn.map(({ task, on }) => `${task.id} on ${on.id}`),
  };
}

const button = { title: 'Revert "AUTH-005: harden login"', body: "Reverts octo/plans#7", branch: "revert-7-x" };

test("a merge that takes work back says of which task, by what it calls the work, and who is built on it", () => {
  expect(reverts(pull(12, "open", at(5), button), null)).toEqual({
    tasks: [["AUTH-005", "completed", "in-progress", 7]],
    builtOn: ["FE-004 on AUTH-005"],
  });
});

test("each commit is told with what itself names, also where the pull request names none of the tasks", () => {
  const content = pullContent(12, [`Back out\n\nThis reverts commit ${shaOf("out")}.`]);
  const open = pull(12, "open", at(5), { title: "Tidy", branch: "tidy" });
  expect(reverts(open, content)).toEqual({ tasks: [["AUTH-006", "completed", "in-progress", shaOf("out")]], builtOn: [] });
});

test("what rests on reverted work already is not told again", () => {
  const second = pull(13, "open", at(9), { title: 'Revert "AUTH-006: log out"', branch: "undo" });
  expect(reverts(second, null, [...done, pull(12, "merged", at(5), button)])).toMatchObject({ builtOn: [] });
});

test("a pull request that takes nothing back, or names what is not known, tells nothing", () => {
  expect(reverts(pull(12, "open", at(5), { title: "AUTH-005: more" }), null)).toEqual(noReverts);
  expect(reverts(pull(12, "open", at(5), { title: "Tidy", body: "Reverts octo/plans#99", branch: "revert-99-x" }), null)).toEqual(
    noReverts,
  );
});
