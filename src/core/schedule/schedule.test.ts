import fc from "fast-check";
import { expect, test } from "vitest";
import { at, board, configuration, milestone, task } from "../../../test/board.ts";
import { anyRows, tasksOf } from "../../../test/timetables.ts";
import type { Board, BoardTask, Configuration } from "../words.ts";
import { mostPaths, type Schedule, scheduleOf } from "./schedule.ts";
import { noSpread, type Spread } from "./spread.ts";

const usual: Spread = { ratios: [0.5, 0.7, 0.8, 0.9, 1, 1.1, 1.3, 2] };
const schedule = (boards: readonly Board[], change: Partial<Configuration> = {}, spread: Spread = usual, revision = "r1"): Schedule =>
  scheduleOf({ boards, configuration: configuration(change), spread, now: at(0), revision });
const capacity = (change: Partial<Configuration["capacity"]>) => ({ capacity: { hoursPerDay: 6, owners: {}, holidays: [], ...change } });
const planned = ({ tasks }: Schedule) =>
  Object.fromEntries([...tasks.values()].map(({ task: { id }, planned: { start, finish } }) => [id, `${start} – ${finish}`]));
const mine = (id: string, hours: number, change = {}): BoardTask => task(id, { hours, owner: "mira", ...change });

test("a plan for one person has dates that go round weekends and holidays", () => {
  const plan = board([
    mine("A-1", 12),
    mine("A-2", 6, { dependencies: ["A-1"] }),
    mine("A-3", 12, { dependencies: ["A-2"] }),
    mine("A-4", 9, { dependencies: ["A-3"] }),
  ]);

  expect(planned(schedule([plan], capacity({ holidays: ["2026-01-06"] })))).toEqual({
    "A-1": "2026-01-05 – 2026-01-07",
    "A-2": "2026-01-08 – 2026-01-08",
    "A-3": "2026-01-09 – 2026-01-12",
    "A-4": "2026-01-13 – 2026-01-14",
  });
});

test("a task that lasts until the end of Friday is over on Friday, and the next one begins on Monday", () => {
  expect(planned(schedule([board([mine("A-1", 30), mine("A-2", 1, { dependencies: ["A-1"] })])]))).toEqual({
    "A-1": "2026-01-05 – 2026-01-09",
    "A-2": "2026-01-12 – 2026-01-12",
  });
});

test("a task tells its slack in working days, its earliest, latest and planned dates, and whether it is late", () => {
  const plan = board([
    mine("A-1", 18, { due: "2026-01-08" }),
    mine("A-2", 6, { due: "2026-01-05" }),
    mine("A-3", 3, { dependencies: ["A-1"] }),
  ]);
  const { tasks } = schedule([plan]);

  expect(tasks.get("docs/plan.csv#A-2")).toMatchObject({
    hoursLeft: 6,
    estimateFrom: "own",
    earliest: { start: "2026-01-05", finish: "2026-01-05" },
    latest: { start: "2026-01-07", finish: "2026-01-08" },
    slack: 2.5,
    freeSlack: 2.5,
    critical: false,
    blocked: false,
    margin: 0,
  });
  expect(tasks.get("docs/plan.csv#A-1")).toMatchObject({
    critical: true,
    slack: 0,
    planned: { start: "2026-01-06", finish: "2026-01-08" },
    margin: 0,
  });
  expect(schedule([plan], capacity({ holidays: ["2026-01-06"] })).tasks.get("docs/plan.csv#A-1")?.margin).toBe(-1);
});

test("a task begun is planned from the day it began, and a blocked one from today, with a flag", () => {
  const plan = board([
    mine("A-1", 30, { status: "in-progress", state: { since: at(-5 * 24 * 60) } }),
    task("B-1", { hours: 2, owner: "jo", status: "blocked", state: { since: at(-9 * 24 * 60) } }),
    task("C-1", { hours: 2, status: "completed" }),
  ]);
  const { tasks } = schedule([plan]);

  expect(tasks.get("docs/plan.csv#A-1")).toMatchObject({
    began: "2025-12-31",
    hoursLeft: 12,
    planned: { start: "2025-12-31", finish: "2026-01-06" },
  });
  expect(tasks.get("docs/plan.csv#B-1")).toMatchObject({ blocked: true, planned: { start: "2026-01-05", finish: "2026-01-05" } });
  expect(tasks.has("docs/plan.csv#C-1")).toBe(false);
});

test("a milestone has a range once eight tasks are finished, and says how likely it is to be in time", () => {
  const plan = board(
    [...[12, 18, 6].map((hours, i) => mine(`A-${i + 1}`, hours, { milestone: "M1" })), mine("B-1", 60, { dependencies: ["A-1"] })],
    { milestones: [milestone("M1", "Beta", "2026-01-13")] },
  );
  const [beta] = schedule([plan]).milestones;

  expect(beta).toMatchObject({
    id: "M1",
    due: "2026-01-13",
    forecast: { kind: "range", network: "2026-01-07", levelled: "2026-01-12", finished: 8, runs: 1000 },
  });
  if (beta?.forecast.kind !== "range") throw new Error("no range");
  const { p50, p80, onTime, margin, movers } = beta.forecast;
  expect([p50, p80]).toEqual(["2026-01-12", "2026-01-14"]);
  expect(onTime).toBeGreaterThan(0.5);
  expect(onTime).toBeLessThan(0.8);
  expect(margin).toBe(-1);
  expect(movers.map(({ id }) => id)).toEqual(["A-2", "A-1", "A-3"]);
});

