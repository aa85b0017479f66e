import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { at, board, cause, hold, task } from "../../../test/board.ts";
import { type Move, type Status, statuses } from "../words.ts";
import { endsOf, type Happened, happenedOn, isEventful, lookBack, slipsOf, toldLately } from "./digest.ts";
import type { MilestoneForecast } from "./schedule.ts";

const week = 7 * 24 * 60;
const scope = "docs/plan.csv";

const move = (id: string, minutes: number, [before, after]: readonly [Status | null, Status]): Move => ({
  scope,
  token: id,
  at: at(minutes),
  before,
  after,
  cause: cause(),
});

/** What happened in the week after `at(0)`; the plan is watched from `watched` on. */
function inTheWeek(
  moves: readonly Move[],
  { watched = -10 * week, told = [], tasks }: { watched?: number; told?: readonly string[]; tasks?: Parameters<typeof board>[0] } = {},
): Happened {
  const ids = [...new Set(moves.map(({ token }) => token))];
  const shown = tasks ?? ids.map((id) => task(id, { status: moves.findLast(({ token }) => token === id)?.after ?? "todo" }));
  const period = { after: at(0), until: at(week), told: new Set(told) };
  return happenedOn(board(shown), at(watched), { moves, period });
}

/** Ids by the names of their lists; empty lists left out. */
function ids({ completed, started, blocked, others, stillBlocked }: Happened): Readonly<Record<string, readonly string[]>> {
  const lists = {
    completed: completed.map((one) => one.task.id),
    started: started.map((one) => one.task.id),
    blocked: blocked.map((one) => one.task.id),
    others: others.map((one) => one.task.id),
    stillBlocked: stillBlocked.map(({ id }) => id),
  };
  return Object.fromEntries(Object.entries(lists).filter(([, list]) => list.length > 0));
}

describe("each task is told once, by where it stood before and after the period", () => {
  test.each<readonly [string, readonly (readonly [Status | null, Status])[], string | null]>([
    [
      "begun and completed is completed",
      [
        ["todo", "in-progress"],
        ["in-progress", "completed"],
      ],
      "completed",
    ],
    ["begun is newly started", [["todo", "in-progress"]], "started"],
    ["taken up again after it was put off is newly started", [["deferred", "in-progress"]], "started"],
    ["held is newly blocked", [["in-progress", "blocked"]], "blocked"],
    [
      "held and released again is nothing",
      [
        ["in-progress", "blocked"],
        ["blocked", "in-progress"],
      ],
      null,
    ],
    [
      "begun and taken back is nothing",
      [
        ["todo", "in-progress"],
        ["in-progress", "todo"],
      ],
      null,
    ],
    ["released goes on, and is not newly started", [["blocked", "in-progress"]], "others"],
    ["reopened is no start", [["completed", "in-progress"]], "others"],
    ["put off is told too", [["todo", "deferred"]], "others"],
    ["a row that is new is no news", [[null, "todo"]], null],
    ["a row that is new and completed is completed", [[null, "completed"]], "completed"],
  ])("%s", (_, steps, list) => {
    const happened = inTheWeek(steps.map((step, i) => move("A-1", 10 + i, step)));

    expect(ids(happened)).toEqual(list === null ? {} : { [list]: ["A-1"] });
    expect(isEventful(happened)).toBe(list !== null);
  });
});

test("what happened at the very end of a period is told in it, and a moment later in the next", () => {
  const completed = (minutes: number) => ids(inTheWeek([move("A-1", minutes, ["todo", "completed"])]));

  expect(completed(week)).toEqual({ completed: ["A-1"] });
  expect(completed(week + 1)).toEqual({});
});

test("nothing that was before the plan was watched is told, however much was read of it", () => {
  const moves = [move("A-1", 30, ["todo", "completed"]), move("A-2", 31, ["todo", "completed"])];

  expect(ids(inTheWeek(moves, { watched: 30 }))).toEqual({ completed: ["A-2"] });
  expect(ids(inTheWeek(moves, { watched: 31 }))).toEqual({});
});

test("what became known late is told in the next digest and nothing twice, but for what came more than a day late", () => {
  const known = move("A-1", -5, ["todo", "completed"]);
  const late = move("A-2", -4, ["todo", "completed"]);
  const tooLate = move("A-3", -24 * 60, ["todo", "completed"]);
  const told = toldLately([known], at(0));

  expect(told).toHaveLength(1);
  expect(lookBack({ after: at(0) })).toBe(at(-24 * 60));
  expect(ids(inTheWeek([tooLate, known, late], { told }))).toEqual({ completed: ["A-2"] });
  expect(toldLately([tooLate], at(0))).toEqual([]);
  expect(toldLately([move("A-4", 1, ["todo", "completed"])], at(0))).toEqual([]);
});

