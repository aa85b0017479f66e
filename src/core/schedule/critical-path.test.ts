import fc from "fast-check";
import { expect, test } from "vitest";
import { board, task } from "../../../test/board.ts";
import { anyRows, hoursById, network, tasksOf, timetable } from "../../../test/timetables.ts";
import type { Board } from "../words.ts";
import { criticalPathsOf } from "./critical-path.ts";
import { criticalTasks } from "./schedule.ts";
import type { Timetable } from "./timetable.ts";

const paths = (one: Timetable): readonly string[] =>
  criticalTasks(one, 0)
    .paths.map((path) => path.map(({ id }) => id).join(" "))
    .toSorted();
const end = (one: Timetable): number => (one.times.ends[0] ?? 0) / 60;

// F. S. Hillier, G. J. Lieberman, "Introduction to Operations Research", Reliable Construction Co.: weeks.
const reliable = network(
  ["A", 2],
  ["B", 4, "A"],
  ["C", 10, "B"],
  ["D", 6, "C"],
  ["E", 4, "C"],
  ["F", 5, "E"],
  ["G", 7, "D"],
  ["H", 9, "E G"],
  ["I", 7, "C"],
  ["J", 8, "F I"],
  ["K", 4, "J"],
  ["L", 5, "J"],
  ["M", 2, "H"],
  ["N", 6, "K L"],
);

test("Hillier and Lieberman's Reliable Construction Co. takes 44 weeks, by way of A B C E F J L N", () => {
  const one = timetable([reliable]);

  expect(end(one)).toBe(44);
  expect(paths(one)).toEqual(["A B C E F J L N"]);
  expect(hoursById(one, one.times.slack)).toEqual({ A: 0, B: 0, C: 0, D: 4, E: 0, F: 0, G: 4, H: 4, I: 2, J: 0, K: 1, L: 0, M: 4, N: 0 });
  expect(hoursById(one, one.times.earliestStart)).toMatchObject({ D: 16, G: 22, H: 29, I: 16, K: 33, M: 38, N: 38 });
  expect(hoursById(one, one.times.latestStart)).toMatchObject({ D: 20, G: 26, H: 33, I: 18, K: 34, M: 42, N: 38 });
});

// J. Heizer, B. Render, "Operations Management", Milwaukee Paper Manufacturing: weeks.
test("Heizer and Render's Milwaukee Paper takes 15 weeks, by way of A C E G H", () => {
  const one = timetable([
    network(["A", 2], ["B", 3], ["C", 2, "A"], ["D", 4, "A B"], ["E", 4, "C"], ["F", 3, "C"], ["G", 5, "D E"], ["H", 2, "F G"]),
  ]);

  expect(end(one)).toBe(15);
  expect(paths(one)).toEqual(["A C E G H"]);
  expect(hoursById(one, one.times.slack)).toEqual({ A: 0, B: 1, C: 0, D: 1, E: 0, F: 6, G: 0, H: 0 });
  expect(hoursById(one, one.times.latestFinish)).toEqual({ A: 2, B: 4, C: 4, D: 8, E: 8, F: 13, G: 13, H: 15 });
});

// H. A. Taha, "Operations Research: An Introduction", the example of critical path computations: arrows 1-2 … 5-6, days; 4-5 is a dummy.
test("Taha's network of arrows takes 25 days, and its total and free floats are those of the book", () => {
  const rows = [
    ["A", 5],
    ["B", 6],
    ["C", 3, "A"],
    ["D", 8, "A"],
    ["E", 2, "B C"],
    ["F", 11, "B C"],
    ["DUMMY", 0, "D"],
    ["G", 1, "D"],
  ] as const;
  const one = timetable([network(...rows, ["H", 12, "E DUMMY"])]);

  expect(end(one)).toBe(25);
  expect(paths(one)).toEqual(["A D DUMMY H"]);
  expect(hoursById(one, one.times.slack)).toEqual({ A: 0, B: 5, C: 3, D: 0, E: 3, F: 6, DUMMY: 0, G: 11, H: 0 });
  expect(hoursById(one, one.times.freeSlack)).toMatchObject({ A: 0, B: 2, C: 0, D: 0, E: 3, F: 6, G: 11, H: 0 });
});

// B. W. Taylor, "Introduction to Management Science", the solved problems of the chapter on project management: 1-2 … 8-9.
test("Taylor's network of nine events ends after 38, by way of events 1 3 5 7 8 9", () => {
  const one = timetable([
    network(
      ["12", 8],
      ["13", 10],
      ["14", 9],
      ["25", 6, "12"],
      ["26", 4, "12"],
      ["35", 5, "13"],
      ["45", 0, "14"],
      ["47", 7, "14"],
      ["57", 12, "25 35 45"],
      ["58", 15, "25 35 45"],
      ["69", 18, "26"],
      ["78", 4, "47 57"],
      ["89", 7, "58 78"],
    ),
  ]);

  expect(end(one)).toBe(38);
  expect(paths(one)).toEqual(["13 35 57 78 89"]);
  expect(hoursById(one, one.times.slack)).toEqual({
    ...{ 12: 1, 13: 0, 14: 6, 25: 1, 26: 8, 35: 0, 45: 6, 47: 11, 57: 0, 58: 1, 69: 8, 78: 0, 89: 0 },
  });
});

test("every critical path is told if there are several", () => {
  const one = timetable([network(["A", 1], ["B", 2, "A"], ["C", 2, "A"], ["D", 1, "B C"], ["E", 4])]);

  expect(paths(one)).toEqual(["A B D", "A C D", "E"]);
});