test("with seven finished tasks it says too little history, and gives the network's date", () => {
  const plan = board([mine("A-1", 12, { milestone: "M1" }), mine("A-2", 12, { milestone: "M1" })], {
    milestones: [milestone("M1", "Beta", "2026-01-07")],
  });
  const { milestones } = schedule([plan], {}, { ratios: usual.ratios.slice(1) });

  expect(milestones[0]?.forecast).toMatchObject({
    kind: "too-little-history",
    finished: 7,
    network: "2026-01-06",
    levelled: "2026-01-08",
    margin: -1,
  });
});

test("a milestone whose tasks are completed is done, and one without tasks that count is empty", () => {
  const plan = board(
    [
      task("A-1", { status: "completed", milestone: "M1" }),
      task("A-2", { status: "deferred", milestone: "M1" }),
      task("A-3", { status: "deferred", milestone: "M2" }),
    ],
    { milestones: [milestone("M1", "One"), milestone("M2", "Two"), milestone("M3", "Three")] },
  );
  const { milestones, plans } = schedule([plan]);

  expect(milestones.map(({ forecast }) => forecast.kind)).toEqual(["done", "empty", "empty"]);
  expect(plans[0]).toMatchObject({ forecast: { kind: "done" }, critical: { count: 0, paths: [] } });
});

test("people have their plans together: one plan's work delays the other's", () => {
  const other = board([mine("B-1", 12, { scope: "b.csv", priority: 4 })], { path: "b.csv" });
  const { plans } = schedule([board([mine("A-1", 12, { priority: 0 })]), other], {}, noSpread);

  expect(plans.map(({ path, forecast }) => [path, "levelled" in forecast && forecast.levelled])).toEqual([
    ["docs/plan.csv", "2026-01-06"],
    ["b.csv", "2026-01-08"],
  ]);
});

test("what was assumed and what was left out is told, a group at a time", () => {
  const plan = board([
    mine("A-1", 4, { phase: "MVP" }),
    task("A-2", { owner: "mira", phase: "MVP" }),
    task("A-3", { phase: "MVP", dependencies: ["Z-1"] }),
    mine("A-4", 4, { status: "deferred" }),
  ]);
  const { assumed, leftOut } = schedule([plan]);

  expect(assumed.map((one) => ({ ...one, tasks: one.tasks.map(({ id }) => id) }))).toEqual([
    { kind: "estimate", from: "phase", hours: 4, tasks: ["A-2", "A-3"] },
    { kind: "unassigned", tasks: ["A-3"] },
  ]);
  expect(leftOut.map(({ kind }) => kind)).toEqual(["unknown-dependency", "deferred"]);
});

test("dates go by the day of the team's time zone, and stay the same all day", () => {
  const evening = Date.parse("2026-01-05T22:30:00Z");
  const of = (timezone: string, now: number) => {
    const settings = configuration({ summary: { ...configuration().summary, timezone } });
    return planned(scheduleOf({ boards: [board([mine("A-1", 6)])], configuration: settings, spread: usual, now, revision: "r" }))["A-1"];
  };

  expect(of("UTC", evening)).toBe("2026-01-05 – 2026-01-05");
  expect(of("Europe/Helsinki", evening)).toBe("2026-01-06 – 2026-01-06");
  expect(of("Europe/Helsinki", evening + 20 * 3_600_000)).toBe("2026-01-06 – 2026-01-06");
});

test("critical paths beyond those anybody reads are counted", () => {
  const plan = board(Array.from({ length: 15 }, (_, i) => mine(`A-${i + 1}`, 6)));
  const [whole] = schedule([plan]).plans;

  expect(whole?.critical.count).toBe(15);
  expect(whole?.critical.paths).toHaveLength(mostPaths);
});

test("hours, dates and zones of any size end in a date", () => {
  const plan = board([
    mine("A-1", 1e9, { start: "9999-12-31", due: "0001-01-01", status: "in-progress", state: { since: Number.NaN } }),
    mine("A-2", 0.0001, { dependencies: ["A-1"], start: "9999-12-31" }),
  ]);
  const one = schedule([plan], capacity({ hoursPerDay: 0.001, owners: { mira: 1e-9 } }));

  for (const { earliest, latest, planned: dates } of one.tasks.values())
    for (const { start, finish } of [earliest, latest, dates]) expect(`${start} ${finish}`).toMatch(/^\d{4}-\d\d-\d\d \d{4}-\d\d-\d\d$/);
});

test("the order of the rows changes nothing, and the same revision has the same dates", () => {
  const byId = (some: Schedule["milestones"]) => some.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const brief = (one: Schedule) => ({
    tasks: Object.fromEntries([...one.tasks].toSorted(([a], [b]) => (a < b ? -1 : 1))),
    milestones: byId(one.milestones),
    plans: one.plans.map((plan) => ({ ...plan, milestones: byId(plan.milestones) })),
  });
  fc.assert(
    fc.property(anyRows(12), fc.infiniteStream(fc.nat()), (rows, random) => {
      const tasks = tasksOf(rows).map((row, i) => ({ ...row, phase: i % 2 === 0 ? "P" : "Q", hours: i % 5 === 4 ? null : row.hours }));
      const shuffled = tasks.map((row) => ({ row, key: random.next().value })).toSorted((a, b) => a.key - b.key);
      const first = schedule([board(tasks)]);
      expect(brief(schedule([board(shuffled.map(({ row }) => row))]))).toEqual(brief(first));
      expect(schedule([board(tasks)])).toEqual(first);
    }),
    { numRuns: 50 },
  );
});
