import fc from "fast-check";
import { describe, expect, test } from "vitest";
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
  review,
  run,
  shaOf,
} from "../../../test/facts.ts";
import { foldStory } from "../../../test/fold-story.ts";
import { story } from "../../../test/generated-story.ts";
import { homesOn } from "../evidence/homes.ts";
import { readConfiguration } from "../plan/configuration.ts";
import { knownTo } from "../status/derive.ts";
import { citationsOfRetired, retiredIn } from "../status/retired.ts";
import { type Board, type Fact, type FindingCode, findings, type Instant } from "../words.ts";
import { withBuiltOnReverted } from "./built-on-reverted.ts";
import { type Found, findingsOn } from "./findings.ts";
import { takenTwice } from "./new-ids.ts";

const day = 24 * 60;
const header = "id,task,status,depends_on,parent";
const csv = (...rows: readonly string[]) => `${[header, ...rows].join("\n")}\n`;
const plan = csv("AUTH-003,Log in,todo,,", "AUTH-005,Harden login,todo,AUTH-003,", "FE-004,Login page,todo,AUTH-005,");

type Told = { readonly plan?: string; readonly configuration?: string; readonly at?: Instant };

function boardAfter(facts: readonly Fact[], told: Told = {}): Board {
  const text = told.plan ?? plan;
  const settings = told.configuration === undefined ? [] : [configurationFact(told.configuration, at(-60))];
  const tasks = foldStory([planFact("docs/plan.csv", text, at(-30)), ...settings, ...facts], [text, told.configuration ?? ""])
    .filter(({ present }) => present)
    .map((task) => ({ ...task.declared, scope: task.scope, state: task.folded.state }));
  const none = { milestones: [], risks: [], cadence: [], criteria: { open: 0, done: 0 }, problems: [], unreadable: null };
  return withBuiltOnReverted([{ path: "docs/plan.csv", tasks, ...none }])[0] ?? { path: "docs/plan.csv", tasks, ...none };
}

function foundAfter(facts: readonly Fact[], told: Told = {}): readonly Found[] {
  const board = boardAfter(facts, told);
  const { configuration } = readConfiguration(told.configuration ?? "", ".github/plankeeper.yml");
  const moment = told.at ?? at(day);
  if (configuration === null) return findingsOn(board, { at: moment, retired: new Set(), elsewhere: [] });
  const elsewhere = citationsOfRetired(facts, {
    known: knownTo(homesOn([board]), configuration),
    configurations: [{ fact: "configuration#1", at: at(-60), blob: null, configuration, problems: [] }],
    at: moment,
  });
  return findingsOn(board, { at: moment, retired: retiredIn(configuration, () => true), elsewhere });
}

const wordsOf = ({ finding, task }: Found): string => `${task?.id ?? finding.id}: ${finding.message}`;
const codes = (...args: Parameters<typeof foundAfter>): readonly string[] =>
  foundAfter(...args).map(({ finding, task }) => `${task?.id ?? finding.id} ${finding.code}`);

const retiring = "plans: [{path: docs/plan.csv, retired: [AUTH-013]}]\n";
const keyword = "completion: keyword\n";
const revert = pull(9, "merged", at(3), {
  title: 'Revert "AUTH-005: harden login"',
  body: "Reverts octo/plans#7",
  branch: "revert-7-auth-005",
});
const partOf = { title: "Part of AUTH-005: headers" };

/** A story for every kind of finding; what comes of it is the example on the reference page. */
const stories: Readonly<Record<FindingCode, () => readonly Found[]>> = {
  "id-taken-twice": () =>
    takenTwice([head(7, "Refresh tokens"), head(8, "Single sign-on")], []).map(({ finding }) => ({ finding, task: null })),
  "retired-reused": () => foundAfter([], { plan: csv("AUTH-013,Old,todo,,"), configuration: retiring }),
  "work-lost": () => foundAfter([pull(7, "merged", at(2)), revert]),
  "built-on-reverted": () => foundAfter([pull(7, "merged", at(2)), pull(8, "open", at(1), { title: "FE-004: page" }), revert]),
  "completed-before-dependency": () => foundAfter([pull(7, "merged", at(2), { title: "FE-004: page" })]),
  "merged-still-open": () => foundAfter([pull(7, "merged", at(2), partOf)]),
  "merged-elsewhere": () => foundAfter([pull(7, "merged", at(2), { base: "develop" })]),
  stale: () => foundAfter([branch("auth-005-csrf", at(0))], { at: at(10 * day) }),
  "branch-and-commit-disagree": () =>
    foundAfter([branch("auth-003-login", at(0)), commit("AUTH-005: headers", at(1), { branch: "auth-003-login" })]),
  "pull-after-completion": () => foundAfter([pull(7, "merged", at(2)), pull(8, "open", at(5), { openedAt: at(5) })]),
  "changes-requested": () => {
    const asked = review(7, "changes-requested", at(2));
    return foundAfter([pull(7, "open", at(1)), asked, permission(asked.id, "triage")]);
  },
  "parts-open": () => {
    const parts = [issue(8, at(0), { state: "closed" }), issue(9, at(0)), relation("part", 3, 8, at(1)), relation("part", 3, 9, at(1))];
    return foundAfter([issue(3, at(0), { labels: ["task: AUTH-005"] }), ...parts, pull(7, "merged", at(2))]);
  },
  "partly-merged": () => foundAfter([pull(7, "open", at(1)), pull(8, "open", at(1)), pull(7, "merged", at(2))]),
  "hold-on-finished": () => {
    const block = comment(1, "/block AUTH-005 waiting for keys", at(5));
    return foundAfter([pull(7, "merged", at(2)), block, permission(block.id, "triage")]);
  },
};