test("of more critical paths than anybody reads some are listed and all are counted", () => {
  const rows = Array.from({ length: 120 }, (_, i) => {
    const [layer, before] = [Math.floor(i / 3), Math.floor(i / 3) - 1];
    return task(`L-${i + 1}`, { hours: 1, dependencies: layer === 0 ? [] : [0, 1, 2].map((k) => `L-${before * 3 + k + 1}`) });
  });
  const one = timetable([board(rows)]);
  const found = criticalPathsOf(one.network, one.times, { plan: 0, most: 10 });

  expect(found.count).toBe(3 ** 40);
  expect(found.paths).toHaveLength(10);
  expect(found.paths.every((path) => path.length === 40)).toBe(true);
});

test("each plan has critical paths of its own, however long another one is", () => {
  const short = board([task("B-1", { hours: 1, scope: "b.csv" })], { path: "b.csv" });
  const one = timetable([reliable, short]);

  expect(one.times.ends.map((minutes) => minutes / 60)).toEqual([44, 1]);
  expect(
    criticalTasks(one, 1)
      .paths.flat()
      .map(({ id }) => id),
  ).toEqual(["B-1"]);
});

/** A plain second implementation: the longest of all ways through the plan, each way walked. */
function longest(plan: Board, durations: Readonly<Record<string, number>>, releases: Readonly<Record<string, number>>) {
  const open = plan.tasks.filter(({ id }) => id in durations);
  const before = (id: string) => open.filter((one) => open.find((row) => row.id === id)?.dependencies.includes(one.token));
  const behind = (id: string) => open.filter(({ dependencies }) => dependencies.includes(id));
  const start = (id: string): number => Math.max(releases[id] ?? 0, ...before(id).map((one) => start(one.id) + (durations[one.id] ?? 0)));
  const over = Math.max(0, ...open.map(({ id }) => start(id) + (durations[id] ?? 0)));
  const tail = (id: string): number => (durations[id] ?? 0) + Math.max(0, ...behind(id).map((one) => tail(one.id)));
  return Object.fromEntries(open.map(({ id }) => [id, { start: start(id), slack: over - tail(id) - start(id) }]));
}

test("walking every way through a small plan comes to the same dates and the same slack", () => {
  fc.assert(
    fc.property(anyRows(), (rows) => {
      const plan = board(tasksOf(rows));
      const one = timetable([plan]);
      const of = (minutes: (place: number) => number) =>
        Object.fromEntries(one.network.activities.map((activity, place) => [activity.task.id, minutes(place)]));
      const activities = one.network.activities;
      const plain = longest(
        plan,
        of((place) => activities[place]?.left ?? 0),
        of((place) => activities[place]?.release ?? 0),
      );
      expect(of((place) => one.times.earliestStart[place] ?? 0)).toEqual(
        Object.fromEntries(Object.entries(plain).map(([id, { start }]) => [id, start])),
      );
      expect(of((place) => one.times.slack[place] ?? 0)).toEqual(
        Object.fromEntries(Object.entries(plain).map(([id, { slack }]) => [id, slack])),
      );
    }),
  );
});

test("on every critical path the slack is zero, each task begins as the one before it ends, and the last one ends with the plan", () => {
  fc.assert(
    fc.property(anyRows(14), (rows) => {
      const { network: net, times } = timetable([board(tasksOf(rows))]);
      const { paths: found, count } = criticalPathsOf(net, times, { plan: 0, most: 1000 });
      expect(found.length).toBe(Math.min(1000, count));
      expect(count > 0).toBe(net.activities.length > 0);
      for (const path of found) {
        expect(path.every((place) => times.slack[place] === 0)).toBe(true);
        expect(path.slice(1).map((place) => times.earliestStart[place])).toEqual(
          path.slice(0, -1).map((place) => times.earliestFinish[place]),
        );
        expect(times.earliestFinish[path.at(-1) ?? -1]).toBe(times.ends[0]);
      }
    }),
  );
});

test("one more dependency makes nothing earlier", () => {
  fc.assert(
    fc.property(anyRows(12), fc.nat(), fc.nat(), (rows, a, b) => {
      const tasks = tasksOf(rows);
      const [low, high] = [a % tasks.length, b % tasks.length].toSorted((x, y) => x - y);
      const more = tasks.map((row, index) =>
        index === high && low !== high ? { ...row, dependencies: [...row.dependencies, `A-${(low ?? 0) + 1}`] } : row,
      );
      const [before, after] = [timetable([board(tasks)]), timetable([board(more)])];
      const earlier = hoursById(before, before.times.earliestStart);
      for (const [id, start] of Object.entries(hoursById(after, after.times.earliestStart)))
        expect(start).toBeGreaterThanOrEqual(earlier[id] ?? 0);
    }),
  );
});

test("a plan of three times the hours takes three times as long and has three times the slack", () => {
  fc.assert(
    fc.property(anyRows(), (rows) => {
      const fresh = rows.map((row) => ({ ...row, start: null, due: null, status: "todo" as const }));
      const [once, thrice] = [1, 3].map((k) => timetable([board(tasksOf(fresh.map((row) => ({ ...row, hours: row.hours * k }))))]));
      if (once === undefined || thrice === undefined) return;
      for (const of of [
        (one: Timetable) => one.times.slack,
        (one: Timetable) => one.times.latestFinish,
        (one: Timetable) => one.levelled.finish,
      ]) {
        const expected = Object.entries(hoursById(once, of(once))).map(([id, hours]) => [id, hours * 3]);
        expect(hoursById(thrice, of(thrice))).toEqual(Object.fromEntries(expected));
      }
    }),
  );
});
