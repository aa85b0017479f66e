import fc from "fast-check";
import { expect, test } from "vitest";
import { hold, task } from "../../../test/board.ts";
import type { BoardTask, Status } from "../words.ts";
import { blockersOf, holdsUpIn } from "./blockers.ts";

const found = (tasks: readonly BoardTask[]) => blockersOf(tasks).map(({ task: { id }, count, hours }) => [id, count, hours]);

test("of blockers that hold up as many hours, the one that keeps more owners waiting comes first, and each owner counts once", () => {
  const row = (id: string, behind: string, owner: string) => task(id, { hours: 2, dependencies: [behind], owner });
  const tasks = [
    task("A-1", { status: "blocked" }),
    row("A-2", "A-1", "backend"),
    row("A-3", "A-1", " Backend"),
    task("B-1", { status: "blocked" }),
    row("B-2", "B-1", "backend"),
    row("B-3", "B-1", "frontend"),
  ];

  expect(blockersOf(tasks).map(({ task: { id }, owners }) => [id, owners.map((name) => name.toLowerCase()).toSorted()])).toEqual([
    ["B-1", ["backend", "frontend"]],
    ["A-1", ["backend"]],
  ]);
});

test("every unfinished task knows what it holds up, also one that waits itself", () => {
  const tasks = [
    task("A-1", { hours: 1 }),
    task("A-2", { hours: 2, dependencies: ["A-1"] }),
    task("A-3", { hours: 4, dependencies: ["A-2"] }),
  ];

  expect([...holdsUpIn(tasks).values()]).toEqual([
    { tasks: 2, hours: 6 },
    { tasks: 1, hours: 4 },
    { tasks: 0, hours: 0 },
  ]);
});

test("the task that holds up the most hours comes first, and tasks that only wait in line are not blockers", () => {
  const tasks = [
    task("A-1", { hours: 1 }),
    task("A-2", { hours: 2, dependencies: ["A-1"] }),
    task("A-3", { hours: 4, dependencies: ["A-2"] }),
    task("B-1", { status: "in-progress" }),
    task("B-2", { hours: 8, dependencies: ["B-1", "A-1"] }),
  ];

  expect(found(tasks)).toEqual([
    ["A-1", 3, 14],
    ["B-1", 1, 8],
  ]);
});

test("a blocked task is a blocker even when nobody waits for it, with the reasons it was given", () => {
  const blocked = task("A-1", { status: "blocked", state: { holds: [hold("waiting for keys")] } });

  expect(blockersOf([blocked, task("A-2")])).toEqual([
    { task: blocked, holdsUp: [], count: 0, hours: 0, owners: [], reasons: blocked.state.holds },
  ]);
});

test("finished work holds nobody up, and nobody finished is held up", () => {
  const tasks = [
    task("A-1"),
    task("A-2", { status: "completed", dependencies: ["A-1"] }),
    task("A-3", { dependencies: ["A-2"] }),
    task("A-4", { status: "deferred", dependencies: ["A-1"] }),
  ];

  expect(found(tasks)).toEqual([]);
});

test("tasks in a circle are counted once each", () => {
  const tasks = [
    task("A-1", { status: "blocked", hours: 1, dependencies: ["A-3"] }),
    task("A-2", { hours: 2, dependencies: ["A-1"] }),
    task("A-3", { hours: 4, dependencies: ["A-2"] }),
    task("A-4", { hours: 8, dependencies: ["A-3"] }),
  ];

  expect(found(tasks)).toEqual([["A-1", 3, 14]]);
});

test("of many tasks held up the nearest twenty are named", () => {
  const chain = Array.from({ length: 30 }, (_, i) => task(`A-${i + 1}`, { hours: 1, dependencies: i === 0 ? [] : [`A-${i}`] }));
  const [blocker] = blockersOf(chain);

  expect(blocker?.count).toBe(29);
  expect(blocker?.holdsUp.map(({ id }) => id)).toEqual(Array.from({ length: 20 }, (_, i) => `A-${i + 2}`));
});

test("a chain of 100 000 tasks is followed to its end", () => {
  const chain = Array.from({ length: 100_000 }, (_, i) => task(`A-${i + 1}`, { dependencies: i === 0 ? [] : [`A-${i}`] }));

  expect(found(chain)).toEqual([["A-1", 99_999, 0]]);
});

test("in any plan, what a blocker holds up is what a plain search finds behind it", () => {
  // More than are sought at once.
  const size = 70;
  const anyPlan = fc.array(
    fc.record({
      status: fc.constantFrom<Status>("todo", "todo", "in-progress", "blocked", "completed"),
      dependencies: fc.array(
        fc.integer({ min: 1, max: size + 2 }).map((n) => `A-${n}`),
        { maxLength: 3 },
      ),
      hours: fc.integer({ min: 0, max: 9 }),
      owner: fc.option(fc.constantFrom("jo", "mira", "kim")),
    }),
    { maxLength: size },
  );
  fc.assert(
    fc.property(anyPlan, (rows) => {
      const tasks = rows.map((row, i) => task(`A-${i + 1}`, row));
      for (const blocker of blockersOf(tasks)) {
        const behind = searchBehind(blocker.task, tasks);
        expect(blocker.count).toBe(behind.size);
        expect(blocker.hours).toBe([...behind].reduce((sum, { hours }) => sum + (hours ?? 0), 0));
        expect([...behind]).toEqual(expect.arrayContaining([...blocker.holdsUp]));
        expect(blocker.holdsUp.length).toBe(Math.min(20, behind.size));
        const owners = new Set([...behind].flatMap(({ owner }) => owner ?? []));
        expect(blocker.owners.toSorted()).toEqual([...owners].toSorted());
      }
      for (const [one, sum] of holdsUpIn(tasks)) {
        const behind = [...searchBehind(one, tasks)];
        expect(sum).toEqual({ tasks: behind.length, hours: behind.reduce((hours, { hours: more }) => hours + (more ?? 0), 0) });
      }
    }),
  );
});

function searchBehind(from: BoardTask, tasks: readonly BoardTask[]): ReadonlySet<BoardTask> {
  const open = tasks.filter(({ status }) => status !== "completed");
  const behind = new Set<BoardTask>();
  const visit = (at: BoardTask): void => {
    for (const next of open.filter((one) => one.dependencies.includes(at.token))) {
      if (next === from || behind.has(next)) continue;
      behind.add(next);
      visit(next);
    }
  };
  visit(from);
  return behind;
}
