import { expect, test } from "vitest";
import { people } from "./plans.ts";
import { type Stage, setStage } from "./stage.ts";

const minute = 60_000;

const task = (id: string, status: string, more = ""): string =>
  `---\nid: ${id}\ntitle: Title of ${id}\nstatus: ${status}\nassignee: []\n${more}dependencies: []\n---\n\n## Description\n\nWhat ${id} is for.\n`;

const one = "backlog/tasks/back-1 - Parser-+-printer.md";
const two = "backlog/tasks/back-2 - Login.md";
const done = "backlog/completed/back-3 - Plan.md";
const files = {
  "backlog/config.yml": 'project_name: "Plans"\nstatuses: ["To Do", "Cooking", "Done"]\ntask_prefix: "back"\n',
  [one]: task("BACK-1", "To Do"),
  [two]: task("BACK-2", "Cooking"),
  [done]: task("BACK-3", "Done"),
  "backlog/archive/tasks/back-1 - Plan-of-old.md": task("BACK-1", "Done"),
  "backlog/drafts/draft-1 - Plan-of-new.md": task("DRAFT-1", "Draft"),
  "src/main.ts": "export {};\n",
};

async function installed(): Promise<Stage> {
  const stage = await setStage({ files, people });
  await stage.sandbox.install([stage.repository]);
  await stage.settle();
  return stage;
}

const summaryOf = ({ repository }: Stage): string =>
  repository.comments(repository.issues.find((issue) => issue.byApp)?.number ?? 0)[0]?.body ?? "";

/** How many files' contents the app asked for. */
const fetched = ({ sandbox }: Stage): number =>
  sandbox.exchanges.filter(({ route }) => route === "GET /repos/{owner}/{repo}/git/blobs/{file_sha}").length;

test("a folder of task files is one plan, and the summary links each task to its own file", async () => {
  const stage = await installed();

  expect(await stage.statuses()).toEqual({ "BACK-1": "todo", "BACK-2": "in-progress", "BACK-3": "completed" });
  const summary = summaryOf(stage);
  expect(summary).toContain("1 of 3 tasks completed");
  expect(summary).toContain("/tree/main/backlog)");
  expect(summary).toContain("/blob/main/backlog/tasks/back-2%20-%20Login.md?plain=1#L2");
  expect(await stage.problems()).toEqual([]);
});

test("a push that edits one task's file changes that task, and only that file is fetched", async () => {
  const stage = await installed();
  const { sandbox, repository } = stage;
  const before = fetched(stage);
  sandbox.clock.advance(minute);
  await repository.push({
    branch: "main",
    by: "dev",
    commits: [{ message: "Start parsing", files: { [one]: task("BACK-1", "Cooking") } }],
  });
  await stage.settle();

  expect(await stage.statuses()).toEqual({ "BACK-1": "in-progress", "BACK-2": "in-progress", "BACK-3": "completed" });
  expect(fetched(stage) - before).toBe(1);
  expect(await stage.problems()).toEqual([]);
});

test("a task that moves to the completed ones is completed, one that is archived goes, a new one comes", async () => {
  const stage = await installed();
  const { sandbox, repository } = stage;
  sandbox.clock.advance(minute);
  await repository.push({
    branch: "main",
    by: "dev",
    commits: [
      { message: "Clean up", files: { [two]: null, "backlog/completed/back-2 - Login.md": task("BACK-2", "Done") } },
      { message: "Archive", files: { [one]: null, "backlog/archive/tasks/back-1 - Parser-+-printer.md": task("BACK-1", "To Do") } },
      { message: "Think", files: { "backlog/tasks/back-4 - New.md": task("BACK-4", "To Do") } },
    ],
  });
  await stage.settle();

  expect(await stage.statuses()).toEqual({ "BACK-2": "completed", "BACK-3": "completed", "BACK-4": "todo" });
  expect(await stage.problems()).toEqual([]);
});

test("a pull request that edits a task's file shows it in its check, with problems on their lines", async () => {
  const stage = await installed();
  const { sandbox, repository } = stage;
  sandbox.clock.advance(minute);
  const edit = { [one]: task("BACK-1", "Done"), [two]: task("BACK-2", "Raw", "priority: soonish\n") };
  await repository.push({ branch: "tidy", by: "dev", commits: [{ message: "Tidy the backlog", files: edit }] });
  const pull = await repository.openPull({ title: "Tidy the backlog", head: "tidy", by: "dev" });
  await stage.settle();

  const [check] = repository.checks(pull.headSha);
  expect(check).toMatchObject({ status: "completed" });
  const shown = `${check?.summary}\n${check?.text}`;
  expect(shown).toContain("Edit of `backlog/`");
  expect(shown).toContain("`BACK-1` from todo to completed");
  expect(check?.annotations.map(({ path, line }) => [path, line])).toEqual([
    [two, 4],
    [two, 6],
  ]);

  sandbox.clock.advance(minute);
  await repository.mergePull({ number: pull.number, by: "mira", method: "merge" });
  await stage.settle();
  expect(await stage.statuses()).toEqual({ "BACK-1": "completed", "BACK-2": "todo", "BACK-3": "completed" });
  expect(await stage.problems()).toEqual([]);
});

test("a folder that is deleted is a plan removed, and one that comes back is read again", async () => {
  const stage = await installed();
  const { sandbox, repository } = stage;
  const push = async (message: string, edit: Readonly<Record<string, string | null>>) => {
    sandbox.clock.advance(minute);
    await repository.push({ branch: "main", by: "dev", commits: [{ message, files: edit }] });
    await stage.settle();
  };
  await push("Delete the backlog", { [one]: null, [two]: null, [done]: null, "backlog/config.yml": null });
  expect(await stage.statuses()).toEqual({});

  await push("Take it back", { [one]: task("BACK-1", "To Do"), [two]: task("BACK-2", "Done") });
  expect(await stage.statuses()).toEqual({ "BACK-1": "todo", "BACK-2": "completed" });
  expect(await stage.problems()).toEqual([]);
});
