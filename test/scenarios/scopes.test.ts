import { expect, test } from "vitest";
import { people } from "./plans.ts";
import { type Stage, setStage } from "./stage.ts";

const minute = 60_000;
const tasksPath = ".taskmaster/tasks/tasks.json";

/** A Task Master file with two tags that both have a task 1. */
function tagged(alpha: string, beta: string): string {
  const task = (id: number, title: string, status: string, dependencies: readonly number[] = []) => ({ id, title, status, dependencies });
  return JSON.stringify(
    {
      alpha: { tasks: [task(1, "Read the file", alpha), task(2, "Write the file", "pending", [1])] },
      beta: { tasks: [task(1, "Draw the picture", beta)] },
    },
    null,
    2,
  );
}

const specs = (box: string): string => `# Tasks\n\n## Phase 1: Setup\n\n- [${box}] T001 Make the folder\n- [ ] T002 [P] Fill the folder\n`;

async function statusesOf(stage: Stage): Promise<readonly string[]> {
  const { rows } = await stage.pool.query("select scope, token, status from tasks where present order by scope, token");
  return rows.map((row) => `${row.scope} ${row.token} ${row.status}`);
}

test("ids that are unique only in a tag or in a folder are tasks of their own, each with its own status and history", async () => {
  const files = {
    [tasksPath]: tagged("pending", "pending"),
    "specs/001-login/tasks.md": specs(" "),
    "specs/002-chart/tasks.md": specs(" "),
  };
  const stage = await setStage({ files, people });
  await stage.sandbox.install([stage.repository]);
  await stage.settle();
  expect(await statusesOf(stage)).toEqual([
    `${tasksPath}#alpha 1 todo`,
    `${tasksPath}#alpha 2 todo`,
    `${tasksPath}#beta 1 todo`,
    "specs/001-login T1 todo",
    "specs/001-login T2 todo",
    "specs/002-chart T1 todo",
    "specs/002-chart T2 todo",
  ]);

  stage.sandbox.clock.advance(minute);
  await stage.repository.push({
    branch: "main",
    by: "mira",
    commits: [{ message: "Tick what is done", files: { [tasksPath]: tagged("done", "pending"), "specs/002-chart/tasks.md": specs("x") } }],
  });
  await stage.settle();

  const done = (await statusesOf(stage)).filter((line) => !line.endsWith(" todo"));
  expect(done).toEqual([`${tasksPath}#alpha 1 completed`, "specs/002-chart T1 completed"]);
  const { rows } = await stage.pool.query("select entity_id, after from audit_log where action = 'task.status_changed' order by entity_id");
  expect(rows).toEqual([
    { entity_id: `${tasksPath}#alpha#1`, after: { status: "completed" } },
    { entity_id: "specs/002-chart#T001", after: { status: "completed" } },
  ]);
  expect(await stage.problems()).toEqual([]);
});

test("a tag that is dropped takes its tasks along, and leaves those of the other tag alone", async () => {
  const stage = await setStage({ files: { [tasksPath]: tagged("pending", "pending") }, people });
  await stage.sandbox.install([stage.repository]);
  await stage.settle();
  stage.sandbox.clock.advance(minute);
  const smaller = JSON.stringify({ beta: { tasks: [{ id: 1, title: "Draw the picture", status: "in-progress", dependencies: [] }] } });
  await stage.repository.push({ branch: "main", by: "mira", commits: [{ message: "Drop a tag", files: { [tasksPath]: smaller } }] });
  await stage.settle();

  expect(await statusesOf(stage)).toEqual([`${tasksPath}#beta 1 in-progress`]);
  const { rows } = await stage.pool.query("select entity_id from audit_log where action = 'task.removed' order by entity_id");
  expect(rows.map((row) => row.entity_id)).toEqual([`${tasksPath}#alpha#1`, `${tasksPath}#alpha#2`]);
  expect(await stage.problems()).toEqual([]);
});

test("of many plans ten have a comment of their own, the rest one together; a finished plan makes room", async () => {
  const path = (n: number): string => `specs/${String(n).padStart(3, "0")}-feature/tasks.md`;
  const feature = (box: string): string => `# Tasks\n\n- [${box}] T001 [P] Build it\n- [${box}] T002 Try it\n`;
  const files = Object.fromEntries(Array.from({ length: 12 }, (_, n) => [path(n + 1), feature(n === 0 ? "x" : " ")]));
  const stage = await setStage({ files, people });
  await stage.sandbox.install([stage.repository]);
  await stage.settle();
  const comments = () =>
    stage.repository.comments(stage.repository.issues.find((issue) => issue.byApp)?.number ?? 0).map(({ body }) => body);
  expect(comments()).toHaveLength(11);
  expect(comments().filter((body) => body.includes(path(1)))).toEqual([]);
  expect(comments().find((body) => body.includes("1 more plan with open work"))).toContain(path(12));

  stage.sandbox.clock.advance(minute);
  await stage.repository.push({ branch: "main", by: "mira", commits: [{ message: "Tick", files: { [path(3)]: feature("x") } }] });
  await stage.settle({ hasten: true });
  expect(comments()).toHaveLength(12);
  expect(comments().filter((body) => body.includes("No further plans"))).toHaveLength(1);
  expect(comments().find((body) => body.includes(path(3)))).toContain("2 of 2 tasks completed");
  expect(await stage.problems()).toEqual([]);
});
