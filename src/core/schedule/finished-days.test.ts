import { expect, test } from "vitest";
import { at, board, cause, configuration, task } from "../../../test/board.ts";
import type { FinishedWork, Status } from "../words.ts";
import { finishedDays } from "./finished-days.ts";
import { calendarOf } from "./working-time.ts";

const day = 24 * 60;

const worked = (token: string, steps: readonly (readonly [number, Status])[]): FinishedWork => ({
  task: { scope: "docs/plan.csv", token, hours: null },
  history: steps.map(([days, after]) => ({ at: at(days * day), after })),
});

const done = (id: string, days: number, change: Parameters<typeof task>[1] = {}) =>
  task(id, { status: "completed", ...change, state: { since: at(days * day), cause: cause({ rule: "pull-merged" }), ...change.state } });

const daysOf = (one: ReturnType<typeof task>, work: readonly FinishedWork[], timezone = "UTC") => {
  const { start, finish } =
    finishedDays([board([one])], work, calendarOf({ ...configuration(), summary: { ...configuration().summary, timezone } })).get(
      `docs/plan.csv#${one.token}`,
    ) ?? {};
  return start === undefined ? null : `${start} to ${finish}`;
};

test("a finished task lies between the day on which it was begun and the day on which it was completed", () => {
  expect(
    daysOf(done("A-1", 4), [
      worked("A-1", [
        [0, "todo"],
        [1, "in-progress"],
        [2, "blocked"],
        [3, "in-progress"],
        [4, "completed"],
      ]),
    ]),
  ).toBe("2026-01-06 to 2026-01-09");
});

test("one that was reopened began when it was begun again", () => {
  const steps = [
    [0, "in-progress"],
    [1, "completed"],
    [5, "in-progress"],
    [6, "completed"],
  ] as const;
  expect(daysOf(done("A-1", 6), [worked("A-1", steps)])).toBe("2026-01-10 to 2026-01-11");
});

test("one that nobody was seen to begin starts as its row says, or takes the day on which it was completed", () => {
  const work = [
    worked("A-1", [
      [0, "todo"],
      [4, "completed"],
    ]),
  ];
  expect(daysOf(done("A-1", 4, { start: "2026-01-07" }), work)).toBe("2026-01-07 to 2026-01-09");
  expect(daysOf(done("A-1", 4, { start: "2026-02-07" }), work)).toBe("2026-01-09 to 2026-01-09");
  expect(daysOf(done("A-1", 4), work)).toBe("2026-01-09 to 2026-01-09");
});

test("of one that was done when its plan was first read, its row alone knows when", () => {
  const first = { state: { cause: cause({ rule: "plan-row" }) } };
  const work = [worked("A-1", [[4, "completed"]])];
  expect(daysOf(done("A-1", 4, first), work)).toBeNull();
  expect(daysOf(done("A-1", 4, { ...first, start: "2025-11-03", completed: "2025-11-05" }), work)).toBe("2025-11-03 to 2025-11-05");
  expect(
    daysOf(done("A-1", 4, first), [
      worked("A-1", [
        [0, "todo"],
        [4, "completed"],
      ]),
    ]),
  ).toBe("2026-01-09 to 2026-01-09");
});

test("days are those of the team's time zone", () => {
  // 09:00 UTC is already the next day on Kiritimati, fourteen hours ahead, from 10:00 UTC on.
  const late = { state: { since: at(4 * day + 90) } };
  expect(daysOf(done("A-1", 4, late), [], "UTC")).toBe("2026-01-09 to 2026-01-09");
  expect(daysOf(done("A-1", 4, late), [], "Pacific/Kiritimati")).toBe("2026-01-10 to 2026-01-10");
});

test("what is not completed is none of them", () => {
  expect(daysOf(task("A-1", { status: "in-progress" }), [worked("A-1", [[0, "in-progress"]])])).toBeNull();
});
