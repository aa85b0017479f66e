import { expect, test } from "vitest";
import { board, hold, task } from "../../../test/board.ts";
import type { BoardTask, DerivedTask, Status } from "../words.ts";
import { releasedBy } from "./released.ts";

const held = (id: string): BoardTask => task(id, { status: "blocked", state: { holds: [hold("waiting on B-1", { key: "on:B-1" })] } });

function then(now: BoardTask, status: Status, present = true): DerivedTask {
  const state = { ...now.state, status, holds: status === "blocked" ? now.state.holds : [] };
  const { state: _, ...declared } = now;
  const folded = { state, history: [], track: [], waitsFor: [] };
  return {
    ...{ scope: now.scope, token: now.token, path: "docs/plan.csv", watchedSince: 0, declared, present },
    stated: [],
    stored: null,
    folded,
  };
}

test("a task is released when all that holds it ends, and not when it is still held, done, gone, or was blocked by its row alone", () => {
  const byRow = task("A-6", { status: "blocked" });
  const tasks = [...["A-1", "A-2", "A-3", "A-4", "A-5"].map(held), byRow];
  const [one, two, three, four, five] = tasks;
  if (!one || !two || !three || !four || !five) throw new Error("there are five");
  const promised = [
    ...[then(one, "in-progress"), then(two, "blocked"), then(three, "completed"), then(four, "todo", false)],
    ...[then(five, "todo"), then(byRow, "todo")],
  ];

  expect(
    releasedBy([board(tasks)], promised).map(({ task: { id, state }, holds }) => [id, state.status, holds.map(({ reason }) => reason)]),
  ).toEqual([
    ["A-1", "in-progress", ["waiting on B-1"]],
    ["A-5", "todo", ["waiting on B-1"]],
  ]);
});
