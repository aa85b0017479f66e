import { describe, expect, test } from "vitest";
import {
  at,
  branch,
  comment,
  commit,
  configurationFact,
  permission,
  planFact,
  pull,
  push,
  run,
  shaOf,
  vanished,
} from "../../../test/facts.ts";
import { foldStory } from "../../../test/fold-story.ts";
import type { CommitFact, DerivedTask, Fact, Status } from "../words.ts";

const plan = "id,title,status,depends_on\nAUTH-005,Harden login,todo,\nFE-004,Login page,todo,AUTH-005\n";

function task(facts: readonly Fact[], text = plan): DerivedTask {
  const found = foldStory([planFact("docs/plan.csv", text, at(-30)), ...facts], [text]).find(({ declared }) => declared.id === "AUTH-005");
  if (found === undefined) throw new Error("AUTH-005 was not derived");
  return found;
}

const statusOf = (facts: readonly Fact[]): Status => task(facts).folded.state.status;
const told = (facts: readonly Fact[]): readonly string[] => task(facts).folded.history.map((step) => `${step.after} by ${step.cause.rule}`);
const codes = (facts: readonly Fact[]): readonly string[] => task(facts).folded.state.findings.map(({ code }) => code);
const merge = (number: number): string => shaOf(`merge ${number}`);

/** A commit as it lies on main after a push of its own, unless `head` says which. */
const onMain = (message: string, minute: number, name = message, head = shaOf(name), change: Partial<CommitFact> = {}): CommitFact =>
  commit(message, at(minute), { sha: shaOf(name), pushHead: head, ...change });

const squashed = [pull(7, "open", at(1)), pull(7, "merged", at(2)), onMain("AUTH-005: harden login (#7)", 2, "merge 7")];
const mergedIn = [
  pull(7, "open", at(1), { branch: "auth-005-csrf" }),
  pull(7, "merged", at(2), { branch: "auth-005-csrf" }),
  onMain("AUTH-005: tests", 1, "own 1", merge(7)),
  onMain("Merge pull request #7 from octo/auth-005-csrf\n\nAUTH-005: harden login", 2, "merge 7"),
];
const rebased = [
  pull(7, "open", at(1)),
  pull(7, "merged", at(2)),
  onMain("AUTH-005: tests", 1, "own 1", merge(7)),
  onMain("AUTH-005: harden login", 2, "merge 7"),
];
const ways = { squash: squashed, merge: mergedIn, rebase: rebased };

describe("one completion, however it was merged", () => {
  test.each(Object.entries(ways))("by %s, commits before or after the closing", (_, facts) => {
    const last = facts.filter((fact) => fact.kind === "pull").at(-1);
    for (const order of [facts, [...facts].reverse()]) {
      const { history, state } = task(order).folded;
      expect(history.filter((step) => step.after === "completed")).toMatchObject([
        { at: at(2), cause: { fact: last?.id, rule: "pull-merged" } },
      ]);
      expect(state).toMatchObject({ status: "completed", findings: [] });
    }
  });

  test.each(Object.entries(ways))("by %s, before its closing is known it is only in progress", (_, facts) => {
    expect(statusOf(facts.filter((fact) => fact.kind !== "pull" || fact.state === "open"))).toBe("in-progress");
  });
});

