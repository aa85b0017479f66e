import { expect, test } from "vitest";
import { board, configuration, milestone, task } from "../../../test/board.ts";
import { progressOf } from "./milestones.ts";
import { nearestMilestones } from "./nearest-milestone.ts";

const plan = board(
  [
    task("A-1", { status: "blocked", milestone: "M2" }),
    task("A-2", { dependencies: ["A-1"], milestone: "M2" }),
    task("A-3", { dependencies: ["A-2"], milestone: "M1" }),
    task("A-4", { dependencies: ["A-1"], milestone: "M0", status: "completed" }),
    task("B-1", { status: "blocked" }),
    task("C-1", { status: "blocked", milestone: "M3" }),
  ],
  {
    milestones: [
      milestone("M3", "Some day"),
      milestone("M2", "Beta", "2026-03-01"),
      milestone("M1", "Alpha", "2026-02-01"),
      milestone("M0", "Draft", "2026-01-01"),
    ],
  },
);
const nearest = nearestMilestones(plan.tasks, progressOf([plan], configuration()));
const of = (id: string) => plan.tasks.filter((one) => one.id === id).map((one) => nearest(one)?.id ?? null);

test("a blocker threatens the milestone due first of all that wait behind it, however far, and none that is reached", () => {
  expect(of("A-1")).toEqual(["M1"]);
});

test("a milestone without a date is better than none, and a task of none threatens none", () => {
  expect([...of("C-1"), ...of("B-1")]).toEqual(["M3", null]);
});
