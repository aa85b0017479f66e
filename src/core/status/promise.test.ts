import { expect, test } from "vitest";
import { at, branch, commit, configurationFact, planFact, pull, pullContent, shaOf } from "../../../test/facts.ts";
import { foldStory, storyMaterial } from "../../../test/fold-story.ts";
import { planIn, standingPlans } from "../../../test/standing-plans.ts";
import type { DerivedTask, Fact, PullFact } from "../words.ts";
import { plansAfter } from "./plans-after.ts";
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

/** What is promised and what comes about when a pull request brings another version of the plan, merged in one of three ways. */
function withEdit(open: PullFact, to: string, more: { readonly known?: readonly Fact[]; readonly settings?: string } = {}) {
  const { known = [], settings = "" } = more;
  const configured: Fact = configurationFact(settings, at(-40));
  const facts = [configured, base, ...known, open];
  const { context, material } = storyMaterial(facts, [plan, settings]);
  const now = { ...standingPlans({ "docs/plan.csv": plan }), configurations: context.configurations };
  const edits = [{ path: "docs/plan.csv", before: planIn("docs/plan.csv", plan), after: planIn("docs/plan.csv", to) }];
  const planned = plansAfter(now, { commit: open.headSha, edits, configuration: null });
  const statuses = (tasks: readonly DerivedTask[]) =>
    tasks.flatMap(({ token, present, folded }) => (present ? [`${token} ${folded.state.status}`] : [])).toSorted();
  const mergeSha = shaOf(`merge ${open.number}`);
  const { title, body, branch: head } = open;
  const arrived = [
    pull(open.number, "merged", at(10), { title, body, branch: head, mergeSha }),
    commit(`${title} (#${open.number})`, at(10), { sha: mergeSha, pushHead: mergeSha }),
    planFact("docs/plan.csv", to, at(10)),
  ];
  return {
    promised: statuses(promiseOf(context, material, { pull: open, content: null, planned })),
    came: statuses(foldStory([...facts, ...arrived], [plan, to, settings])),
  };
}

const wide = plan.replace("status\n", "status,dependencies\n").replaceAll("todo\n", "todo,\n");
const other = (title: string) => pull(9, "open", at(2), { title, branch: "other" });

test.each([
  ["adds a task and completes it", "AUTH-007: reset", "AUTH-007,Reset,todo,", {}, "AUTH-7 completed"],
  ["adds a task and is a part of it", "Begin (part of AUTH-007)", "AUTH-007,Reset,todo,", {}, "AUTH-7 todo"],
  ["adds a task that it does not name", "Plan on", "AUTH-007,Reset,deferred,", {}, "AUTH-7 deferred"],
  [
    "adds a task that another open one claims",
    "AUTH-007: reset",
    "AUTH-007,Reset,todo,",
    { known: [other("AUTH-007: more")] },
    "AUTH-7 todo",
  ],
  [
    "adds a task that a commit named before",
    "Plan on",
    "AUTH-007,Reset,todo,",
    { known: [commit("closes AUTH-007", at(-1))] },
    "AUTH-7 todo",
  ],
  ["adds a task that has to wait", "Plan on", "AUTH-007,Reset,todo,AUTH-006", { settings: "dependencies: block\n" }, "AUTH-7 blocked"],
] as const)("what a pull request promises that %s is what its merge brings", (_, title, row, more, status) => {
  const open = pull(7, "open", at(1), { branch: "work", title });
  const { promised: told, came } = withEdit(open, `${wide}${row}\n`, more);

  expect(told).toEqual(came);
  expect(told).toContain(status);
});

test("a row that a pull request restates, and one that it takes out, are promised as the merge brings them", () => {
  const open = pull(7, "open", at(1), { branch: "work", title: "AUTH-006: log out" });
  const { promised: told, came } = withEdit(open, "id,task,status\nAUTH-005,Harden login,done\n");

  expect(told).toEqual(came);
  expect(told).toEqual(["AUTH-5 completed"]);
});