const head = (number: number, title: string) => ({
  pull: number,
  headSha: shaOf(`head ${number}`),
  path: "docs/plan.csv",
  tasks: [{ scope: "docs/plan.csv", token: "AUTH-14", id: "AUTH-014", title }],
});

describe("every kind of finding", () => {
  test.each(Object.entries(findings))("%s comes about as its example says, and tells what to do", (code, entry) => {
    expect(code).toMatch(/^[a-z]+(?:-[a-z]+)*$/);
    expect(entry.explanation).toMatch(/\.$/);
    expect(entry.mend).toMatch(/\.$/);
    const told = Object.entries(stories).flatMap(([name, tell]) => (name === code ? tell() : []));
    expect(told.filter(({ finding }) => finding.code === code).map(wordsOf)).toEqual([entry.example]);
    expect(told.every(({ finding }) => finding.link !== undefined)).toBe(true);
  });
});

describe("a task in progress without a sign of work", () => {
  const started = [branch("auth-005-csrf", at(0))];

  test("is not stale after nine days and 23 hours, and is after ten days, weekends counted", () => {
    expect(codes(started, { at: at(10 * day - 60) })).toEqual([]);
    expect(codes(started, { at: at(10 * day) })).toEqual(["AUTH-005 stale"]);
  });

  test.each<readonly [string, readonly Fact[]]>([
    ["a commit on its branch that names it", [commit("AUTH-005: more", at(5 * day), { branch: "auth-005-csrf" })]],
    ["a push to its branch", [branch("auth-005-csrf", at(5 * day))]],
    ["a pull request", [pull(7, "open", at(5 * day))]],
    ["an edit of its pull request", [pull(7, "open", at(1)), pull(7, "open", at(5 * day), { body: "Now with tests" })]],
    [
      "a review of its pull request",
      [pull(7, "open", at(1)), review(7, "commented", at(5 * day)), permission(review(7, "commented", at(5 * day)).id, "triage")],
    ],
    ["an issue that is linked to it", [issue(3, at(5 * day), { labels: ["task: AUTH-005"] })]],
    ["a command", [comment(1, "/start AUTH-005", at(5 * day)), permission(comment(1, "/start AUTH-005", at(5 * day)).id, "triage")]],
  ])("%s is a sign", (_, facts) => {
    expect(codes([...started, ...facts], { at: at(14 * day) })).toEqual([]);
    expect(codes([...started, ...facts], { at: at(15 * day) })).toEqual(["AUTH-005 stale"]);
  });

  test("neither a workflow run nor work on another task is a sign", () => {
    const other = [run(1, "success", at(5 * day)), pull(7, "open", at(5 * day), { title: "FE-004: page" })];
    expect(
      codes([...started, ...other], { at: at(11 * day), configuration: "gates: [{workflow: backend-tests, tasks: [AUTH-005]}]\n" }),
    ).toEqual(["AUTH-005 stale"]);
  });

  test("that the plan alone calls in progress says so", () => {
    const found = foundAfter([], { plan: csv("AUTH-005,Harden login,in-progress,,"), at: at(11 * day) });
    expect(found.map(wordsOf)).toEqual(["AUTH-005: the last sign of work was an edit of the plan on 2026-01-05"]);
  });

  test("and recurs is never stale, nor is one that is todo, blocked, completed or deferred", () => {
    const quiet = csv("A-1,Updates,recurring,,", "A-2,x,todo,,", "A-3,x,blocked,,", "A-4,x,done,,", "A-5,x,deferred,,");
    expect(codes([], { plan: quiet, at: at(100 * day) })).toEqual([]);
  });

  test("that came free of a hold yesterday is not stale", () => {
    const block = comment(1, "/block AUTH-005 waiting", at(1));
    const unblock = comment(2, "/unblock AUTH-005", at(20 * day));
    const facts = [...started, block, permission(block.id, "triage"), unblock, permission(unblock.id, "triage")];
    expect(codes(facts, { at: at(21 * day) })).toEqual([]);
  });

  test("is as alive as its parts", () => {
    const parts = csv("AUTH-1,Epic,in-progress,,", "AUTH-2,Part,in-progress,,AUTH-1", "AUTH-3,Part of the part,todo,,AUTH-2");
    const facts = [branch("auth-3-x", at(5 * day))];
    expect(codes(facts, { plan: parts, at: at(14 * day) })).toEqual([]);
    expect(codes(facts, { plan: parts, at: at(15 * day) })).toEqual(["AUTH-1 stale", "AUTH-2 stale", "AUTH-3 stale"]);
  });
});

