import fc from "fast-check";
import { expect, test } from "vitest";
import { board, configuration, milestone, task } from "../../../test/board.ts";
import { statuses } from "../words.ts";
import { progressOf } from "./milestones.ts";

const setting = (tasks: readonly string[], title: string | null = null, due: string | null = null) => ({ title, due, tasks });

test("progress goes by hours when every task has an estimate", () => {
  const plan = board(
    [
      task("AUTH-001", { hours: 6, status: "completed", milestone: "m3" }),
      task("AUTH-002", { hours: 8, milestone: "BETA" }),
      task("AUTH-003", { hours: 8, phase: "Beta", status: "in-progress" }),
    ],
    { milestones: [milestone("M3", "Beta", "2026-03-01")] },
  );

  expect(progressOf([plan], configuration())).toEqual([
    {
      id: "M3",
      title: "Beta",
      due: "2026-03-01",
      tasks: ["docs/plan.csv#AUTH-1", "docs/plan.csv#AUTH-2", "docs/plan.csv#AUTH-3"],
      done: 1,
      total: 3,
      hoursDone: 6,
      hours: 22,
      percent: 27,
    },
  ]);
});

test("one task without an estimate makes progress go by tasks", () => {
  const plan = board([task("A-1", { hours: 90, status: "completed", phase: "MVP" }), task("A-2", { phase: "MVP" })]);

  expect(progressOf([plan], configuration())[0]).toMatchObject({ percent: 50, hours: null, hoursDone: null });
});

test("a deferred task and recurring work leave the reckoning, and a milestone of nothing else has no percentage", () => {
  const plan = board([
    task("A-1", { status: "completed", phase: "MVP" }),
    task("A-2", { status: "deferred", phase: "MVP" }),
    task("A-3", { status: "in-progress", recurring: true, phase: "MVP" }),
    task("B-1", { status: "deferred", phase: "Later" }),
  ]);

  expect(progressOf([plan], configuration())).toMatchObject([
    { title: "MVP", done: 1, total: 1, percent: 100 },
    { title: "Later", done: 0, total: 0, percent: null },
  ]);
});

test("99 of 100 hours, and a missing task of no hours, are not 100 percent", () => {
  const of = (...hours: readonly number[]) =>
    progressOf(
      [board(hours.map((h, i) => task(`A-${i + 1}`, { hours: h, phase: "P", status: i === 0 ? "todo" : "completed" })))],
      configuration(),
    );

  expect(of(0.4, 99.6)[0]?.percent).toBe(99);
  expect(of(0, 10)[0]?.percent).toBe(99);
  expect(of(71, 29)[0]?.percent).toBe(29);
});

test("the configuration gathers tasks by id, by glob and by phase, and its title and date stand above the plan's", () => {
  const plan = board([task("AUTH-005"), task("AUTH-012"), task("FE-004"), task("PAY-1", { phase: "MVP" }), task("OPS-1")], {
    milestones: [milestone("M3", "Third", "2026-01-01")],
  });
  const milestones = { M3: setting(["auth-*", "FE-4", "phase:mvp"], "Beta", "2026-03-01"), M4: setting(["OPS-?"]) };

  expect(progressOf([plan], configuration({ milestones }))).toMatchObject([
    { id: "M3", title: "Beta", due: "2026-03-01", total: 4 },
    { id: "M4", title: "M4", due: null, total: 1 },
  ]);
});

test("a milestone nobody works on is listed with its date", () => {
  const plan = board([task("A-1")], { milestones: [milestone("M1", "Audit", "2026-02-01")] });

  expect(progressOf([plan], configuration())).toMatchObject([{ id: "M1", due: "2026-02-01", total: 0, percent: null }]);
});

test("a plan that has phases but no milestones shows the progress of its phases", () => {
  const plan = board([
    task("A-1", { phase: "MVP" }),
    task("A-2", { phase: "mvp " }),
    task("A-3", { milestone: "Launch", phase: "V2" }),
    task("A-4"),
  ]);

  expect(progressOf([plan], configuration()).map(({ title, total }) => [title, total])).toEqual([
    ["MVP", 2],
    ["Launch", 1],
  ]);
});

test("a milestone without a title does not gather the tasks that have none", () => {
  const plan = board([task("A-1"), task("A-2", { milestone: "" })], { milestones: [milestone("M1", "")] });

  expect(progressOf([plan], configuration())).toMatchObject([{ id: "M1", total: 0 }]);
});

test("100 percent means that every counted task is completed", () => {
  const anyTask = fc.record({ status: fc.constantFrom(...statuses), hours: fc.option(fc.double({ min: 0, max: 1000, noNaN: true })) });
  fc.assert(
    fc.property(fc.array(anyTask, { minLength: 1, maxLength: 30 }), (rows) => {
      const tasks = rows.map((row, i) => task(`A-${i + 1}`, { ...row, phase: "P" }));
      const [progress] = progressOf([board(tasks)], configuration());
      const counted = tasks.filter(({ status }) => status !== "deferred");
      const all = counted.every(({ status }) => status === "completed");
      expect(progress?.percent === 100).toBe(counted.length > 0 && all);
      expect(progress?.percent ?? 0).toBeGreaterThanOrEqual(0);
    }),
  );
});

test("plans whose ids are unique only in a folder share no milestone but those the configuration names", () => {
  const feature = (folder: string) =>
    board([task("T1", { scope: folder, milestone: "US1" }), task("T2", { scope: folder, phase: "Phase 1" })], {
      path: `${folder}/tasks.md`,
      milestones: [milestone("US1", "Story one")],
    });
  const boards = [feature("specs/001-a"), feature("specs/002-b")];

  expect(progressOf(boards, configuration()).map(({ title, total }) => [title, total])).toEqual([
    ["Story one", 1],
    ["Story one", 1],
    ["Phase 1", 1],
    ["Phase 1", 1],
  ]);
  const named = { ...configuration(), milestones: { US1: { title: "Beta", due: null, tasks: [] } } };
  expect(progressOf(boards, named).find(({ title }) => title === "Beta")?.total).toBe(2);
});
