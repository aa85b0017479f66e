import { expect, test } from "vitest";
import { at, board, cause, task } from "../../../test/board.ts";
import { readPlan } from "../plan/read-plan.ts";
import type { Plan, Status } from "../words.ts";
import { planChanges } from "./plan-changes.ts";

const merged = cause({ rule: "pull-merged", link: "pull/7", words: "title: A-1" });

function plan(rows: readonly (readonly [id: string, status: string, done?: string])[]): Plan {
  const lines = rows.map(([id, status, done = ""]) => `${id},Task ${id},${status},${done}`);
  const text = `${["id,title,status,completion_date", ...lines].join("\n")}\n`;
  return readPlan({ path: "docs/plan.csv", text }).plan ?? fail();
}

function fail(): never {
  throw new Error("that is no plan");
}

/** A task of the board: what its row said when the board was derived, and what it is. */
const known = (id: string, row: Status, status: Status, since = at(60)) => ({
  ...task(id, { status: row, state: { status, since, cause: merged } }),
});

test("a row that says something else than the board is to say what the board knows, with the day it was completed", () => {
  const changes = planChanges(
    board([known("A-1", "todo", "completed"), known("A-2", "todo", "todo")]),
    plan([
      ["A-1", "todo"],
      ["A-2", "todo"],
    ]),
  );

  expect(changes.stale.map(({ row, to }) => [row.id, to])).toEqual([["A-1", { status: "completed", completed: "2026-01-05" }]]);
  expect(changes.left).toEqual([]);
});

test("a hold lasts, so a blocked task is written as blocked", () => {
  const changes = planChanges(board([known("A-1", "todo", "blocked")]), plan([["A-1", "todo"]]));

  expect(changes.stale.map(({ to }) => to)).toEqual([{ status: "blocked" }]);
});

test("a task that is opened again loses its day", () => {
  const changes = planChanges(board([known("A-1", "completed", "in-progress")]), plan([["A-1", "completed", "2026-01-02"]]));

  expect(changes.stale.map(({ to }) => to)).toEqual([{ status: "in-progress", completed: null }]);
});

test("a day that somebody wrote stays, and one that is missing is written only where something beside the plan told it", () => {
  const dated = planChanges(board([known("A-1", "completed", "completed")]), plan([["A-1", "done", "2026-01-02"]]));
  const undated = planChanges(board([known("A-1", "completed", "completed")]), plan([["A-1", "done"]]));
  const byPlan = planChanges(board([task("A-1", { status: "completed" })]), plan([["A-1", "done"]]));

  expect([dated, undated, byPlan].map(({ stale }) => stale.map(({ to }) => to))).toEqual([[], [{ completed: "2026-01-05" }], []]);
});

test("a row that somebody changed since the board was derived is left as it is, and told", () => {
  const changes = planChanges(board([known("A-1", "todo", "completed")]), plan([["A-1", "deferred"]]));

  expect(changes.stale).toEqual([]);
  expect(changes.left.map(({ row }) => [row.id, row.status])).toEqual([["A-1", "deferred"]]);
});

test("rows that recur, and rows that only one of the two has, are not written", () => {
  const changes = planChanges(
    board([known("A-1", "in-progress", "completed"), known("A-2", "todo", "completed")]),
    plan([
      ["A-1", "recurring"],
      ["A-3", "todo"],
    ]),
  );

  expect(changes).toEqual({ stale: [], left: [] });
});