describe("merged work on a task that is still open", () => {
  const merged = (change: Parameters<typeof pull>[3] = {}) => pull(7, "merged", at(2), change);

  test("says that the words ask for nothing, that a keyword is missing, or which workflow is", () => {
    expect(foundAfter([merged()], { configuration: keyword }).map(({ finding }) => finding.message)).toEqual([
      "#7 was merged, but only a word such as “closes” completes a task here, and it has none",
    ]);
    const requires = "completion_requires: [Backend-Tests]\n";
    expect(foundAfter([merged()], { configuration: requires }).map(({ finding }) => finding.message)).toEqual([
      "#7 was merged, but backend-tests has not passed on its merge commit",
    ]);
    expect(codes([merged(), run(1, "success", at(3), { headSha: shaOf("merge 7") })], { configuration: requires })).not.toContain(
      "AUTH-005 merged-still-open",
    );
  });

  test("is no finding while more is under way", () => {
    expect(codes([merged(partOf), pull(8, "open", at(1), partOf)])).toEqual([]);
    expect(codes([merged(partOf), branch("auth-005-rest", at(3))])).toEqual([]);
    expect(codes([merged(partOf), branch("auth-005-first", at(1))])).toEqual(["AUTH-005 merged-still-open"]);
  });

  test("is no finding once somebody said how the task stands", () => {
    const start = comment(1, "/start AUTH-005", at(5));
    expect(codes([merged(partOf), start, permission(start.id, "triage")])).toEqual([]);
  });

  test("does not say again what is said as partly merged", () => {
    expect(codes([pull(7, "open", at(1)), pull(8, "open", at(1)), pull(7, "merged", at(2))])).toEqual(["AUTH-005 partly-merged"]);
  });

  test("is no finding where the task is only told of", () => {
    for (const change of [{ title: "Headers", body: "About AUTH-005." }, { title: "Headers, see AUTH-005" }, { title: "Headers" }])
      expect(codes([merged(change)])).toEqual([]);
  });

  test("is no finding on what recurs", () => {
    const recurring = csv("AUTH-005,Updates,recurring,,");
    expect(codes([merged(partOf)], { plan: recurring })).toEqual([]);
  });

  test("that came as commits of their own is asked about after three quiet days, and is stale after ten", () => {
    const facts = [commit("AUTH-005: headers", at(0))];
    expect(codes(facts, { at: at(3 * day - 1) })).toEqual([]);
    expect(foundAfter(facts, { at: at(3 * day) }).map(wordsOf)).toEqual([
      "AUTH-005: a commit of 2026-01-05 names it, and nothing followed",
    ]);
    expect(codes(facts, { at: at(10 * day) })).toEqual(["AUTH-005 stale"]);
    expect(codes([commit("refs AUTH-005: headers", at(0))], { at: at(4 * day) })).toEqual([]);
  });
});

describe("a task completed before what it depends on", () => {
  test("is no finding once the dependency is completed or deferred", () => {
    const facts = [pull(7, "merged", at(2), { title: "FE-004: page" })];
    expect(codes(facts)).toEqual(["FE-004 completed-before-dependency"]);
    expect(codes([...facts, pull(8, "merged", at(3), { title: "AUTH-005: x" })])).toEqual(["AUTH-005 completed-before-dependency"]);
    const deferred = csv("AUTH-005,Harden login,deferred,,", "FE-004,Login page,done,AUTH-005,");
    expect(codes([], { plan: deferred })).toEqual([]);
  });

  test("is no finding for recurring work, for ids that no row has, or for itself", () => {
    expect(codes([], { plan: csv("A-1,Updates,recurring,,", "A-2,x,done,A-1 A-9 A-2,") })).toEqual([]);
  });
});

