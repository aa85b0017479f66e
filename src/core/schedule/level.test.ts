import fc from "fast-check";
import { expect, test } from "vitest";
import { at, board, task } from "../../../test/board.ts";
import { anyRows, hoursById, network, tasksOf, timetable } from "../../../test/timetables.ts";
import type { Timetable } from "./timetable.ts";

const capacity = (owners: Readonly<Record<string, number>>) => ({ capacity: { hoursPerDay: 6, owners, holidays: [] } });
const starts = (one: Timetable) => hoursById(one, one.levelled.start);
const finishes = (one: Timetable) => hoursById(one, one.levelled.finish);
const owned = (id: string, hours: number, change = {}) => task(id, { hours, owner: "mira", ...change });

test("one person does one thing at a time, what the plan's end hangs on first", () => {
  const plan = board([owned("A-1", 4), owned("A-2", 2), task("B-1", { hours: 9, owner: "jo", dependencies: ["A-2"] })]);

  expect(starts(timetable([plan]))).toEqual({ "A-1": 2, "A-2": 0, "B-1": 2 });
});

test("two people behind an owner's name do two things at a time, letter case aside", () => {
  const plan = board([owned("A-1", 4), owned("A-2", 4), owned("A-3", 4)]);

  expect(finishes(timetable([plan], capacity({ Mira: 2 })))).toEqual({ "A-1": 4, "A-2": 4, "A-3": 8 });
});

test("half a person takes twice as long", () => {
  expect(finishes(timetable([board([owned("A-1", 4)])], capacity({ mira: 0.5 })))).toEqual({ "A-1": 8 });
});

test("work fits into a gap in which its owner would only wait", () => {
  const plan = board([
    task("B-1", { hours: 5, owner: "jo" }),
    owned("A-1", 6, { dependencies: ["B-1"], due: "2026-01-06" }),
    owned("A-2", 5),
    owned("A-3", 1),
  ]);

  expect(starts(timetable([plan]))).toEqual({ "B-1": 0, "A-1": 5, "A-2": 0, "A-3": 11 });
});

test("what has begun goes on, then comes what is due first, then what is more urgent", () => {
  const plan = board([
    owned("A-1", 3, { priority: 1 }),
    owned("A-2", 3, { priority: 0 }),
    owned("A-3", 3, { due: "2026-01-05" }),
    owned("A-4", 3, { status: "in-progress", state: { since: at(0) } }),
  ]);

  expect(starts(timetable([plan]))).toEqual({ "A-4": 0, "A-3": 3, "A-2": 6, "A-1": 9 });
});

test("what a task due soon waits for is as urgent as the task", () => {
  const plan = board([owned("A-1", 3), owned("A-9", 3), task("B-1", { hours: 1, owner: "jo", dependencies: ["A-9"], due: "2026-01-05" })]);

  expect(starts(timetable([plan]))).toMatchObject({ "A-9": 0, "A-1": 3 });
});

test("tasks without an owner are done one after the other, unless the configuration says how many people take them", () => {
  const plan = board([task("A-1", { hours: 6 }), task("A-2", { hours: 6 })]);

  expect(finishes(timetable([plan]))).toEqual({ "A-1": 6, "A-2": 12 });
  expect(finishes(timetable([plan], capacity({ unassigned: 2 })))).toEqual({ "A-1": 6, "A-2": 6 });
});

test("a task of two owners is taken by whoever is free first", () => {
  const plan = board([owned("A-1", 6, { priority: 0 }), task("A-2", { hours: 6, owner: "mira, jo" })]);

  expect(finishes(timetable([plan]))).toEqual({ "A-1": 6, "A-2": 6 });
});

test("ten thousand people behind a name cost no more than the tasks there are", () => {
  expect(finishes(timetable([board([owned("A-1", 6)])], capacity({ mira: 1e12 })))).toEqual({ "A-1": 6 });
});

test("levelling Hillier and Lieberman's network for one person is doing all of it in turn", () => {
  const one = timetable([network(["A", 2], ["B", 4, "A"], ["C", 10, "B"], ["D", 6, "C"], ["E", 4, "C"])]);

  expect(Math.max(...Object.values(finishes(one)))).toBe(26);
});

const people = { backend: 2, frontend: 1.5 };

