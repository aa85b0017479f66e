import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { Fault } from "../core/words.ts";
import { next } from "./next.ts";

async function folderWith(files: Readonly<Record<string, string>>): Promise<string> {
  const cwd = await temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(cwd, path)), { recursive: true });
    await writeFile(join(cwd, path), text);
  }
  return cwd;
}

async function run(cwd: string, ...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await next.run(args, { out: (text) => out.push(text), err: (text) => err.push(text), cwd, env: {} });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

const plan = `id,task,status,owner,priority,depends_on,due
A-1,Draw the map,done,ann,P1,,
A-2,Build the pier,todo,ann,P1,A-1,2026-05-01
A-3,Paint it,todo,bob,P0,A-2,
A-4,Buy paint,todo,bob,P2,,
A-5,Dig,doing,cy,,,
A-6,Permit,blocked,ann,,,
`;

const runner = `tasks:
  - id: seed
    title: Seed the database
    steps:
      - id: script
        title: Write the script
        tests: [npm test -- seed]
        edits: [{add: src/seed.ts}]
        verify: [npm run seed, npm run check]
        commit: "feat(db): seed"
      - id: docs
        edits: [README.md]
        commit: "docs: seed"
  - id: demo
    title: Show it
    depends_on: [seed]
    steps:
      - {tests: npm run demo, edits: demo.ts, commit: "feat: demo"}
`;

const state = ".plankeeper/state.json";

test("what is ready comes best first and says why, the rest says what it waits for", async () => {
  const { code, out, err } = await run(await folderWith({ "plan.csv": plan }), "plan.csv");

  expect(out).toBe(`Under way, best first:
  A-5 Dig (cy): by its place in the plan

Ready, best first:
  A-2 Build the pier (ann): P1, one task waits for it, due 2026-05-01
  A-4 Buy paint (bob): P2

Blocked:
  A-6 Permit (ann)

Waiting:
  A-3 Paint it (bob): waits for A-2`);
  expect([code, err]).toEqual([0, ""]);
});

test("--owner and --limit narrow the lists", async () => {
  const cwd = await folderWith({ "plan.csv": plan });

  expect((await run(cwd, "plan.csv", "--owner", "BOB")).out).toBe(
    "Ready, best first:\n  A-4 Buy paint (bob): P2\n\nWaiting:\n  A-3 Paint it (bob): waits for A-2",
  );
  expect((await run(cwd, "plan.csv", "--limit", "1")).out).toContain("due 2026-05-01\n  and 1 more\n");
});

test("a plan with nothing to do says so", async () => {
  const cwd = await folderWith({
    "done.csv": "id,task,status,owner\nA,x,done,ann\n",
    "stuck.csv": "id,task,status,owner\nA,x,blocked,ann\n",
  });

  expect((await run(cwd, "done.csv")).out).toBe("Nothing is left to do.");
  expect((await run(cwd, "stuck.csv")).out).toBe("Nothing can be begun.\n\nBlocked:\n  A x (ann)");
});

test("a runner plan shows its next step with all it takes", async () => {
  const { out } = await run(await folderWith({ "plans/next.yaml": runner }), "plans/next.yaml");

  expect(out).toContain(`Next step (0 of 3 done):
  seed/script  Write the script  (plans/next.yaml:5)
    tests   npm test -- seed
    edits   add: src/seed.ts
    verify  npm run seed
            npm run check
    commit  feat(db): seed
`);
});

test("finished steps are remembered, and the work goes on behind them", async () => {
  const cwd = await folderWith({ "next.yaml": runner, ".git/HEAD": "" });

  expect((await run(cwd, "next.yaml", "--mark", "SEED/script")).out).toContain(
    "seed/script is done.\nNext step (1 of 3 done):\n  seed/docs  Seed the database",
  );
  expect((await run(cwd, "next.yaml")).out).toContain("Next step (1 of 3 done):\n  seed/docs");
  expect((await run(cwd, "next.yaml", "--mark", "docs")).out).toContain("Next step (2 of 3 done):\n  demo/1  Show it");
  expect((await run(cwd, "next.yaml", "--mark", "demo/1")).out).toBe("demo/1 is done.\nNothing is left to do.");
  expect(JSON.parse(await readFile(join(cwd, state), "utf8"))).toEqual({
    version: 1,
    steps: { "next.yaml": { "demo/1": expect.any(String), "seed/docs": expect.any(String), "seed/script": expect.any(String) } },
  });
  expect(await readdir(join(cwd, ".plankeeper"))).toEqual(["state.json"]);
});

test("what is remembered belongs to the repository, wherever in it one stands", async () => {
  const cwd = await folderWith({ "a/plans/next.yaml": runner, ".git/HEAD": "" });
  await run(join(cwd, "a/plans"), "next.yaml", "--mark", "script");

  expect(JSON.parse(await readFile(join(cwd, state), "utf8")).steps).toHaveProperty(["a/plans/next.yaml"]);
  expect((await run(cwd, "a/plans/next.yaml")).out).toContain("1 of 3 done");
});

test("a step that the plan has changed since counts as not done, and that is said", async () => {
  const cwd = await folderWith({ "next.yaml": runner });
  await run(cwd, "next.yaml", "--mark", "script", "--mark", "docs");
  await writeFile(join(cwd, "next.yaml"), `# moved by a line\n${runner.replace("npm run check", "npm run lint")}`);

  expect((await run(cwd, "next.yaml")).out).toContain(
    "seed/script was done, but the plan has changed it since; it counts as not done.\nNext step (1 of 3 done):\n  seed/script",
  );
});

test("--dry-run shows the steps alone, in the order of work", async () => {
  const cwd = await folderWith({ "next.yaml": runner });
  await run(cwd, "next.yaml", "--mark", "script");

  expect((await run(cwd, "next.yaml", "--dry-run")).out).toBe(`  seed/docs  Seed the database  (next.yaml:11)
    edits   README.md
    commit  docs: seed
  demo/1  Show it  (next.yaml:18)
    tests   npm run demo
    edits   demo.ts
    commit  feat: demo`);
  expect(
    JSON.parse((await run(cwd, "next.yaml", "--dry-run", "--json")).out).steps.map(
      ({ task, step }: { task: string; step: string }) => `${task}/${step}`,
    ),
  ).toEqual(["seed/docs", "demo/1"]);
});

test("a task with one step may be called by its own id", async () => {
  expect((await run(await folderWith({ "next.yaml": runner }), "next.yaml", "--mark", "demo")).out).toContain("demo/1 is done.");
});

test("--json gives the same to programs", async () => {
  const { out } = await run(await folderWith({ "next.yaml": runner }), "next.yaml", "--json");

  expect(JSON.parse(out)).toMatchObject({
    step: {
      task: "seed",
      step: "script",
      tests: ["npm test -- seed"],
      edits: ["add: src/seed.ts"],
      commit: "feat(db): seed",
      path: "next.yaml",
      line: 5,
    },
    ready: [{ id: "seed", behind: 1, because: ["one task waits for it"], path: "next.yaml", line: 2 }],
    waiting: [{ id: "demo", waitsFor: ["seed"] }],
    started: [],
    blocked: [],
    marked: [],
    changed: [],
  });
});

test("many who mark at once lose nothing of each other's", async () => {
  const steps = Array.from({ length: 25 }, (_, index) => `      - {id: s${index}, edits: e${index}, commit: c}\n`).join("");
  const cwd = await folderWith({ "next.yaml": `tasks:\n  - id: T\n    title: x\n    steps:\n${steps}` });

  await Promise.all(Array.from({ length: 25 }, (_, index) => run(cwd, "next.yaml", "--mark", `T/s${index}`)));

  expect(Object.keys(JSON.parse(await readFile(join(cwd, state), "utf8")).steps["next.yaml"])).toHaveLength(25);
});

test.each([
  ["no JSON", "{"],
  ["another form", '{"version": 2, "steps": {}}'],
  ["a list", "[]"],
])("a memory that holds %s is told and left as it is", async (_, broken) => {
  const cwd = await folderWith({ "next.yaml": runner, [state]: broken });

  await expect(run(cwd, "next.yaml", "--mark", "script")).rejects.toThrow(/state\.json cannot be understood .* mend it, or delete it/);
  await expect(run(cwd, "next.yaml")).rejects.toThrow(Fault);
  expect(await readFile(join(cwd, state), "utf8")).toBe(broken);
});

test("a memory that is a link is not written through", async () => {
  const cwd = await folderWith({ "next.yaml": runner, "elsewhere.json": '{"version": 1, "steps": {}}', ".plankeeper/x": "" });
  await symlink("../elsewhere.json", join(cwd, state));

  await expect(run(cwd, "next.yaml", "--mark", "script")).rejects.toThrow("not a regular file");
});

test.each([
  [[], "name one plan"],
  [["nowhere.csv"], "there is no file or folder nowhere.csv"],
  [["next.yaml", "--limit", "none"], "--limit none is not a number of tasks"],
  [["next.yaml", "--mark", "sleep"], "there is no step sleep; there are seed/script, seed/docs, demo/1"],
  [["plan.csv", "--mark", "sleep"], "there is no step sleep; no task here has steps"],
  [["next.yaml", "twice.yaml"], "name one plan"],
  [["next.yaml", "--dry-run", "--mark", "docs"], "--dry-run only shows"],
  [["twice.yaml", "--mark", "1"], "1 may mean A/1 of twice.yaml, B/1 of twice.yaml"],
])("%j is wrongly called", async (args, complaint) => {
  const twice = "tasks:\n  - {id: A, title: x, edits: a, commit: b}\n  - {id: B, title: x, edits: a, commit: b}\n";
  const { code, err, out } = await run(await folderWith({ "next.yaml": runner, "plan.csv": plan, "twice.yaml": twice }), ...args);

  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain(`plankeeper next: ${complaint}`);
});

test("a file that is no plan, and one with errors, end with 1", async () => {
  const cwd = await folderWith({ "notes.md": "# Notes\n", "bad.csv": "id,task,status,owner\nA,x,todo,ann\nA,y,todo,ann\n" });

  expect(await run(cwd, "notes.md")).toMatchObject({ code: 1, out: "", err: expect.stringContaining("notes.md holds no plan") });
  expect(await run(cwd, "bad.csv")).toMatchObject({
    code: 1,
    err: expect.stringContaining("bad.csv:3:1 error duplicate-id"),
    out: expect.stringContaining("A x (ann)"),
  });
});

test("a folder's plans are one, and the file that only shows one of them is left aside", async () => {
  const cwd = await folderWith({
    "docs/plan.csv": "id,task,status,owner\nA-1,One,todo,ann\n",
    "docs/master-plan.md": "# Plan\n<!-- PLAN:BEGIN -->\n| id | task | status |\n|---|---|---|\n| A-1 | One | todo |\n<!-- PLAN:END -->\n",
    "web/tasks.yaml": "tasks:\n  - {id: W-1, title: Two, status: todo, priority: P1}\n",
  });

  expect((await run(cwd, ".")).out).toBe("Ready, best first:\n  W-1 Two: P1\n  A-1 One (ann): by its place in the plan");
});
