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

const folders = {
  "specs/001-login/tasks.md": specs(" "),
  "specs/002-chart/tasks.md": specs(" ").replace("Make the folder", "Draw the axes").replace("Fill the folder", "Draw the lines"),
};

async function twoFeatures(): Promise<Stage> {
  const stage = await setStage({ files: folders, people });
  await stage.sandbox.install([stage.repository]);
  await stage.settle();
  stage.sandbox.clock.advance(minute);
  return stage;
}

/** A pull request with one commit, as opened; its branch is pushed first. */
async function opened(
  stage: Stage,
  ask: { readonly title: string; readonly branch: string; readonly files: Readonly<Record<string, string>> },
) {
  const { title, branch, files } = ask;
  await stage.repository.push({ branch, by: "dev", commits: [{ message: "Work", files }] });
  await stage.settle();
  stage.sandbox.clock.advance(minute);
  const pull = await stage.repository.openPull({ title, head: branch, by: "dev" });
  await stage.settle();
  stage.sandbox.clock.advance(minute);
  return pull;
}

const movedIn = async (stage: Stage) => (await statusesOf(stage)).filter((line) => !line.endsWith(" todo"));

test("a branch named for a feature folder completes that folder's T001 alone", async () => {
  const stage = await twoFeatures();
  const pull = await opened(stage, { title: "T001: axes", branch: "002-chart", files: { "axes.ts": "1" } });
  expect(stage.repository.checks(pull.headSha)[0]?.title).toContain("Completes 1");

  await stage.repository.mergePull({ number: pull.number, by: "mira", method: "squash", deleteBranch: true });
  await stage.settle();
  expect(await movedIn(stage)).toEqual(["specs/002-chart T1 completed"]);
  expect(await stage.problems()).toEqual([]);
});

test("the files of a pull request decide whose task it is where its branch does not", async () => {
  const stage = await twoFeatures();
  const pull = await opened(stage, { title: "T002: fill", branch: "topic", files: { "specs/001-login/notes.md": "1", "fill.ts": "1" } });
  expect(await movedIn(stage)).toEqual(["specs/001-login T2 in-progress"]);

  await stage.repository.mergePull({ number: pull.number, by: "mira", method: "merge", deleteBranch: true });
  await stage.settle();
  expect(await movedIn(stage)).toEqual(["specs/001-login T2 completed"]);
  expect(await stage.problems()).toEqual([]);
});

test("a mention that could be either folder's task warns in the check and changes nothing", async () => {
  const stage = await twoFeatures();
  const pull = await opened(stage, { title: "T001: set up", branch: "topic", files: { "set-up.ts": "1" } });
  const [check] = stage.repository.checks(pull.headSha);
  expect(check?.summary).toContain("`T001` was not read as a task");
  expect(check?.summary).toContain("Did you mean `001-login#T001` or `002-chart#T001`?");

  await stage.repository.mergePull({ number: pull.number, by: "mira", method: "squash", deleteBranch: true });
  await stage.settle();
  const said = await stage.repository.comment({ issue: pull.number, body: "/done T001", by: "mira" });
  await stage.settle();
  expect(await movedIn(stage)).toEqual([]);
  expect(stage.repository.reactions(said.id).map((reaction) => reaction.content)).toEqual(["confused"]);
  expect(stage.repository.comments(pull.number).at(-1)?.body).toContain("Write `001-login#T001` or `002-chart#T001`.");

  stage.sandbox.clock.advance(minute);
  await stage.repository.comment({ issue: pull.number, body: "/status 001-login#T001 done", by: "mira" });
  await stage.settle();
  expect(await movedIn(stage)).toEqual(["specs/001-login T1 completed"]);
  expect(await stage.problems()).toEqual([]);
});

test("a commit names a task of one folder by the folder's name", async () => {
  const stage = await twoFeatures();
  await stage.repository.push({
    branch: "main",
    by: "dev",
    commits: [{ message: "Draw the axes, closes 002-chart#T001", files: { "axes.ts": "1" } }],
  });
  await stage.settle();

  expect(await movedIn(stage)).toEqual(["specs/002-chart T1 completed"]);
  expect(await stage.problems()).toEqual([]);
});
