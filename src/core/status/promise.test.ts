import { expect, test } from "vitest";
import { at, branch, commit, planFact, pull, pullContent, shaOf } from "../../../test/facts.ts";
import { foldStory, storyMaterial } from "../../../test/fold-story.ts";
import type { Fact, PullFact } from "../words.ts";
import { promiseOf } from "./promise.ts";

const plan = "id,task,status\nAUTH-005,Harden login,todo\nAUTH-006,Log out,todo\n";
const base = planFact("docs/plan.csv", plan, at(-30));

const promised = (open: PullFact, known: readonly Fact[]): readonly string[] => {
  const content = known.find((fact) => fact.kind === "pull-content") ?? null;
  const { context, material } = storyMaterial([base, ...known, open], [plan]);
  return promiseOf(context, material, { pull: open, content, planned: null }).map(({ token, folded }) => `${token} ${folded.state.status}`);
};

/** As GitHub tells of it: the pull request is merged, and a push brings its commits and a merge commit, whose message has the title. */
const merged = (open: PullFact, known: readonly Fact[]): readonly string[] => {
  const mergeSha = shaOf(`merge ${open.number}`);
  const brought = known.flatMap((fact) => (fact.kind === "pull-content" ? fact.commits : []));
  const arrived = [
    pull(open.number, "merged", at(10), { title: open.title, body: open.body, branch: open.branch, mergeSha }),
    ...brought.map(({ sha, message }) => commit(message, at(10), { sha, pushHead: mergeSha })),
    commit(`Merge pull request #${open.number} from octo/${open.branch}\n\n${open.title}`, at(10), { sha: mergeSha, pushHead: mergeSha }),
    branch(open.branch, at(11), false),
  ];
  return foldStory([base, ...known, open, ...arrived], [plan]).map(({ token, folded }) => `${token} ${folded.state.status}`);
};

test.each([
  ["is a part of a task by its title", { title: "First half (part of AUTH-005)" }, [], "AUTH-5 in-progress"],
  ["claims a task", { title: "AUTH-005: harden login" }, [], "AUTH-5 completed"],
  ["is work on a task by its commits alone", { title: "Tidy up" }, ["refs AUTH-005: begin"], "AUTH-5 in-progress"],
  ["names a task in its description alone", { title: "Tidy up", body: "Part of AUTH-005." }, [], "AUTH-5 todo"],
  ["has a commit that would complete a task by itself", { title: "Tidy up" }, ["closes AUTH-005"], "AUTH-5 in-progress"],
] as const)("what a pull request promises that %s is what its merge brings", (_, said, messages, status) => {
  const open = pull(7, "open", at(1), { branch: "tidy", ...said });
  const known = [pullContent(7, messages)];

  expect(promised(open, known)).toEqual(merged(open, known));
  expect(promised(open, known)).toContain(status);
});