describe("a commit on a branch that is named for another task", () => {
  const stray = (message: string, name = "auth-003-login") =>
    codes([branch(name, at(0)), commit(message, at(1), { branch: name })], { at: at(2) });

  test("is told of its own task", () => {
    expect(stray("AUTH-005: headers")).toEqual(["AUTH-005 branch-and-commit-disagree"]);
    expect(stray("closes AUTH-005")).toEqual(["AUTH-005 branch-and-commit-disagree"]);
  });

  test.each([
    ["part of AUTH-005: headers"],
    ["refs AUTH-005"],
    ["AUTH-003, AUTH-005: both"],
    ["AUTH-003: log in\n\nAUTH-005 is next"],
    ["Merge branch 'auth-005-csrf' into auth-003-login"],
    ["does not close AUTH-005"],
    ["Headers"],
    ["Headers\n\nAUTH-005 is next"],
  ])("%j is nothing odd", (message) => {
    expect(stray(message)).toEqual([]);
  });

  test("is nothing odd on a branch without an id, on a completion branch, or on the branch of what it is a part of", () => {
    expect(stray("AUTH-005: headers", "feature/x")).toEqual([]);
    expect(stray("AUTH-005: headers", "main")).toEqual([]);
    const parts = csv("AUTH-5,Epic,todo,,", "AUTH-5.1,Part,todo,,AUTH-5");
    const facts = [branch("auth-5-x", at(0)), commit("AUTH-5.1: part", at(1), { branch: "auth-5-x" })];
    expect(codes(facts, { plan: parts, at: at(2) })).toEqual([]);
  });

  test("is told while the branch lives", () => {
    const facts = [branch("auth-003-login", at(0)), commit("AUTH-005: headers", at(1), { branch: "auth-003-login" })];
    const gone = branch("auth-003-login", at(5), false);
    expect(codes([...facts, gone])).toEqual([]);
    expect(codes([...facts, gone, branch("auth-003-login", at(6))])).not.toContain("AUTH-005 branch-and-commit-disagree");
  });
});

test("findings come most important first, then in the order of the plan, each once", () => {
  const two = csv("A-1,x,todo,,", "A-2,x,done,A-1,", "A-3,x,done,A-1,", "A-4,x,in-progress,,");
  const board = boardAfter([], { plan: two });
  const twice = { code: "id-taken-twice", token: "A-9", id: "A-9", message: "#7 and #8 each add a task with this id" } as const;
  const found = findingsOn(board, { at: at(20 * day), retired: new Set(), elsewhere: [twice, { ...twice }] });

  expect(found.map(({ finding, task }) => `${task?.id ?? finding.id} ${finding.code}`)).toEqual([
    "A-9 id-taken-twice",
    "A-2 completed-before-dependency",
    "A-3 completed-before-dependency",
    "A-4 stale",
  ]);
});

test("parts in a circle, and a chain of 20 000 parts, are looked at to the end", () => {
  const circle = csv("A-1,x,in-progress,,A-2", "A-2,x,in-progress,,A-1");
  expect(codes([], { plan: circle, at: at(20 * day) })).toEqual(["A-1 stale", "A-2 stale"]);
  const [one] = boardAfter([], { plan: csv("A-1,x,in-progress,,") }).tasks;
  if (one === undefined) throw new Error("the plan has one task");
  const chain = Array.from({ length: 20_000 }, (_, i) => ({
    ...one,
    id: `A-${i}`,
    token: `A-${i}`,
    parent: i === 0 ? null : `A-${i - 1}`,
  }));
  const board = { ...boardAfter([]), tasks: chain };
  expect(findingsOn(board, { at: at(20 * day), retired: new Set(), elsewhere: [] })).toHaveLength(20_000);
});

test("whatever the story, findings are a matter of the set of facts, on tasks of the board, and change none of them", () => {
  fc.assert(
    fc.property(
      story.chain((one) => fc.tuple(fc.constant(one), fc.shuffledSubarray([...one.facts], { minLength: one.facts.length }))),
      ([one, shuffled]) => {
        const board = (facts: readonly Fact[]): Board => ({
          ...boardAfter([]),
          tasks: foldStory(facts, one.texts)
            .filter(({ present }) => present)
            .map((task) => ({ ...task.declared, scope: task.scope, state: task.folded.state }))
            .sort((a, b) => (`${a.scope} ${a.token}` < `${b.scope} ${b.token}` ? -1 : 1)),
        });
        const [before, after] = [board(one.facts), board([...shuffled, ...shuffled])];
        const statuses = JSON.stringify(before.tasks.map(({ state }) => state.status));
        const outside = { at: at(20 * day), retired: new Set(["FE-4"]), elsewhere: [] };
        const found = findingsOn(before, outside);
        expect(findingsOn(after, outside).map(wordsOf)).toEqual(found.map(wordsOf));
        expect(JSON.stringify(before.tasks.map(({ state }) => state.status))).toBe(statuses);
        for (const { task } of found) expect(before.tasks).toContain(task);
      },
    ),
    { numRuns: 60 },
  );
});
