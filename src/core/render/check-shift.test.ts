import { expect, test } from "vitest";
import { at, board, configuration, milestone, task } from "../../../test/board.ts";
import { row, view, withRows } from "../../../test/check-views.ts";
import { matchesGolden } from "../../../test/golden.ts";
import { offences } from "../../../test/markdown.ts";
import { web } from "../../../test/sample-plan.ts";
import { isEstimated } from "../schedule/estimates.ts";
import { impactOf } from "../schedule/impact.ts";
import { keyOf } from "../schedule/task-key.ts";
import type { Board, Status } from "../words.ts";
import { renderCheck } from "./check-run.ts";

const mine = (id: string, hours: number, change = {}) => task(id, { hours, owner: "mira", milestone: "M1", ...change });
const dueOn = (due: string) => ({ milestones: [milestone("M1", "Beta", due)] });
const tasks = [mine("A-1", 9), mine("A-2", 6, { dependencies: ["A-1"] }), task("B-1", { hours: 12, owner: "jo", dependencies: ["A-1"] })];

/** The check of a pull request that gives tasks of a plan other statuses. */
function checkOn(plan: Board, statuses: Readonly<Record<string, Status>>) {
  const rows = plan.tasks.flatMap((one) => (statuses[one.id] === undefined ? [] : [row(one, statuses[one.id] ?? "todo")]));
  const after = new Map(rows.map((one) => [keyOf(one.task), one.after]));
  const impact = impactOf({ before: [plan], after, configuration: configuration(), now: at(0) });
  const check = renderCheck(view({ pulls: [withRows(rows, { impact })] }));
  expect(offences(check.summary, web)).toEqual([]);
  return check;
}

test("the title tells by how many days a milestone is reached earlier, the summary tells the dates and the critical path", () => {
  const check = checkOn(board(tasks, dueOn("2026-03-01")), { "A-1": "completed" });

  expect(check.title).toBe("Completes 1 · unblocks 2 · Beta 0 % → 60 % · 1.5 days earlier");
  matchesGolden("render/check-shift.md", `${check.title}\n\n${check.summary}\n`);
});

test("a milestone that is still planned for a day after its due date is said to be late", () => {
  const check = checkOn(board(tasks, dueOn("2026-01-02")), { "A-1": "completed" });

  expect(check.summary).toContain("planned for 2026-01-05 instead of 2026-01-07 (1.5 days earlier, **after its due date 2026-01-02**)");
});

test("days of the whole plan are told where no milestone moves", () => {
  const loose = tasks.map((one) => ({ ...one, milestone: null }));

  expect(checkOn(board(loose), { "A-1": "completed" }).title).toBe("Completes 1 · unblocks 2 · the plan ends 1.5 days earlier");
});

test("a milestone that is finished has no end that could come earlier", () => {
  const check = checkOn(board(tasks, dueOn("2026-03-01")), { "A-1": "completed", "A-2": "completed" });

  expect(check.title).toBe("Completes 2 · unblocks 1 · Beta 0 % → 100 % · the plan ends 1.5 days earlier");
});

test("work put off makes the title say later", () => {
  const begun = board([mine("A-1", 9, { status: "completed" }), mine("A-2", 6)], dueOn("2026-03-01"));

  expect(checkOn(begun, { "A-1": "todo" }).title).toBe("Reopens 1 · unblocks 1 · Beta 60 % → 0 % · 1.5 days later");
});

test("what moves by less than a quarter of a day is not told", () => {
  const small = board([mine("A-1", 1), mine("A-2", 60)], dueOn("2026-03-01"));

  expect(checkOn(small, { "A-1": "completed" }).title).toBe("Completes 1 · Beta 0 % → 1 %");
});

test("dates are made only of plans that estimate at least half of what is left", () => {
  const guessed = task("C-1");
  const done = task("D-1", { status: "completed", hours: 4 });

  expect(isEstimated([board([mine("A-1", 9), guessed, done])])).toBe(true);
  expect(isEstimated([board([mine("A-1", 9), guessed, { ...guessed, id: "C-2" }, done])])).toBe(false);
  expect(isEstimated([board([done])])).toBe(false);
});
