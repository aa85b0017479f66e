import { expect, test } from "vitest";
import { task } from "../../../test/board.ts";
import type { BoardTask } from "../words.ts";
import { readinessOf } from "./readiness.ts";
import { taskKey } from "./task-key.ts";

const readyIds = (tasks: readonly BoardTask[]): readonly string[] => {
  const readiness = readinessOf(tasks);
  return tasks.filter(({ scope, token }) => readiness.get(taskKey(scope, token))?.ready).map(({ id }) => id);
};
const waitsFor = (tasks: readonly BoardTask[], token: string, scope = "docs/plan.csv"): readonly string[] =>
  (readinessOf(tasks).get(taskKey(scope, token))?.waitingOn ?? []).map(({ id }) => id);

test("a task is ready once all it depends on is completed or deferred", () => {
  const tasks = [
    task("A-1", { status: "completed" }),
    task("A-2", { status: "deferred" }),
    task("A-3", { status: "in-progress" }),
    task("A-4", { dependencies: ["A-1", "A-2"] }),
    task("A-5", { dependencies: ["A-1", "A-3", "A-3"] }),
  ];

  expect(readyIds(tasks)).toEqual(["A-4"]);
  expect(waitsFor(tasks, "A-5")).toEqual(["A-3"]);
});

test("a task that is under way, blocked or finished is not ready to begin", () => {
  const tasks = [task("A-1", { status: "in-progress" }), task("A-2", { status: "blocked" }), task("A-3", { status: "completed" })];

  expect(readyIds(tasks)).toEqual([]);
});

test("a finished task waits on nothing, whatever its row lists", () => {
  const tasks = [task("A-1"), task("A-2", { status: "completed", dependencies: ["A-1"] })];

  expect(waitsFor(tasks, "A-2")).toEqual([]);
});

test("an id no plan knows, and the task itself, keep nobody waiting", () => {
  expect(readyIds([task("A-1", { dependencies: ["A-99", "A-1"] })])).toEqual(["A-1"]);
});

test("the same id in another folder is another task", () => {
  const tasks = [
    task("T1", { scope: "specs/one", status: "completed" }),
    task("T2", { scope: "specs/one", dependencies: ["T1"] }),
    task("T1", { scope: "specs/two" }),
    task("T2", { scope: "specs/two", dependencies: ["T1"] }),
  ];

  expect(waitsFor(tasks, "T2", "specs/one")).toEqual([]);
  expect(waitsFor(tasks, "T2", "specs/two")).toEqual(["T1"]);
});

test("recurring work that is under way keeps nobody waiting, because it never ends", () => {
  const tasks = [
    task("OPS-1", { recurring: true, status: "in-progress" }),
    task("OPS-2", { recurring: true, status: "blocked" }),
    task("A-1", { dependencies: ["OPS-1"] }),
    task("A-2", { dependencies: ["OPS-2"] }),
  ];

  expect(readyIds(tasks)).toEqual(["A-1"]);
});
