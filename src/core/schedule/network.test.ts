import fc from "fast-check";
import { expect, test } from "vitest";
import { at, board, task } from "../../../test/board.ts";
import { hoursById, network, timetable } from "../../../test/timetables.ts";
import type { LeftOut } from "./network.ts";
import type { Timetable } from "./timetable.ts";

const starts = (one: Timetable) => hoursById(one, one.times.earliestStart);
const lefts = ({ network: { activities } }: Timetable) => Object.fromEntries(activities.map(({ task: { id }, left }) => [id, left / 60]));
const told = ({ network: { leftOut } }: Timetable) => leftOut.map(inWords).toSorted();

function inWords(one: LeftOut): string {
  if (one.kind === "circle") return `circle ${one.tasks.map(({ id }) => id).join(" ")}`;
  return one.kind === "unknown-dependency" ? `${one.task.id} on ${one.token}` : `${one.kind} ${one.task.id}`;
}

test("a dependency that no plan knows is left out and named", () => {
  const one = timetable([board([task("A-1", { hours: 4, dependencies: ["Z-9", "A-2"] }), task("A-2", { hours: 2 })])]);

  expect(starts(one)).toEqual({ "A-1": 2, "A-2": 0 });
  expect(told(one)).toEqual(["A-1 on Z-9"]);
});

test("tasks that wait for each other have dates, what they say of one another is left out, and the circle is named", () => {
  const one = timetable([network(["A", 1, "C"], ["B", 2, "A"], ["C", 3, "B X"], ["D", 4, "C"], ["X", 5], ["S", 1, "S"])]);

  expect(starts(one)).toEqual({ A: 0, B: 0, C: 5, D: 8, X: 0, S: 0 });
  expect(told(one)).toEqual(["circle A C B", "circle S"]);
});

test("deferred and recurring tasks have no dates, hold nobody up, and are named", () => {
  const one = timetable([
    board([
      task("A-1", { hours: 4, status: "deferred" }),
      task("A-2", { hours: 4, recurring: true, status: "in-progress" }),
      task("A-3", { hours: 4, status: "completed" }),
      task("A-4", { hours: 2, dependencies: ["A-1", "A-2", "A-3"] }),
    ]),
  ]);

  expect(starts(one)).toEqual({ "A-4": 0 });
  expect(told(one)).toEqual(["deferred A-1", "recurring A-2"]);
});

test("the same id in another scope is another task", () => {
  const one = timetable([
    board([task("T1", { hours: 3, scope: "a" }), task("T2", { hours: 1, scope: "a", dependencies: ["T1"] })]),
    board([task("T1", { hours: 9, scope: "b" })]),
  ]);

  expect(one.network.activities.map(({ task: { id, scope } }, place) => [scope, id, (one.times.earliestStart[place] ?? 0) / 60])).toEqual(
    expect.arrayContaining([["a", "T2", 3]]),
  );
});

test("a task with parts is over when they are, has no work of its own, and its parts wait for what it waits for", () => {
  const one = timetable([
    board([
      task("A-1", { hours: 2 }),
      task("P-1", { hours: 40, dependencies: ["A-1"] }),
      task("P-2", { hours: 3, parent: "P-1" }),
      task("P-3", { hours: 4, parent: "P-1", dependencies: ["P-2", "P-1"] }),
      task("P-4", { hours: 50, parent: "P-1", optional: true }),
      task("A-2", { hours: 1, dependencies: ["P-1"] }),
    ]),
  ]);

  expect(starts(one)).toEqual({ "A-1": 0, "P-2": 2, "P-3": 5, "P-4": 2, "P-1": 9, "A-2": 9 });
  expect(lefts(one)).toMatchObject({ "P-1": 0 });
  expect(told(one)).toEqual([]);
});

test("a task that names its own parts, or a circle of parents, makes nobody wait for himself", () => {
  const parts = timetable([
    board([
      task("P-1", { dependencies: ["P-2", "P-3"] }),
      task("P-2", { hours: 3, parent: "P-1" }),
      task("P-3", { hours: 1, parent: "P-1" }),
    ]),
  ]);
  const circle = timetable([board([task("A-1", { hours: 1, parent: "A-2" }), task("A-2", { hours: 2, parent: "A-1" })])]);

  expect(starts(parts)).toEqual({ "P-1": 3, "P-2": 0, "P-3": 0 });
  expect(told(parts)).toEqual([]);
  expect(lefts(circle)).toEqual({ "A-1": 1, "A-2": 2 });
});

