import fc from "fast-check";
import { expect, test } from "vitest";
import { cause, configuration } from "../../../test/board.ts";
import type { History, Status } from "../words.ts";
import { spreadOf } from "./spread.ts";
import { calendarOf } from "./working-time.ts";

const calendar = calendarOf(configuration());
const history = (...steps: readonly (readonly [string, Status])[]): History =>
  steps.map(([at, after], index) => ({ at: Date.parse(`2026-01-${at}Z`), before: steps[index - 1]?.[1] ?? null, after, cause: cause() }));
const ratios = (...finished: readonly (readonly [number | null, History])[]) =>
  spreadOf(
    finished.map(([hours, told]) => ({ task: { hours }, history: told })),
    calendar,
  ).ratios.map((ratio) => Math.round(ratio * 1000) / 1000);

test("a task of 4 hours that was in progress for two hours took half of its estimate", () => {
  expect(ratios([4, history(["05T08:00", "todo"], ["05T09:00", "in-progress"], ["05T11:00", "completed"])])).toEqual([0.5]);
});

test("nights and weekends are no work", () => {
  expect(ratios([6, history(["09T09:00", "in-progress"], ["12T09:00", "completed"])])).toEqual([2]);
});

test("the time in which a task was blocked, deferred or put back does not count", () => {
  const told = history(
    ["05T09:00", "in-progress"],
    ["05T11:00", "blocked"],
    ["08T09:00", "in-progress"],
    ["08T10:00", "todo"],
    ["09T08:00", "in-progress"],
    ["09T09:00", "completed"],
  );
  expect(ratios([4, told])).toEqual([1]);
});

test("a task reopened took all the time until it was completed for good", () => {
  const told = history(["05T09:00", "in-progress"], ["05T11:00", "completed"], ["07T09:00", "in-progress"], ["07T10:00", "completed"]);
  expect(ratios([3, told])).toEqual([1]);
  expect(ratios([3, told.slice(0, 3)])).toEqual([]);
});

test("what was never in progress, has no estimate, or was only set so afterwards says nothing", () => {
  expect(
    ratios(
      [4, history(["05T09:00", "todo"], ["05T11:00", "completed"])],
      [null, history(["05T09:00", "in-progress"], ["05T11:00", "completed"])],
      [0, history(["05T09:00", "in-progress"], ["05T11:00", "completed"])],
      [4, history(["05T09:00", "in-progress"], ["05T09:00", "completed"])],
      [4, history(["05T09:00", "in-progress"])],
      [4, []],
    ),
  ).toEqual([]);
});

test("one task forgotten in progress is a slow one, not a year", () => {
  const usual = [2, 3, 3, 4, 4, 4, 5, 6].map(
    (hours, i) => [4, history([`05T0${i}:00`, "in-progress"], [`05T${String(hours + i).padStart(2, "0")}:00`, "completed"])] as const,
  );
  const forgotten = [4, history(["01T09:00", "in-progress"], ["30T09:00", "completed"])] as const;
  const found = ratios(...usual, forgotten);

  expect(found).toHaveLength(9);
  expect(found.slice(0, -1)).toEqual([0.5, 0.75, 0.75, 1, 1, 1, 1.25, 1.5]);
  expect(found.at(-1)).toBeGreaterThan(1.5);
  expect(found.at(-1)).toBeLessThan(4);
});

test("the order in which histories come says nothing", () => {
  const any = fc.array(fc.integer({ min: 1, max: 60 * 24 * 20 }), { minLength: 1, maxLength: 12 });
  fc.assert(
    fc.property(any, (minutes) => {
      const start = Date.parse("2026-01-05T00:00:00Z");
      const finished = minutes.map((long) => ({
        task: { hours: 4 },
        history: [
          { at: start, before: null, after: "in-progress" as const, cause: cause() },
          { at: start + long * 60_000, before: "in-progress" as const, after: "completed" as const, cause: cause() },
        ],
      }));
      const { ratios: found } = spreadOf(finished, calendar);
      expect(spreadOf(finished.toReversed(), calendar).ratios).toEqual(found);
      expect(found).toEqual(found.toSorted((a, b) => a - b));
      expect(found.every((ratio) => ratio > 0 && Number.isFinite(ratio))).toBe(true);
    }),
  );
});
