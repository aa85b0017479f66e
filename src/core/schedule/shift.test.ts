import fc from "fast-check";
import { expect, test } from "vitest";
import { at, board, configuration, milestone, task } from "../../../test/board.ts";
import { anyRows, tasksOf, timetable } from "../../../test/timetables.ts";
import type { Board, Configuration, Status } from "../words.ts";
import { statuses } from "../words.ts";
import { impactOf } from "./impact.ts";
import { finishOf } from "./timetable.ts";

type Edited = { readonly boards: readonly Board[]; readonly configuration: Configuration };
const impact = (before: readonly Board[], changes: Readonly<Record<string, Status>>, edited?: Edited) =>
  impactOf({
    before,
    after: new Map(Object.entries(changes).map(([token, status]) => [`docs/plan.csv#${token}`, status])),
    configuration: configuration(),
    now: at(0),
    ...(edited === undefined ? {} : { edited }),
  });
const mine = (id: string, hours: number, change = {}) => task(id, { hours, owner: "mira", ...change });

const beta = board(
  [
    mine("A-1", 9, { milestone: "M1" }),
    mine("A-2", 6, { milestone: "M1", dependencies: ["A-1"] }),
    task("B-1", { hours: 12, owner: "jo", dependencies: ["A-1"] }),
  ],
  { milestones: [milestone("M1", "Beta", "2026-03-01")] },
);

test("a pull request that completes a task tells by how many working days its milestone and its plan end earlier", () => {
  const { schedule } = impact([beta], { "A-1": "completed" });

  expect(schedule?.milestones).toEqual([
    { id: "M1", title: "Beta", due: "2026-03-01", before: "2026-01-07", after: "2026-01-05", days: -1.5 },
  ]);
  expect(schedule?.plans).toMatchObject([{ path: "docs/plan.csv", before: "2026-01-08", after: "2026-01-06", days: -1.5 }]);
});

test("the critical path is told as it was and as it becomes", () => {
  const { schedule } = impact([beta], { "A-1": "completed" });
  const ids = (tasks: readonly { readonly id: string }[] = []) => tasks.map(({ id }) => id);

  expect(ids(schedule?.plans[0]?.critical?.before)).toEqual(["A-1", "B-1"]);
  expect(ids(schedule?.plans[0]?.critical?.after)).toEqual(["B-1"]);
});

test("a milestone that a pull request finishes has no end left, and one that it reopens has one again", () => {
  expect(impact([beta], { "A-1": "completed", "A-2": "completed" }).schedule?.milestones).toMatchObject([{ after: null, days: -2.5 }]);
  const done = board([mine("A-1", 6, { milestone: "M1", status: "completed" })], { milestones: beta.milestones });
  expect(impact([done], { "A-1": "in-progress" }).schedule?.milestones).toMatchObject([{ before: null, after: "2026-01-05", days: 1 }]);
});

test("a change that moves no date tells of none", () => {
  expect(impact([beta], { "A-1": "blocked" }).schedule).toEqual({ milestones: [], plans: [] });
});

test("no schedule is reckoned where it is not asked for, or where nothing changes", () => {
  expect(
    impactOf({ before: [beta], after: new Map([["docs/plan.csv#A-1", "completed"]]), configuration: configuration() }).schedule,
  ).toBeNull();
  expect(impact([beta], { "A-1": "todo" }).schedule).toBeNull();
});

test("an edit of the plan moves ends, readiness and percentages", () => {
  const edited = board(
    [
      mine("A-1", 9, { milestone: "M1" }),
      mine("A-2", 6, { milestone: "M1" }),
      mine("A-3", 12, { milestone: "M1", dependencies: ["A-2"] }),
      task("B-1", { hours: 12, owner: "jo", status: "completed" }),
    ],
    { milestones: beta.milestones },
  );
  const { changes, newlyReady, readyFor, newlyWaiting, schedule } = impact(
    [beta],
    {},
    { boards: [edited], configuration: configuration() },
  );

  expect(changes.map(({ task: { id }, before, after }) => [id, before, after])).toEqual([["B-1", "todo", "completed"]]);
  expect(newlyReady.map(({ id }) => id)).toEqual(["A-2"]);
  expect(readyFor).toMatchObject([{ owner: "mira" }]);
  expect(newlyWaiting).toEqual([]);
  expect(schedule?.milestones).toMatchObject([{ before: "2026-01-07", after: "2026-01-09", days: 2 }]);
});

test("an edit of the configuration moves ends by its people, its hours and its holidays, and makes milestones", () => {
  const moved = (change: Partial<Configuration>) => impact([beta], {}, { boards: [beta], configuration: configuration(change) });
  const capacity = (change: object) => ({ capacity: { hoursPerDay: 6, owners: {}, holidays: [], ...change } });

  expect(moved(capacity({ hoursPerDay: 3 })).schedule?.milestones).toMatchObject([
    { before: "2026-01-07", after: "2026-01-09", days: 2.5 },
  ]);
  expect(moved(capacity({ owners: { mira: 0.5 } })).schedule?.milestones).toMatchObject([{ after: "2026-01-09", days: 2.5 }]);
  expect(moved({ milestones: { M2: { title: "Next", due: null, tasks: ["B-*"] } } })).toMatchObject({
    milestones: [{ id: "M2", before: null, after: 0 }],
    schedule: { milestones: [{ id: "M2", before: null, after: "2026-01-08" }] },
  });
});

test("what becomes ready is told to each owner, letter case aside", () => {
  const plan = board([
    task("A-1", { hours: 1 }),
    ...["Mira", "jo", "mira", null].map((owner, i) => task(`B-${i + 1}`, { hours: 1, owner, dependencies: ["A-1"] })),
  ]);

  expect(impact([plan], { "A-1": "completed" }).readyFor.map(({ owner, tasks }) => [owner, tasks.map(({ id }) => id)])).toEqual([
    ["Mira", ["B-1", "B-3"]],
    ["jo", ["B-2"]],
    [null, ["B-4"]],
  ]);
});

test("in any plan, the days moved are those between the schedule before and the schedule after", () => {
  fc.assert(
    fc.property(anyRows(10), fc.array(fc.option(fc.constantFrom(...statuses)), { minLength: 10, maxLength: 10 }), (rows, becomes) => {
      const before = board(tasksOf(rows));
      const later = board(
        before.tasks.map((row, i) => {
          const status = becomes[i] ?? row.status;
          // What begins by the change begins today.
          return status === row.status ? row : { ...row, status, state: { ...row.state, status, since: at(0) } };
        }),
      );
      const statusesAfter = Object.fromEntries(later.tasks.map((row) => [row.token, row.status]));
      const [plan] = impact([before], statusesAfter).schedule?.plans ?? [];
      const end = (one: Board): number => {
        const { network, levelled } = timetable([one]);
        return finishOf([...network.activities.keys()], levelled.finish) / 360;
      };
      expect(plan?.days ?? 0).toBeCloseTo(end(later) - end(before), 2);
    }),
  );
});
