import { describe, expect, test } from "vitest";
import { planIn, settingsOf, standingPlans } from "../../../test/standing-plans.ts";
import { plansAfter, type StandingPlans } from "../status/plans-after.ts";
import type { Board, BoardTask, Status } from "../words.ts";
import { boardsAfter } from "./boards-after.ts";

const csv = (...rows: readonly string[]): string => `${["id,task,status,milestone,dependencies,hours", ...rows].join("\n")}\n`;

/** The boards after an edit of these files (null: taken away), as `path: id status milestone …`. */
function edited(now: StandingPlans, files: Readonly<Record<string, string | null>>): readonly string[] {
  const edits = Object.entries(files).map(([path, text]) => {
    const before = now.boards.find((board) => board.path === path);
    const plan = before === undefined ? null : { ...planIn(path, text ?? csv("X-1,x,todo,,,")), tasks: before.tasks };
    return { path, before: plan, after: text === null ? null : planIn(path, text) };
  });
  return told(boardsAfter(now, plansAfter(now, { commit: "head", edits, configuration: null }), []));
}

const told = (boards: readonly Board[]): readonly string[] =>
  boards.map(
    ({ path, tasks }) => `${path}: ${tasks.map(({ id, state, milestone }) => [id, state.status, milestone ?? "-"].join(" ")).join(", ")}`,
  );

/** The same plans when a task has another status than its row says. */
const standing = (now: StandingPlans, id: string, status: Status): StandingPlans => ({
  ...now,
  boards: now.boards.map((board) => ({
    ...board,
    tasks: board.tasks.map((task): BoardTask => (task.id === id ? { ...task, state: { ...task.state, status } } : task)),
  })),
});

describe("the boards after a merge", () => {
  const one = standing(standingPlans({ "a.csv": csv("A-1,Read,todo,M1,,", "A-2,Write,todo,M1,,") }), "A-1", "in-progress");

  test("have the rows of the edit in its order with what they declare, and the statuses that are known", () => {
    expect(edited(one, { "a.csv": csv("A-3,Draw,done,M2,,", "A-2,Write,todo,M2,,", "A-1,Read,todo,M1,A-3,") })).toEqual([
      "a.csv: A-3 completed M2, A-2 todo M2, A-1 in-progress M1",
    ]);
  });

  test("leave out what is removed, and the plan whose file is taken away", () => {
    const two = standingPlans({ "a.csv": csv("A-1,Read,todo,,,", "A-2,Write,todo,,,"), "b.csv": csv("B-1,Print,todo,,,") });

    expect(edited(two, { "a.csv": csv("A-2,Write,todo,,,"), "b.csv": null })).toEqual(["a.csv: A-2 todo -"]);
  });

  test("have a new plan beside the others", () => {
    expect(edited(one, { "specs/001-login/tasks.md": "# Tasks\n\n## Phase 1: Setup\n\n- [ ] T001 Make the folder\n" })).toEqual([
      "a.csv: A-1 in-progress M1, A-2 todo M1",
      "specs/001-login/tasks.md: T001 todo -",
    ]);
  });

  test("tell tasks with one id in two scopes apart", () => {
    const tags = (alpha: string, beta: string): string =>
      JSON.stringify({
        alpha: { tasks: [{ id: 1, title: "Read", status: alpha, dependencies: [] }] },
        beta: { tasks: [{ id: 1, title: "Draw", status: beta, dependencies: [] }] },
      });
    const path = ".taskmaster/tasks/tasks.json";
    const now = standingPlans({ [path]: tags("pending", "pending") });
    const known: StandingPlans = {
      ...now,
      boards: now.boards.map((board) => ({
        ...board,
        tasks: board.tasks.map((task) =>
          task.scope.endsWith("#beta") ? { ...task, state: { ...task.state, status: "completed" } } : task,
        ),
      })),
    };

    expect(edited(known, { [path]: tags("pending", "pending").replace("Read", "Read it") })).toEqual([`${path}: 1 todo -, 1 completed -`]);
  });

  test("are not changed by an edit of a file that only shows a plan", () => {
    const shown = (status: string): string =>
      `# Plan\n\n<!-- PLAN:BEGIN -->\n\n| Id | Task | Status |\n| --- | --- | --- |\n| A-1 | Read | ${status} |\n| A-2 | Write | todo |\n\n<!-- PLAN:END -->\n`;
    const now = standingPlans({ "a.csv": csv("A-1,Read,todo,,,", "A-2,Write,todo,,,"), "plan.md": shown("todo") });

    expect(edited(now, { "plan.md": shown("done") })).toEqual(["a.csv: A-1 todo -, A-2 todo -"]);
  });

  test("keep the milestones that a file tells which goes on to show the plan under its new name", () => {
    const master = [
      ...["# Plan", "", "| ID | Milestone | Target |", "|---|---|---|", "| M1 | Login | 2026-03-20 |", ""],
      ...["<!-- PLAN:BEGIN -->", "", "| Id | Task | Status |", "| --- | --- | --- |", "| A-1 | Read | todo |", "", "<!-- PLAN:END -->", ""],
    ].join("\n");
    const now = standingPlans({ "a.csv": csv("A-1,Read,todo,M1,,"), "plan.md": master });
    const renamed = plansAfter(now, {
      commit: "head",
      configuration: null,
      edits: [
        { path: "a.csv", before: planIn("a.csv", csv("A-1,Read,todo,M1,,")), after: null },
        { path: "tasks.csv", before: null, after: planIn("tasks.csv", csv("A-1,Read,todo,M1,,")) },
      ],
    });
    const [board, ...others] = boardsAfter(now, renamed, []);

    expect([board?.path, board?.milestones.map(({ id }) => id), others]).toEqual(["tasks.csv", ["M1"], []]);
  });
});

test("an edited configuration is the one in force, and plans stay as they are", () => {
  const now = standingPlans({ "a.csv": csv("A-1,Read,todo,,,") }, "capacity: {hours_per_day: 6}\n");
  const planned = plansAfter(now, { commit: "head", edits: [], configuration: settingsOf("capacity: {hours_per_day: 4}\n") });

  expect(planned.configuration.capacity.hoursPerDay).toBe(4);
  expect(told(boardsAfter(now, planned, []))).toEqual(told(now.boards));
});
