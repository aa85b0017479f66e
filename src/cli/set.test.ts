import { chmod, mkdir, readFile, stat, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { set } from "./set.ts";

async function folderOf(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  const cwd = await temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(cwd, path)), { recursive: true });
    await writeFile(join(cwd, path), text);
  }
  return cwd;
}

async function runIn(cwd: string, ...args: readonly string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await set.run(args, { out: (text) => out.push(text), err: (text) => err.push(text), cwd, env: {} });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

const plan = "\uFEFFid,task,status,done_at\r\nA-001,One,Done,2026-01-01\r\nA-002,Two,Doing,\r\n";
const diff = `--- a/plan.csv
+++ b/plan.csv
@@ -1,3 +1,3 @@
 \uFEFFid,task,status,done_at\r
 A-001,One,Done,2026-01-01\r
-A-002,Two,Doing,\r
+A-002,Two,Done,2026-02-03\r`;

test("a change is shown as a diff, and nothing is written", async () => {
  const cwd = await folderOf({ "plan.csv": plan });

  expect(await runIn(cwd, "plan.csv", "a-2", "completed", "--date", "2026-02-03")).toEqual({ code: 0, out: diff, err: "" });
  expect(await readFile(join(cwd, "plan.csv"), "utf8")).toBe(plan);
});

test("--write puts it into the file, byte order mark, line ends and mode kept", async () => {
  const cwd = await folderOf({ "plan.csv": plan });
  await chmod(join(cwd, "plan.csv"), 0o640);

  expect(await runIn(cwd, "plan.csv", "A-002", "done", "--write")).toMatchObject({
    code: 0,
    out: expect.stringContaining("plan.csv is written: A-002 is completed"),
  });
  expect(await readFile(join(cwd, "plan.csv"), "utf8")).toBe(plan.replace("Doing", "Done"));
  expect((await stat(join(cwd, "plan.csv"))).mode & 0o777).toBe(0o640);
});

test("what a task is already is said, and no file touched", async () => {
  const cwd = await folderOf({ "plan.csv": plan });
  const before = await stat(join(cwd, "plan.csv"));

  expect(await runIn(cwd, "plan.csv", "A-002", "in progress", "--write")).toEqual({
    code: 0,
    out: "A-002 is in-progress in plan.csv already",
    err: "",
  });
  expect((await stat(join(cwd, "plan.csv"))).ino).toBe(before.ino);
});

test("what has no place in the file is told, and then nothing is written", async () => {
  const cwd = await folderOf({ "plan.csv": "id,task,status\nA-1,One,todo\n" });
  const { code, err } = await runIn(cwd, "plan.csv", "A-1", "done", "--date", "2026-01-01", "--write");

  expect(code).toBe(1);
  expect(err).toContain("plan.csv:2:1 error cannot-write completed of “A-1” is not written: there is no column of completion dates");
  expect(await readFile(join(cwd, "plan.csv"), "utf8")).toContain("A-1,One,todo");
});

test("--json tells of it all", async () => {
  const cwd = await folderOf({ "plan.csv": plan });

  expect(JSON.parse((await runIn(cwd, "plan.csv", "A-2", "completed", "--date", "2026-02-03", "--json")).out)).toEqual({
    path: "plan.csv",
    id: "A-002",
    before: "in-progress",
    after: "completed",
    diff,
    written: false,
    hindrance: null,
    problems: [],
  });
});

test("a task that is not there is told with the nearest id", async () => {
  const cwd = await folderOf({ "plan.csv": plan });

  expect(await runIn(cwd, "plan.csv", "A-003", "done")).toMatchObject({
    code: 1,
    err: expect.stringContaining("there is no task A-003 in it; the nearest is A-00"),
  });
});

test("an id that stands in several scopes needs one of them", async () => {
  const tag = { tasks: [{ id: 1, title: "One", status: "pending", dependencies: [] }] };
  const cwd = await folderOf({ "tasks.json": JSON.stringify({ main: tag, next: tag }) });

  expect(await runIn(cwd, "tasks.json", "1", "done")).toMatchObject({
    code: 2,
    err: expect.stringContaining("1 stands in the scopes #main, #next; name one with --scope"),
  });
  expect((await runIn(cwd, "tasks.json", "1", "done", "--scope", "next", "--json")).code).toBe(0);
});

test("a link, and a file with bytes that are not UTF-8, stay as they are", async () => {
  const cwd = await folderOf({ "real.csv": plan, "latin.csv": Buffer.from("id,task,status\nA-1,caf\xe9,todo\n", "latin1") });
  await symlink(join(cwd, "real.csv"), join(cwd, "plan.csv"));

  expect(await runIn(cwd, "plan.csv", "A-002", "done", "--write")).toMatchObject({
    code: 1,
    err: "plan.csv is not written: it is not a regular file",
  });
  expect(await runIn(cwd, "latin.csv", "A-1", "done", "--write")).toMatchObject({
    code: 1,
    err: "latin.csv is not written: it is not UTF-8",
  });
  expect(await readFile(join(cwd, "real.csv"), "utf8")).toBe(plan);
});

test("in a folder of task files the task's own file is written", async () => {
  const task = (id: string) => `---\nid: ${id}\ntitle: One\nstatus: To Do\n---\n\nWords.\n`;
  const cwd = await folderOf({
    "backlog/config.yml": 'project_name: "x"\nstatuses: ["To Do", "In Progress", "Done"]\n',
    "backlog/tasks/task-1 - One.md": task("task-1"),
    "backlog/tasks/task-2 - Two.md": task("task-2"),
  });
  const { code, out } = await runIn(cwd, "backlog", "task-2", "completed", "--write");

  expect([code, out]).toEqual([0, expect.stringContaining("+++ b/backlog/tasks/task-2 - Two.md")]);
  expect(await readFile(join(cwd, "backlog/tasks/task-2 - Two.md"), "utf8")).toContain("status: Done");
  expect(await readFile(join(cwd, "backlog/tasks/task-1 - One.md"), "utf8")).toBe(task("task-1"));
});

test.each([
  [["plan.csv"], "name a plan, an id and a status"],
  [["plan.csv", "A-1", "cooking"], "cooking is none of todo"],
  [["plan.csv", "A-1", "recurring"], "recurring is none of todo"],
  [["plan.csv", "A-1", "done", "--date", "soon"], "soon is not a day"],
  [["plan.csv", "A-1", "todo", "--date", "2026-01-01"], "--date is the day of completion"],
  [["nowhere.csv", "A-1", "done"], "there is no file or folder"],
  [["plan.csv", "A-1", "done", "--scope", "x"], "A-1 stands only in the scope plan.csv"],
])("called with %j it says what is wrong and how it is called", async (args, complaint) => {
  const { code, out, err } = await runIn(await folderOf({ "plan.csv": plan }), ...args);

  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain(complaint);
  expect(err).toContain("usage: plankeeper set");
});
