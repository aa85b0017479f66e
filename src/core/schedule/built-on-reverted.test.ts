import { expect, test } from "vitest";
import { board, task } from "../../../test/board.ts";
import type { Finding, Status } from "../words.ts";
import { withBuiltOnReverted } from "./built-on-reverted.ts";

const lost: Finding = { code: "work-lost", token: "AUTH-5", message: "what completed it was reverted by #12" };
const reverted = task("AUTH-005", { status: "in-progress", state: { findings: [lost] } });
const dependant = (status: Status, dependencies = ["AUTH-5"]) => task("FE-004", { status, dependencies });
const findingsOf = (...tasks: readonly ReturnType<typeof task>[]) =>
  withBuiltOnReverted([board(tasks)])[0]?.tasks.find((one) => one.id === "FE-004")?.state.findings;

test.each(["completed", "in-progress"] as const)("a task that is %s and depends on reverted work is told so", (status) => {
  expect(findingsOf(reverted, dependant(status))).toEqual([
    expect.objectContaining({ code: "built-on-reverted", token: "FE-4", message: "it depends on AUTH-005, whose work was reverted" }),
  ]);
});

test.each(["todo", "deferred"] as const)("a task that is %s is built on nothing yet", (status) => {
  expect(findingsOf(reverted, dependant(status))).toEqual([]);
});

test("a task under way that is blocked is told so as well", () => {
  const held = task("FE-004", { status: "blocked", dependencies: ["AUTH-5"], state: { underneath: "in-progress" } });
  expect(findingsOf(reverted, held)).toHaveLength(1);
});

test("nothing is said where the work stands, or where the task does not depend on it", () => {
  expect(findingsOf(task("AUTH-005", { status: "in-progress" }), dependant("completed"))).toEqual([]);
  expect(findingsOf(reverted, dependant("completed", ["AUTH-6"]))).toEqual([]);
  expect(findingsOf(reverted, task("FE-004", { status: "completed", dependencies: ["AUTH-5"], scope: "other.csv" }))).toEqual([]);
});