test("no owner works more in a day than his people can", () => {
  fc.assert(
    fc.property(anyRows(20), (rows) => {
      const { network: net, levelled, calendar } = timetable([board(tasksOf(rows))], capacity(people));
      const worked = new Map<string, number>();
      for (const [place, { owners, left }] of net.activities.entries()) {
        const [start, finish] = [levelled.start[place] ?? 0, levelled.finish[place] ?? 0];
        expect((finish - start) * (levelled.rate[place] ?? 0)).toBeCloseTo(left, 6);
        for (let day = Math.floor(start / calendar.minutesPerDay); day * calendar.minutesPerDay < finish; day += 1) {
          const from = Math.max(start, day * calendar.minutesPerDay);
          const to = Math.min(finish, (day + 1) * calendar.minutesPerDay);
          const key = `${owners[0]} ${day}`;
          worked.set(key, (worked.get(key) ?? 0) + (to - from) * (levelled.rate[place] ?? 0));
        }
      }
      const most: Readonly<Record<string, number>> = { ...people, unassigned: 1 };
      for (const [key, minutes] of worked) expect(minutes).toBeLessThanOrEqual((most[key.split(" ")[0] ?? ""] ?? 0) * 360 + 1e-6);
    }),
  );
});

test("levelled, nothing begins before its network date, before its start date, or before what it depends on has ended", () => {
  fc.assert(
    fc.property(anyRows(20), (rows) => {
      const { network: net, times, levelled } = timetable([board(tasksOf(rows))], capacity(people));
      for (const [place, { release }] of net.activities.entries()) {
        const start = levelled.start[place] ?? -1;
        expect(start).toBeGreaterThanOrEqual(Math.max(times.earliestStart[place] ?? 0, release));
        for (const before of net.predecessors[place] ?? []) expect(start).toBeGreaterThanOrEqual(levelled.finish[before] ?? 0);
      }
    }),
  );
});

/** A plain second implementation for one person an owner: of what can be placed the best, at the first moment that collides with nothing. */
function plainly({ network: net, times }: Timetable): readonly number[] {
  const loads = ["backend", "frontend", "unassigned"].map((name) =>
    net.activities.reduce((sum, { owners, left }) => sum + (owners[0] === name ? left : 0), 0),
  );
  const spare = Math.max(0, Math.max(...loads) - (times.ends[0] ?? 0));
  const urgency = (at: number): number => {
    const behind = [...net.activities.keys()].filter((other) => net.predecessors[other]?.includes(at));
    const until = behind.map((other) => urgency(other) - (net.activities[other]?.left ?? 0));
    return Math.min(net.activities[at]?.target ?? 0, (times.latestFinish[at] ?? 0) + spare, ...until);
  };
  const placed = new Map<number, { readonly owner: string; readonly start: number; readonly finish: number }>();
  const rank = (at: number) => {
    const { began, task: row } = net.activities[at] ?? {};
    return [began ? 0 : 1, urgency(at), times.slack[at] ?? 0, row?.priority ?? 5, Number(row?.id.slice(2))];
  };
  while (placed.size < net.activities.length) {
    const can = [...net.activities.keys()].filter((at) => !placed.has(at) && net.predecessors[at]?.every((before) => placed.has(before)));
    const best =
      can.toSorted(
        (a, b) =>
          rank(a)
            .map((value, i) => value - (rank(b)[i] ?? 0))
            .find((one) => one !== 0) ?? 0,
      )[0] ?? -1;
    const { release = 0, left = 0, owners = [] } = net.activities[best] ?? {};
    const from = Math.max(release, ...(net.predecessors[best] ?? []).map((before) => placed.get(before)?.finish ?? 0));
    const others = left === 0 ? [] : [...placed.values()].filter(({ owner, start, finish }) => owner === owners[0] && start < finish);
    const start = [from, ...others.map(({ finish }) => finish)]
      .filter((one) => one >= from && others.every((other) => other.finish <= one || other.start >= one + left))
      .toSorted((a, b) => a - b)[0];
    placed.set(best, { owner: owners[0] ?? "", start: start ?? 0, finish: (start ?? 0) + left });
  }
  return [...net.activities.keys()].map((at) => placed.get(at)?.start ?? -1);
}

test("a plain second way of levelling comes to the same dates", () => {
  fc.assert(
    fc.property(anyRows(14), (rows) => {
      const one = timetable([board(tasksOf(rows))]);
      expect([...one.levelled.start]).toEqual(plainly(one));
    }),
  );
});
