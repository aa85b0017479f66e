import fc from "fast-check";
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
  relation,
  run,
  shaOf,
  vanished,
} from "../../test/facts.ts";
import { busyStory, type Story, story } from "../../test/generated-story.ts";
import { listedOf } from "../../test/listed-story.ts";
import { boardOf, openTheatre } from "../../test/story-theatre.ts";
import type { Fact } from "../core/words.ts";

/**
 * One history of arrivals: which rows come when. Rows of one round wait together and are drained as one batch. Often they come in order of
 * time, but for a few: what is kept of folds is then gone on from, and only now and then useless.
 */
const arrivals = (one: Story) =>
  fc
    .record({
      order: fc.oneof(fc.shuffledSubarray([...one.facts], { minLength: one.facts.length }), {
        weight: 2,
        arbitrary: fc
          .array(fc.nat({ max: 60 }), { minLength: one.facts.length, maxLength: one.facts.length })
          .map((late) => inOrderBut(one.facts, late)),
      }),
      // Lists of GitHub's read meanwhile tell some of it again, in between or at the end.
      repeats: fc.shuffledSubarray([...one.facts, ...listedOf(one.facts)]),
      between: fc.boolean(),
      rounds: fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 15, max: 40 })),
    })
    .chain(({ order, repeats, between, rounds }) => {
      const all = [...order, ...repeats];
      return fc.record({
        all: between ? fc.shuffledSubarray(all, { minLength: all.length }) : fc.constant(all),
        rounds: fc.constant(rounds),
      });
    })
    .map(({ all, rounds }) => {
      const size = Math.max(1, Math.ceil(all.length / rounds));
      return Array.from({ length: rounds }, (_, round) => all.slice(round * size, (round + 1) * size));
    });

/** In order of time, each so many minutes late; few are late at all. */
const inOrderBut = (facts: readonly Fact[], late: readonly number[]): readonly Fact[] =>
  facts
    .map((fact, index) => ({ fact, when: fact.at + Math.max(0, (late[index] ?? 0) - 50) * 60_000 }))
    .sort((a, b) => a.when - b.when)
    .map(({ fact }) => fact);

/** Folds are kept from the first events on, so that every batch goes on from some and makes others useless. */
const limits = { outside: 2, most: 4, branches: 0 };

test("stories told in any order, repeated and in any batches end in the same board, proven by verify", async () => {
  const play = await openTheatre(limits);

  await fc.assert(
    fc.asyncProperty(
      fc.oneof(story, busyStory).chain((one) => fc.tuple(fc.constant(one), arrivals(one))),
      async ([one, rounds]) => {
        expect(await play(one, rounds)).toBe(boardOf(one));
      },
    ),
    { numRuns: 40, endOnFailure: true },
  );
});

const plan = "id,title,status,depends_on\nAUTH-001,Login,todo,\nAUTH-002,Logout,todo,\n";

const work = (id: string, minutes: readonly number[]): readonly Fact[] =>
  minutes.map((minute) => commit(`refs ${id}: part ${minute}`, at(minute)));

const old = { title: "AUTH-001: login", openedAt: at(1) };

/** What somebody who may do so says, told at once with his permission. */
const said = (number: number, text: string, minute: number): readonly Fact[] => {
  const word = comment(number, text, at(minute));
  return [word, permission(word.id, "maintain", at(minute))];
};

test.each([
  ["is to wait for one that was finished long ago", said(2, "/block AUTH-001 on AUTH-002", 30)],
  ["takes back what was said before", said(2, "/undo AUTH-001", 30)],
  ["hears late of something old", said(2, "/defer AUTH-001", 5)],
  [
    "has an old pull request that is put away and edited",
    [pull(7, "merged", at(30), { ...old, mergedAt: at(2), title: "Nothing of the plan" })],
  ],
  [
    "loses what completed it to a revert of a pull request that is put away",
    [commit(`Revert "AUTH-001: login (#7)"\n\nThis reverts commit ${shaOf("merge 7")}.`, at(30))],
  ],
  ["loses an old commit to a forced push", [vanished([shaOf("old work")], at(30))]],
  [
    "has an issue that begins to wait for another",
    [issue(20, at(29), { title: "waits", labels: ["task: AUTH-001"] }), relation("waits-for", 20, 21, at(30))],
  ],
  ["is worked on by a commit that some list tells late", [{ ...commit("refs AUTH-001: told by a list", at(6)), fromList: true as const }]],
  [
    "is worked on again on a branch that is put away",
    [...said(4, "/status AUTH-001 todo", 28), commit("refs AUTH-001: more", at(30), { branch: "auth-001-old" })],
  ],
  ["is stated anew by the plan", [planFact("docs/plan.csv", plan.replace("Login,todo", "Login,deferred"), at(30))]],
])("a task whose fold is kept and that %s comes to the same as when folded whole", async (_, news) => {
  const play = await openTheatre(limits);
  const texts = [plan, plan.replace("Login,todo", "Login,deferred")];
  const before = [
    planFact("docs/plan.csv", plan, at(0)),
    ...said(1, "/done AUTH-002", 2),
    pull(7, "open", at(1), old),
    pull(7, "merged", at(2), old),
    branch("auth-001-old", at(3)),
    commit("completes AUTH-001", at(3), { sha: shaOf("old work") }),
    ...work("AUTH-001", [4, 5, 6, 7, 8, 9, 10, 11, 12]),
    ...said(3, "/start AUTH-001", 13),
    pull(8, "open", at(13), { ...old, openedAt: at(13) }),
    ...work("AUTH-001", [14, 15, 16, 17]),
  ];
  const one = { facts: [...before, ...news], texts };

  // The news come last: what is lost would be found again by whatever came after them.
  expect(await play(one, [before.slice(0, 11), before.slice(11), news])).toBe(boardOf(one));
});

test("a merged task is completed by the required run that comes last, though nothing else tells of it", async () => {
  const play = await openTheatre(limits);
  const texts = [plan, "completion_requires: [backend-tests]\n"];
  const before = [
    planFact("docs/plan.csv", plan, at(0)),
    configurationFact("completion_requires: [backend-tests]\n", at(0)),
    pull(7, "open", at(1), old),
    pull(7, "merged", at(2), old),
  ];
  const passed = [run(1, "success", at(5), { headSha: shaOf("merge 7") })];
  const one = { facts: [...before, ...passed], texts };

  expect(await play(one, [before, passed])).toBe(boardOf(one));
  expect(boardOf(one)).toContain('"status":"completed"');
});