test("a task begun on Friday has the rest of its estimate left on Monday", () => {
  const begun = (hours: number, change = {}) =>
    task("A-1", { hours, status: "in-progress", state: { since: at(-3 * 24 * 60) }, ...change });
  const left = (hours: number, change = {}) => lefts(timetable([board([begun(hours, change)])]))["A-1"];

  expect(left(10)).toBe(4);
  expect(left(6)).toBe(0.6);
  expect(left(30, { start: "2026-01-01" })).toBe(18);
  expect(left(10, { start: "2026-02-01" })).toBe(4);
  expect(left(10, { state: { since: at(0) } })).toBe(10);
  expect(left(10, { state: { since: at(9999) } })).toBe(10);
});

test("who has two tasks in progress has worked half of the time on each", () => {
  const begun = (id: string) => task(id, { hours: 10, owner: "mira", status: "in-progress", state: { since: at(-3 * 24 * 60) } });
  const of = (owners: Readonly<Record<string, number>>) =>
    lefts(timetable([board([begun("A-1"), begun("A-2")])], { capacity: { hoursPerDay: 6, owners, holidays: [] } }));

  expect(of({})).toEqual({ "A-1": 7, "A-2": 7 });
  expect(of({ mira: 2 })).toEqual({ "A-1": 4, "A-2": 4 });
});

test("a start date is the earliest one, a blocked task is planned from today, and a due date moves nothing", () => {
  const one = timetable([
    board([
      task("A-1", { hours: 6, start: "2026-01-07" }),
      task("A-2", { hours: 6, start: "2026-01-01", due: "2025-12-01" }),
      task("A-3", { hours: 6, status: "blocked", state: { underneath: "in-progress", since: at(-9999) } }),
      task("A-4", { hours: 6, start: "2026-01-10" }),
    ]),
  ]);

  expect(starts(one)).toEqual({ "A-1": 12, "A-2": 0, "A-3": 0, "A-4": 30 });
  expect(lefts(one)["A-3"]).toBe(6);
});

test("without an estimate a task takes its share of its parent, or the median of its phase, its plan, all plans, or a day", () => {
  const of = (...boards: readonly ReturnType<typeof board>[]) => {
    const { activities } = timetable(boards).network;
    return Object.fromEntries(activities.map(({ task: { id }, estimate }) => [id, [estimate.from, estimate.hours]]));
  };
  const first = board([
    ...[2, 4, 400].map((hours, i) => task(`A-${i + 1}`, { hours, phase: "Build", status: "completed" })),
    task("A-4", { phase: " build" }),
    task("A-5", { phase: "Ship" }),
    ...[1, 1, 8].map((hours, i) => task(`B-${i + 1}`, { hours, status: "completed" })),
    task("P-1", { hours: 10 }),
    task("P-2", { parent: "P-1", hours: 4 }),
    task("P-3", { parent: "P-1" }),
    task("P-4", { parent: "P-1" }),
  ]);
  const second = board([task("C-1", { scope: "c.csv" })], { path: "c.csv" });

  expect(of(first, second)).toEqual({
    "A-4": ["phase", 4],
    "A-5": ["plan", 4],
    "P-1": ["parts", 0],
    "P-2": ["own", 4],
    "P-3": ["parent", 3],
    "P-4": ["parent", 3],
    "C-1": ["repository", 4],
  });
  expect(of(second)).toEqual({ "C-1": ["day", 6] });
});

test("in any plan, circles and strangers too, every task has its place behind what it follows", () => {
  const anyDependencies = fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 3 });
  const anyRow = fc.record({ dependencies: anyDependencies, parent: fc.option(fc.integer({ min: 1, max: 12 }), { freq: 3 }) });
  fc.assert(
    fc.property(fc.array(anyRow, { maxLength: 10 }), (rows) => {
      const tasks = rows.map(({ dependencies, parent }, i) =>
        task(`A-${i + 1}`, { hours: 1, dependencies: dependencies.map((n) => `A-${n}`), parent: parent === null ? null : `A-${parent}` }),
      );
      const { network: net } = timetable([board(tasks)]);
      expect(net.activities.map(({ task: { id } }) => id).toSorted()).toEqual(tasks.map(({ id }) => id).toSorted());
      expect(net.predecessors.every((before, place) => before.every((one) => one >= 0 && one < place))).toBe(true);
      const unknown = rows.flatMap(({ dependencies }) => dependencies.filter((n) => n > rows.length));
      expect(net.leftOut.filter(({ kind }) => kind === "unknown-dependency")).toHaveLength(unknown.length);
    }),
  );
});
