import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shaOf } from "../../../test/facts.ts";
import { replay } from "./replay.ts";
import type { ReplayCommit } from "./replay-facts.ts";

const hour = 3_600_000;
let made = 0;
const at = (hours: number, message: string, rows?: Readonly<Record<string, string>>): ReplayCommit => {
  made += 1;
  const commit = { sha: shaOf(`${made}`), at: Date.UTC(2026, 0, 5) + hours * hour, author: "ann", message };
  return rows === undefined ? commit : { ...commit, plan: planOf(rows) };
};
const planOf = (rows: Readonly<Record<string, string>>): string =>
  `id,task,status,owner\n${Object.entries(rows)
    .map(([id, status]) => `${id},Work on ${id},${status},ann\n`)
    .join("")}`;

describe("a person's status is held against what evidence said", () => {
  test("earlier, in the same commit, later, or never", () => {
    const told = replay(
      [
        at(0, "plan", { "A-1": "todo", "A-2": "todo", "A-3": "todo", "A-4": "todo" }),
        at(1, "closes A-1"),
        at(5, "plan: A-1", { "A-1": "done", "A-2": "todo", "A-3": "todo", "A-4": "todo" }),
        at(6, "mark A-2 done", { "A-1": "done", "A-2": "done", "A-3": "todo", "A-4": "todo" }),
        at(7, "plan: two more", { "A-1": "done", "A-2": "done", "A-3": "done", "A-4": "done" }),
        at(9, "finish A-3"),
      ],
      "plan.csv",
    );

    expect(told.statements.map(({ id, evidence, hours }) => [id, evidence, hours])).toEqual([
      ["A-1", "earlier", 4],
      ["A-2", "same", 0],
      ["A-3", "later", -2],
      ["A-4", "never", null],
    ]);
    expect(told).toMatchObject({ commits: 6, versions: 4, unreadable: 0, tasks: 4 });
  });

  test("a task that a version brings along with a status is no statement of its own", () => {
    expect(replay([at(0, "plan", { "A-1": "todo" }), at(1, "plan", { "A-1": "todo", "A-2": "done" })], "plan.csv").statements).toEqual([]);
  });

  test("a merged pull request counts as its merge commit tells it: by its title, or by its branch", () => {
    const told = replay(
      [
        at(0, "plan", { "A-1": "todo", "A-2": "todo", "A-3": "todo" }),
        at(1, "A-1: harden (#7)"),
        at(2, "Merge pull request #8 from ann/a-2-login\n\nLogin works"),
        at(3, "Merge pull request #9 from ann/x\n\nPart of A-3"),
      ],
      "plan.csv",
    );

    expect(told.set.filter(({ status }) => status === "completed").map(({ id }) => id)).toEqual(["A-1", "A-2"]);
  });
});

describe("what evidence set is held against the plan's next word", () => {
  test("confirmed, contradicted, or not spoken of again", () => {
    const told = replay(
      [
        at(0, "plan", { "A-1": "todo", "A-2": "todo", "A-3": "todo" }),
        at(1, "closes A-1, A-2 and A-3"),
        at(2, "plan", { "A-1": "done", "A-2": "blocked", "A-3": "todo" }),
      ],
      "plan.csv",
    );

    expect(told.set.map(({ id, status, next, people }) => [id, status, next, people])).toEqual([
      ["A-1", "completed", "confirmed", true],
      ["A-2", "completed", "contradicted", false],
      ["A-3", "completed", "unconfirmed", false],
    ]);
  });

  test("an unreadable version is counted and says nothing", () => {
    expect(replay([at(0, "plan", { "A-1": "todo" }), { ...at(1, "oops"), plan: "x\n" }], "plan.csv")).toMatchObject({
      versions: 1,
      unreadable: 1,
      statements: [],
    });
  });

  test("a file that never was a plan gives nothing", () => {
    expect(replay([at(0, "closes A-1")], "plan.csv")).toEqual({
      commits: 1,
      versions: 0,
      unreadable: 0,
      tasks: 0,
      statements: [],
      set: [],
    });
  });
});

test("any history is walked to its end, and each statement is judged once", () => {
  const status = fc.constantFrom("todo", "busy", "done", "blocked");
  const message = fc.constantFrom("closes A-1", "A-2: work", "A-1: x (#3)", "reopen A-1", 'Revert "closes A-1"', "tidy up");
  const step = fc.record({ message, rows: fc.option(fc.record({ "A-1": status, "A-2": status })) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 20 }), (steps) => {
      const commits = steps.map(({ message: words, rows }, index) => (rows === null ? at(index, words) : at(index, words, rows)));
      const { statements } = replay(commits, "plan.csv");
      let changes = 0;
      let last: Readonly<Record<string, string>> | null = null;
      for (const { rows } of steps) {
        if (rows === null) continue;
        if (last !== null) for (const [id, now] of Object.entries(rows)) if (last[id] !== now) changes += 1;
        last = rows;
      }
      expect(statements).toHaveLength(changes);
    }),
  );
});