describe("reverts", () => {
  const button = 'Revert "AUTH-005: harden login"';
  const named = { title: button, body: "Reverts octo/plans#7", branch: "revert-7-work-7" };

  test.each([
    ["squash", onMain(`Revert "AUTH-005: harden login (#7)"\n\nThis reverts commit ${merge(7)}.`, 3)],
    [
      "merge",
      onMain(
        `Revert "Merge pull request #7 from octo/auth-005-csrf"\n\nThis reverts commit ${merge(7)}, reversing\nchanges made to ${shaOf("x")}.`,
        3,
      ),
    ],
    ["rebase", onMain(`Revert "AUTH-005: harden login"\n\nThis reverts commit ${merge(7)}.`, 3)],
  ] as const)("by `git revert`, of what was merged by %s", (way, revert) => {
    expect(told([...ways[way], revert]).at(-1)).toBe("in-progress by revert");
    expect(codes([...ways[way], revert])).toEqual(["work-lost"]);
    expect(told([revert, ...ways[way]].reverse()).at(-1)).toBe("in-progress by revert");
  });

  test("of one of several commits that a pull request brought: what is left is not the work that completed it", () => {
    expect(statusOf([...mergedIn, onMain(`Revert "tests"\n\nThis reverts commit ${shaOf("own 1")}.`, 3)])).toBe("in-progress");
  });

  test.each(["squash", "merge", "rebase"])("by the button, its pull request merged by %s", (way) => {
    const own = `${button}\n\nThis reverts commit ${merge(7)}.`;
    const landed =
      way === "squash"
        ? [onMain(`Revert "AUTH-005: harden login" (#12)\n\nReverts octo/plans#7`, 5, "merge 12")]
        : way === "merge"
          ? [onMain(own, 4, "own 12", merge(12)), onMain(`Merge pull request #12 from octo/revert-7-work-7\n\n${button}`, 5, "merge 12")]
          : [onMain(own, 5, "merge 12")];
    const facts = [...squashed, pull(12, "open", at(4), named), pull(12, "merged", at(5), named), ...landed];
    for (const order of [facts, [...facts].reverse()]) {
      expect(told(order).filter((step) => step.startsWith("in-progress"))).toEqual(["in-progress by pull-opened", "in-progress by revert"]);
      expect(statusOf(order)).toBe("in-progress");
    }
    const again = { title: `Revert "${button}"`, body: "Reverts octo/plans#12", branch: "revert-12-revert-7-work-7" };
    const back = [...facts, pull(13, "open", at(6), again), pull(13, "merged", at(7), again)];
    expect(statusOf(back)).toBe("completed");
    const third = { title: `Revert "${again.title}"`, body: "Reverts octo/plans#13", branch: "revert-13-x" };
    expect(statusOf([...back, pull(14, "merged", at(9), third)])).toBe("in-progress");
  });

  test("of a revert that claims nothing by itself, where completion is by keyword", () => {
    const settings = "completion: keyword\n";
    const closing = { title: "Harden login", body: "Closes AUTH-005" };
    const revert = { title: 'Revert "Harden login"', body: "Reverts octo/plans#7", branch: "revert-7-work-7" };
    const again = { title: 'Revert "Revert "Harden login""', body: "Reverts octo/plans#12", branch: "revert-12-revert-7-work-7" };
    const facts = [pull(7, "merged", at(2), closing), pull(12, "merged", at(4), revert), pull(13, "merged", at(6), again)];
    const told = [1, 2, 3].map((amount) => {
      const some = [planFact("docs/plan.csv", plan, at(-30)), configurationFact(settings, at(-40)), ...facts.slice(0, amount)];
      return foldStory(some, [plan, settings]).find(({ declared }) => declared.id === "AUTH-005")?.folded.state.status;
    });
    expect(told).toEqual(["completed", "in-progress", "completed"]);
  });

  test("by the button with another title, known by its body and branch", () => {
    const other = { ...named, title: "Back out the login" };
    expect(told([...squashed, pull(12, "merged", at(5), other)]).at(-1)).toBe("in-progress by revert");
  });

  test("a pull request that is edited to revert something after it was merged reverts nothing", () => {
    const plain = pull(12, "merged", at(5), { title: "A typo", branch: "revert-7-work-7" });
    expect(statusOf([...squashed, plain, pull(12, "merged", at(6), named)])).toBe("completed");
  });

  test("of a revert, as git writes it: the work stands again", () => {
    const revert = onMain(`Revert "Closes AUTH-005"\n\nThis reverts commit ${shaOf("x")}.`, 3, "r1");
    const again = onMain(`Reapply "nothing of the plan"\n\nThis reverts commit ${shaOf("r1")}.`, 4, "r2");
    const facts = [onMain("Closes AUTH-005", 1, "x"), revert, again];
    expect(told(facts)).toEqual(["todo by plan-row", "completed by commit-states", "in-progress by revert", "completed by reapply"]);
    expect(statusOf([...facts, onMain(`Revert "Reapply "x""\n\nThis reverts commit ${shaOf("r2")}.`, 5, "r3")])).toBe("in-progress");
  });

  test("all within one second: what is named by its commit comes after it", () => {
    const facts = ["x", "r1", "r2", "r3", "r4"].map((name, index, all) =>
      onMain(index === 0 ? "Closes AUTH-005" : `Revert "it"\n\nThis reverts commit ${shaOf(all[index - 1] ?? "")}.`, 1, name),
    );
    expect(facts.map((_, index) => statusOf(facts.slice(0, index + 1)))).toEqual([
      "completed",
      "in-progress",
      "completed",
      "in-progress",
      "completed",
    ]);
  });

  test("takes back only the work it names", () => {
    const later = pull(8, "merged", at(4), { openedAt: at(3), title: "AUTH-005: harden more" });
    const revert = onMain(`Revert "AUTH-005: harden login (#7)"\n\nThis reverts commit ${merge(7)}.`, 5);
    expect(statusOf([...squashed, later, revert])).toBe("completed");
    expect(statusOf([...squashed, later, revert, onMain('Revert "AUTH-005: harden more (#8)"', 6)])).toBe("in-progress");
  });

  test("of one of two pull requests that completed the task together", () => {
    const both = [pull(7, "open", at(1)), pull(8, "open", at(1)), pull(7, "merged", at(2)), pull(8, "merged", at(3))];
    const revert = onMain('Revert "AUTH-005: harden login (#7)"', 4);
    expect(statusOf([...both, revert])).toBe("in-progress");
    expect(statusOf([...both, revert, pull(9, "merged", at(6), { openedAt: at(5) })])).toBe("completed");
  });

  test("what somebody said is done stays done", () => {
    const word = comment(9, "/done AUTH-005", at(3));
    const revert = onMain('Revert "AUTH-005: harden login (#7)"', 4);
    expect(statusOf([...squashed, word, permission(word.id, "triage"), revert])).toBe("completed");
  });

  test("on another branch takes nothing back", () => {
    const elsewhere = { branch: "topic" };
    expect(statusOf([...squashed, onMain('Revert "AUTH-005: harden login (#7)"', 3, "r", shaOf("r"), elsewhere)])).toBe("completed");
    expect(statusOf([...squashed, pull(12, "merged", at(5), { ...named, base: "topic" })])).toBe("completed");
  });

  test("of work that is not known takes back what completed the task", () => {
    const done = plan.replace("AUTH-005,Harden login,todo", "AUTH-005,Harden login,completed");
    const revert = onMain(`Revert "AUTH-005: long ago"\n\nThis reverts commit ${shaOf("long ago")}.`, 3);
    expect(task([revert], done).folded.state).toMatchObject({ status: "in-progress", cause: { rule: "revert" } });
  });

  test("in two commits of work that is not known is no revert of a revert: the task stays in progress", () => {
    const done = plan.replace("AUTH-005,Harden login,todo", "AUTH-005,Harden login,completed");
    const reverts = ["one", "two"].map((part, index) =>
      onMain(`Revert "AUTH-005: part ${part}"\n\nThis reverts commit ${shaOf(part)}.`, 3 + index),
    );
    expect(task(reverts, done).folded.state).toMatchObject({ status: "in-progress", cause: { rule: "revert" } });
    expect(statusOf([...squashed, ...reverts])).toBe("in-progress");
  });

  test("/undo takes a revert back, however many facts tell of it", () => {
    const own = onMain(`${button}\n\nThis reverts commit ${merge(7)}.`, 4, "own 12", merge(12));
    const undo = comment(9, "/undo AUTH-005", at(6));
    const facts = [...squashed, pull(12, "merged", at(5), named), own, undo, permission(undo.id, "triage")];
    expect(statusOf(facts.filter((fact) => fact !== undo))).toBe("in-progress");
    expect(statusOf(facts)).toBe("completed");
  });

  test("a revert that vanishes takes nothing back any more", () => {
    const revert = onMain('Revert "AUTH-005: harden login (#7)"', 3, "r");
    expect(told([...squashed, revert, vanished([shaOf("r")], at(4))]).at(-1)).toBe("completed by commit-vanished");
  });
});

