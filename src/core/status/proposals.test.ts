import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { at, branch, commit, planFact, proposal, pull } from "../../../test/facts.ts";
import { foldStory } from "../../../test/fold-story.ts";
import { story } from "../../../test/generated-story.ts";
import { canonicalJson, type DerivedTask, type Fact, type Status } from "../words.ts";

const path = "docs/plan.csv";
const plan = (status: Status) => `id,title,status\nAUTH-001,One,${status}\n`;

/** Plan versions at so many minutes, and what else was told. */
function statusAfter(versions: readonly (readonly [minute: number, status: Status])[], told: readonly Fact[]): Status | undefined {
  const facts = versions.map(([minute, status]) => planFact(path, plan(status), at(minute)));
  const [task] = foldStory(
    [...facts, ...told],
    versions.map(([, status]) => plan(status)),
  );
  return task?.folded.state.status;
}

const work = (minute: number) => pull(1, "open", at(minute), { title: "AUTH-001: work", openedAt: at(minute) });
const givenUp = [pull(1, "closed", at(40), { title: "AUTH-001: work" })];

describe("a row that changed to what we proposed", () => {
  test("states nothing: with the work given up, the task is what it was", () => {
    const told = [work(5), ...givenUp, proposal(path, { AUTH_1: "in-progress" }, at(10))];
    expect(
      statusAfter(
        [
          [0, "todo"],
          [20, "in-progress"],
        ],
        told.slice(0, 2),
      ),
    ).toBe("in-progress");
    expect(
      statusAfter(
        [
          [0, "todo"],
          [20, "in-progress"],
        ],
        told,
      ),
    ).toBe("todo");
  });

  test("counts when the proposal was made afterwards, was used up by an earlier change, was taken back, or said something else", () => {
    const rows = [
      [0, "todo"],
      [20, "deferred"],
      [25, "todo"],
      [30, "deferred"],
    ] as const;
    expect(statusAfter(rows.slice(0, 2), [proposal(path, { AUTH_1: "deferred" }, at(25))])).toBe("deferred");
    expect(statusAfter(rows.slice(0, 2), [proposal(path, { AUTH_1: "completed" }, at(10))])).toBe("deferred");
    expect(statusAfter(rows.slice(0, 2), [proposal(path, { AUTH_1: "deferred" }, at(10)), proposal(path, { AUTH_1: null }, at(15))])).toBe(
      "deferred",
    );
    expect(statusAfter(rows.slice(0, 2), [proposal(path, { AUTH_1: "deferred" }, at(10))])).toBe("todo");
    expect(statusAfter(rows, [proposal(path, { AUTH_1: "deferred" }, at(10))])).toBe("deferred");
  });

  test("of a plan's first version counts all the same", () => {
    expect(statusAfter([[0, "deferred"]], [proposal(path, { AUTH_1: "deferred" }, at(-10))])).toBe("deferred");
  });
});

test("what we wrote ourselves is no work and no word: our pull request, its branch, its commits, also without their trailer", () => {
  const bot = { login: "plankeeper[bot]", id: 1, bot: true };
  const name = "plankeeper/sync/docs--plan.csv";
  const title = "docs(plan): mark AUTH-001 completed";
  const ours = { title, branch: name, author: bot };
  const squashed = { sha: "5".repeat(40), pushHead: "5".repeat(40) };
  const told = [
    pull(9, "open", at(5), ours),
    branch(name, at(5)),
    branch("plankeeper/sync/AUTH-001.csv", at(5)),
    commit(`${title}\n\nPlankeeper-Sync: 0123456789ab`, at(5), { branch: name }),
    commit(`${title}\n\nPlankeeper-Sync: 0123456789ab`, at(6)),
    commit(`${title} (#9)`, at(10), squashed),
    pull(9, "merged", at(10), { ...ours, mergeSha: squashed.sha }),
  ];

  expect(statusAfter([[0, "todo"]], told)).toBe("todo");
  const byPerson = told.map((fact) => (fact.kind === "pull" ? { ...fact, author: { ...bot, bot: false } } : fact));
  expect(statusAfter([[0, "todo"]], byPerson)).toBe("completed");
});

const board = (tasks: readonly DerivedTask[]): string =>
  canonicalJson(tasks.map((task) => [task.declared.id, task.present, task.folded]).sort((a, b) => (String(a[0]) < String(b[0]) ? -1 : 1)));

const proposals = fc.array(
  fc
    .tuple(
      fc.constantFrom("AUTH_1", "AUTH_2", "FE_4"),
      fc.constantFrom("todo", "in-progress", "completed", "blocked", null),
      fc.integer({ min: -5, max: 40 }),
    )
    .map(([token, status, minute]) => proposal(path, { [token]: status }, at(minute))),
  { minLength: 1, maxLength: 8 },
);

test("proposals that come before, after or among the versions that hold them give the same histories and board", () => {
  fc.assert(
    fc.property(
      fc
        .tuple(story, proposals)
        .map(([one, told]) => ({ texts: one.texts, facts: [...one.facts, ...told] }))
        .chain((one) => fc.tuple(fc.constant(one), fc.shuffledSubarray([...one.facts], { minLength: one.facts.length }))),
      ([one, shuffled]) => {
        expect(board(foldStory([...shuffled, ...shuffled.slice(0, 5)], one.texts))).toBe(board(foldStory(one.facts, one.texts)));
      },
    ),
    { numRuns: 100 },
  );
});