test("blocked before and blocked now is still blocked, and no reason to post anything", () => {
  const held = (id: string, since: number) =>
    task(id, { status: "blocked", state: { since: at(since), holds: [hold("audit", { since: at(since) })] } });
  const tasks = [held("A-1", -500), held("A-2", 50), held("A-3", week + 5), task("A-4", { status: "in-progress" })];
  const happened = inTheWeek([move("A-2", 50, ["todo", "blocked"])], { tasks });

  expect(ids(happened)).toEqual({ blocked: ["A-2"], stillBlocked: ["A-1"] });
  expect(isEventful(inTheWeek([], { tasks }))).toBe(false);
});

test("a task with the same id in another folder did not move", () => {
  const tasks = [task("A-1"), task("A-1", { scope: "other/plan.csv" })];

  expect(inTheWeek([move("A-1", 5, ["todo", "completed"])], { tasks }).completed.map((one) => one.task.scope)).toEqual([scope]);
});

test("whenever the period is cut in two, no completion is lost or told twice", () => {
  const step = fc.record({ id: fc.constantFrom("A-1", "A-2", "A-3"), minutes: fc.integer({ min: 1, max: week }) });
  fc.assert(
    fc.property(fc.uniqueArray(step, { selector: ({ id }) => id }), fc.integer({ min: 0, max: week }), (steps, cut) => {
      const moves = steps.map(({ id, minutes }) => move(id, minutes, ["todo", "completed"])).sort((a, b) => a.at - b.at);
      const shown = board(steps.map(({ id }) => task(id, { status: "completed" })));
      const until = (moment: number, after: number, told: readonly string[]) =>
        happenedOn(shown, at(0), { moves, period: { after: at(after), until: at(moment), told: new Set(told) } }).completed;
      const [first, second] = [until(cut, 0, []), until(week, cut, toldLately(moves, at(cut)))];

      expect([...first, ...second].map((one) => one.task.id)).toEqual(moves.map(({ token }) => token));
    }),
  );
});

test("every change of status is on one list, and no change is on none", () => {
  const pair = fc.tuple(fc.constantFrom(...statuses), fc.constantFrom(...statuses));
  fc.assert(
    fc.property(pair, ([before, after]) => {
      const { completed, started, blocked, others } = inTheWeek([move("A-1", 5, [before, after])]);

      expect([completed, started, blocked, others].filter((list) => list.length > 0)).toHaveLength(before === after ? 0 : 1);
    }),
  );
});

describe("slipping", () => {
  const ending = (id: string, levelled: string): MilestoneForecast => ({
    id,
    title: id,
    due: null,
    forecast: { kind: "too-little-history", finished: 0, network: levelled, levelled, margin: null, movers: [] },
  });
  const done: MilestoneForecast = { id: "M9", title: "M9", due: null, forecast: { kind: "done" } };

  test("is what is planned to end later than the last digest knew, the farthest first", () => {
    const ends = endsOf([ending("M1", "2026-03-02"), ending("M2", "2026-03-02"), ending("M3", "2026-03-02"), done]);
    const now = [ending("M1", "2026-03-03"), ending("M2", "2026-04-02"), ending("M3", "2026-03-02"), ending("M4", "2026-09-01"), done];

    expect(ends).not.toHaveProperty("M9\n0");
    expect(slipsOf(now, ends).map(({ milestone, was, now }) => [milestone.id, was, now])).toEqual([
      ["M2", "2026-03-02", "2026-04-02"],
      ["M1", "2026-03-02", "2026-03-03"],
    ]);
  });

  test("is not what comes earlier, or is done", () => {
    expect(slipsOf([ending("M1", "2026-03-01"), done], { "M1\n0": "2026-03-02", "M9\n0": "2026-03-02" })).toEqual([]);
  });

  test("the first phases of two folders are two milestones", () => {
    const ends = endsOf([ending("Setup", "2026-03-02"), ending("Setup", "2026-05-04")]);

    expect(slipsOf([ending("Setup", "2026-03-02"), ending("Setup", "2026-05-05")], ends).map(({ was }) => was)).toEqual(["2026-05-04"]);
  });
});
