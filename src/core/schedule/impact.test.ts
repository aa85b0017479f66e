import fc from "fast-check";
import { expect, test } from "vitest";
import { board, configuration, milestone, task } from "../../../test/board.ts";
import type { Board, BoardTask, Status } from "../words.ts";
import { statuses } from "../words.ts";
import { impactOf, noImpact } from "./impact.ts";
import { progressOf } from "./milestones.ts";
import { readinessOf } from "./readiness.ts";
import { keyOf } from "./task-key.ts";

const after = (...changes: readonly (readonly [string, Status])[]) =>
  new Map(changes.map(([token, status]): [string, Status] => [`docs/plan.csv#${token}`, status]));
const ids = (tasks: readonly BoardTask[]) => tasks.map(({ id }) => id);

test("completing a task says what becomes ready and which milestone moves", () => {
  const plan = board(
    [
      task("AUTH-001", { status: "in-progress", hours: 6, milestone: "M1" }),
      task("AUTH-002", { hours: 8, milestone: "M1", dependencies: ["AUTH-1"] }),
      task("AUTH-003", { dependencies: ["AUTH-1", "AUTH-2"] }),
      task("FE-004", { milestone: "M2" }),
    ],
    { milestones: [milestone("M1", "Login"), milestone("M2", "Pages")] },
  );
  const impact = impactOf({ before: [plan], after: after(["AUTH-1", "completed"]), configuration: configuration() });

  expect(impact).toMatchObject({ completed: 1, started: 0, blocked: 0, newlyWaiting: [] });
  expect(ids(impact.newlyReady)).toEqual(["AUTH-002"]);
  expect(impact.milestones).toEqual([{ id: "M1", title: "Login", before: 0, after: 42 }]);
});

test("a status that is so already, and a task no plan knows, change nothing", () => {
  const impact = impactOf({
    before: [board([task("A-1")])],
    after: after(["A-1", "todo"], ["A-99", "completed"]),
    configuration: configuration(),
  });

  expect(impact.changes).toEqual([]);
});

test("reopening a task makes those that could begin wait again", () => {
  const plan = board([task("A-1", { status: "completed" }), task("A-2", { dependencies: ["A-1"] })]);
  const impact = impactOf({ before: [plan], after: after(["A-1", "in-progress"]), configuration: configuration() });

  expect(impact.started).toBe(1);
  expect(ids(impact.newlyWaiting)).toEqual(["A-2"]);
});

test("a milestone whose percentage stays is not reported", () => {
  const tasks = Array.from({ length: 300 }, (_, i) => task(`A-${i + 1}`, { phase: "P" }));
  const impact = impactOf({ before: [board(tasks)], after: after(["A-1", "completed"]), configuration: configuration() });

  expect(impact.milestones).toEqual([]);
});

test("in any plan, the impact is the difference between the plan before and the plan after", () => {
  const anyRow = fc.record({
    status: fc.constantFrom(...statuses),
    phase: fc.constantFrom("P", "Q", null),
    dependencies: fc.array(
      fc.integer({ min: 1, max: 22 }).map((n) => `A-${n}`),
      { maxLength: 3 },
    ),
    becomes: fc.option(fc.constantFrom(...statuses)),
  });
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 20 }), (rows) => {
      const before = board(rows.map(({ becomes: _, ...row }, i) => task(`A-${i + 1}`, row)));
      const later = board(rows.map(({ becomes, ...row }, i) => task(`A-${i + 1}`, { ...row, status: becomes ?? row.status })));
      const supposed = after(...rows.flatMap(({ becomes }, i) => (becomes === null ? [] : [[`A-${i + 1}`, becomes] as const])));
      const impact = impactOf({ before: [before], after: supposed, configuration: configuration() });

      expect(ids(impact.newlyReady)).toEqual(readyIn(later).filter((id) => !readyIn(before).includes(id)));
      const shifts = progressOf([before], configuration()).flatMap(({ id, title, percent }, i) => {
        const now = progressOf([later], configuration())[i]?.percent ?? null;
        return now === percent ? [] : [{ id, title, before: percent, after: now }];
      });
      expect(impact.milestones).toEqual(shifts);
    }),
  );
});

test("an edit of the plan moves milestones by what is added and estimated otherwise, and readies what depends on nothing any more", () => {
  const now = board([
    task("A-1", { status: "completed", hours: 4, milestone: "M1" }),
    task("A-2", { hours: 4, milestone: "M1", dependencies: ["A-3"] }),
    task("A-3"),
  ]);
  const [done, open, other] = now.tasks;
  if (done === undefined || open === undefined || other === undefined) throw new Error("there are three");
  const then = board([done, { ...open, hours: 8, dependencies: [] }, other, task("A-4", { hours: 4, milestone: "M1" })]);
  const impact = impactOf({
    before: [now],
    after: new Map(),
    configuration: configuration(),
    edited: { boards: [then], configuration: configuration() },
  });

  expect(impact.changes).toEqual([]);
  expect(ids(impact.added)).toEqual(["A-4"]);
  expect(ids(impact.newlyReady)).toEqual(["A-2", "A-4"]);
  expect(impact.milestones).toEqual([{ id: "M1", title: "M1", before: 50, after: 25 }]);
});

test("a task that goes to another plan is the same task, and one that is new changes from what its row says", () => {
  const moved = task("A-1", { status: "in-progress", scope: "old.csv" });
  const there = { ...moved, scope: "new.csv" };
  const fresh = { ...task("A-2", { scope: "new.csv" }), state: task("A-2", { status: "completed" }).state };
  const impact = impactOf({
    before: [board([moved], { path: "old.csv" })],
    after: new Map(),
    configuration: configuration(),
    edited: {
      boards: [board([there, fresh], { path: "new.csv" })],
      configuration: configuration(),
      moved: new Map([[keyOf(there), keyOf(moved)]]),
    },
  });

  expect(impact.changes.map(({ task: { id }, before, after: then }) => [id, before, then])).toEqual([["A-2", "todo", "completed"]]);
  expect(ids(impact.added)).toEqual(["A-2"]);
});

test("the same plan and settings handed in as edited come to nothing", () => {
  const plan = board([task("A-1", { hours: 4, milestone: "M1" }), task("A-2", { hours: 2, dependencies: ["A-1"] })]);
  const same = { boards: [plan], configuration: configuration() };

  expect(impactOf({ before: [plan], after: new Map(), configuration: configuration(), edited: same, now: 0 })).toEqual({
    ...noImpact,
    schedule: { milestones: [], plans: [] },
  });
});

function readyIn(plan: Board): readonly string[] {
  const readiness = readinessOf(plan.tasks);
  return plan.tasks.filter((one) => readiness.get(keyOf(one))?.ready).map(({ id }) => id);
}