describe("commits that a forced push takes off the branch", () => {
  test.each(Object.entries(ways))("a pull request merged by %s no longer counts as landed", (_, facts) => {
    const forced = vanished([merge(7), shaOf("own 1")], at(5));
    expect(told([...facts, forced]).at(-1)).toBe("todo by commit-vanished");
    expect(task([forced, ...facts]).folded.state.cause).toMatchObject({ actor: "mira", words: expect.stringContaining("main") });
    expect(codes([...facts, forced])).toEqual(["work-lost"]);
  });

  test("what a commit stated ends with it", () => {
    const facts = [onMain("Closes AUTH-005", 1, "x"), vanished([shaOf("x")], at(3))];
    expect(told(facts)).toEqual(["todo by plan-row", "completed by commit-states", "todo by commit-vanished"]);
  });

  test("work that another commit did keeps the task in progress", () => {
    expect(statusOf([...squashed, onMain("AUTH-005: more", 3), vanished([merge(7)], at(5))])).toBe("in-progress");
  });

  test("what something else completed too stays completed", () => {
    const later = pull(8, "merged", at(4), { openedAt: at(3) });
    expect(statusOf([...squashed, later, vanished([merge(8)], at(5))])).toBe("completed");
    expect(statusOf([...squashed, later, vanished([merge(7)], at(5))])).toBe("completed");
    expect(statusOf([...squashed, later, vanished([merge(7), merge(8)], at(5))])).toBe("todo");
  });

  test("pushed again it counts again, until it vanishes once more", () => {
    const facts: readonly Fact[] = [...squashed, push(merge(7), at(2)), vanished([merge(7)], at(5)), push(merge(7), at(6))];
    expect(told(facts).slice(-2)).toEqual(["todo by commit-vanished", "completed by commit-returned"]);
    expect(statusOf([...facts, vanished([merge(7)], at(8))])).toBe("todo");
  });

  test("pushed again as part of another push it counts again", () => {
    const again = onMain("AUTH-005: harden login (#7)", 2, "merge 7", shaOf("later"));
    const facts = [...squashed, vanished([merge(7)], at(5)), again, push(shaOf("later"), at(6))];
    expect(statusOf(facts)).toBe("completed");
    expect(statusOf([...facts].reverse())).toBe("completed");
  });

  test("work that a rebase of the branch moved lives on, until that vanishes", () => {
    const moved = [...squashed, vanished([[merge(7), shaOf("new")]], at(5)), onMain("AUTH-005: harden login (#7)", 4, "new")];
    expect(told(moved).at(-1)).toBe("completed by pull-merged");
    expect(statusOf([...moved, vanished([shaOf("new")], at(8))])).toBe("todo");
    expect(statusOf([...moved, onMain(`Revert "it"\n\nThis reverts commit ${shaOf("new")}.`, 9)])).toBe("in-progress");
  });

  test("of another branch than the one it was merged into it takes nothing", () => {
    expect(statusOf([...squashed, vanished([merge(7)], at(5), { branch: "topic" })])).toBe("completed");
  });

  test("a required workflow that passed does not complete what is gone", () => {
    const facts = [...squashed, vanished([merge(7)], at(3)), run(1, "success", at(4), { headSha: merge(7) })];
    expect(statusOf(facts)).toBe("todo");
  });

  test("a feature branch that is rebased keeps its work, once", () => {
    const work = (name: string, minute: number) =>
      commit("AUTH-005: tests", at(minute), { sha: shaOf(name), branch: "csrf", pushHead: shaOf(name) });
    const before = [branch("csrf", at(1)), work("a", 1)];
    const rebased = [branch("csrf", at(3)), vanished([[shaOf("a"), shaOf("b")]], at(3), { branch: "csrf" }), work("b", 2)];
    expect(told([...before, ...rebased])).toEqual(told(before));
    const dropped = [branch("csrf", at(5)), vanished([shaOf("b")], at(5), { branch: "csrf" })];
    expect(told([...before, ...rebased, ...dropped]).at(-1)).toBe("todo by commit-vanished");
  });
});

describe("one commit told by two routes", () => {
  test("counts once, at its earliest time, whichever comes first", () => {
    const listed = onMain("Closes AUTH-005", 1, "x", shaOf("x"), { files: ["src/a.ts"] });
    const compared = onMain("Closes AUTH-005", 5, "x");
    const word = comment(9, "/reopen AUTH-005", at(3));
    const facts = [listed, word, permission(word.id, "triage"), compared];
    expect(told(facts)).toEqual(["todo by plan-row", "completed by commit-states", "in-progress by command"]);
    expect(told([...facts].reverse())).toEqual(told(facts));
  });
});
