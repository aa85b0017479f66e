import { mkdir, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { check } from "./check.ts";

/** Runs the command in a folder that holds these files. */
async function run(
  files: Readonly<Record<string, string | Uint8Array>>,
  args: readonly string[],
): Promise<{ code: number; out: string; err: string; cwd: string }> {
  const cwd = await temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(cwd, path)), { recursive: true });
    await writeFile(join(cwd, path), text);
  }
  return { ...(await runIn(cwd, args)), cwd };
}

async function runIn(cwd: string, args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await check.run(args, { out: (text) => out.push(text), err: (text) => err.push(text), cwd, env: {} });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

const plan = "id,task,status,owner,depends_on\nA-1,One,done,ann,\nA-2,Two,busy,ann,A-1\nA-3,Three,todo,bob,A-2\n";
const wrong = "id,task,status,owner\nA-1,Log in, log out,todo,ann\n";

test("a folder's plans are found and their tasks counted by status", async () => {
  const { code, out, err } = await run({ "docs/plan.csv": plan, "README.md": "- [ ] A-9 not looked at\n" }, ["."]);

  expect(out).toBe(`docs/plan.csv: a CSV file of 3 rows with ids in the column “id”: 3 tasks
  todo  in-progress  completed  blocked  deferred
     1            1          1        0         0
`);
  expect([code, err]).toEqual([0, ""]);
});

test("--json gives plans and problems in the documented form", async () => {
  const { code, out } = await run({ "plan.csv": `${plan}A-4,Log in, log out,todo,ann,\n` }, ["plan.csv", "--json"]);

  expect(JSON.parse(out)).toEqual({
    plans: [
      {
        path: "plan.csv",
        format: "csv",
        scope: "plan.csv",
        tasks: 3,
        milestones: 0,
        dependencies: 2,
        statuses: { todo: 1, "in-progress": 1, completed: 1, blocked: 0, deferred: 0 },
      },
    ],
    problems: [
      {
        path: "plan.csv",
        line: 5,
        column: 5,
        severity: "error",
        code: "wrong-field-count",
        message: expect.stringContaining("“A-4” has 6 fields where the header has 5"),
        suggestion: 'A-4,"Log in, log out",todo,ann,',
      },
    ],
  });
  expect(code).toBe(1);
});

test("a problem without a suggestion has null for one", async () => {
  const { code, out } = await run({ "plan.csv": "id,task,status,owner\nA-1,One,cooking,ann\n" }, ["--json", "plan.csv"]);

  expect(JSON.parse(out).problems).toMatchObject([{ code: "unknown-status", severity: "warning", suggestion: null }]);
  expect(code).toBe(0);
});

test("each problem is one line that an editor can jump to, with its suggestion below", async () => {
  const { code, out } = await run({ "plan.csv": wrong }, ["plan.csv"]);

  expect(out).toMatch(/^plan\.csv:2:5 error wrong-field-count “A-1” has 5 fields/m);
  expect(out).toContain('\n  → A-1,"Log in, log out",todo,ann');
  expect(code).toBe(1);
});

test("signs that a terminal would obey never reach it", async () => {
  const { out } = await run({ "plan.csv": "id,task,status,owner\nA-1,One,\u001b[2J\u0007\u202ecooking,ann\n" }, ["plan.csv"]);

  expect(out).toContain("unknown-status");
  expect(out).not.toMatch(/[\u001b\u0007\u202e]/);
});

test("a file that is named must be a plan, one that is met need not be", async () => {
  const files = { "docs/plan.md": "Just words.\n" };

  expect(await run(files, ["docs/plan.md"])).toMatchObject({ code: 1, out: expect.stringContaining("docs/plan.md:1:1 error not-a-plan") });
  expect(await run(files, ["docs"])).toMatchObject({ code: 0, out: "No plan found." });
});

test("the configuration names plans and snapshots, and its own faults are told", async () => {
  const table = "<!-- PLAN:BEGIN -->\n| ID | Title | Status |\n|--|--|--|\n| A-1 | One | todo |\n<!-- PLAN:END -->\n";
  const files = {
    ".github/plankeeper.yml": "plans: [{path: work/list.csv, snapshot: STATE.md, retired: [A-3]}]\n",
    "work/list.csv": plan,
    "STATE.md": table,
  };
  const { out } = await run(files, [".", "--json"]);

  expect(JSON.parse(out).problems.map(({ path, code }: { path: string; code: string }) => `${path} ${code}`)).toEqual([
    "STATE.md snapshot-drift",
    "work/list.csv retired-id-reused",
  ]);
  expect(await run({ ...files, ".github/plankeeper.yml": "mood: live\n" }, ["."])).toMatchObject({
    code: 1,
    out: expect.stringContaining(".github/plankeeper.yml:1:1 error unknown-key"),
  });
});

test("hidden folders, installed packages and links are passed over", async () => {
  const { cwd } = await run({ ".cache/plan.csv": plan, "node_modules/x/plan.csv": plan, "real.csv": plan }, ["."]);
  await symlink(join(cwd, "real.csv"), join(cwd, "link-plan.csv"));
  await symlink(cwd, join(cwd, "round"));

  expect(JSON.parse((await runIn(cwd, [".", "--json"])).out).plans.map(({ path }: { path: string }) => path)).toEqual(["real.csv"]);
});

test("paths are shown as they were asked for, inside the working folder and outside of it", async () => {
  const { cwd } = await run({ "one/docs/plan.csv": plan, "two/x": "" }, ["."]);
  const paths = async (args: readonly string[]): Promise<readonly string[]> =>
    JSON.parse((await runIn(join(cwd, "two"), [...args, "--json"])).out).plans.map(({ path }: { path: string }) => path);

  expect(await paths(["../one"])).toEqual(["../one/docs/plan.csv"]);
  expect(await paths(["../one/docs/plan.csv"])).toEqual(["../one/docs/plan.csv"]);
  expect(await paths([join(cwd, "one")])).toEqual([`${cwd}/one/docs/plan.csv`]);
  expect(await paths(["../one", "../one/docs/plan.csv"])).toHaveLength(2);
});

test("without a path the working folder is checked", async () => {
  expect(await run({ "plan.csv": plan }, [])).toMatchObject({ code: 0, out: expect.stringContaining("plan.csv: a CSV file of 3 rows") });
});

test("a plan whose tasks lie in several scopes has an entry for each of them", async () => {
  const tags = (name: string, status: string) => ({ [name]: { tasks: [{ id: 1, title: "One", status, dependencies: [] }] } });
  const files = { "tasks.json": JSON.stringify({ ...tags("main", "done"), ...tags("next", "pending") }) };
  const { out } = await run(files, ["tasks.json"]);

  expect(out).toContain(
    "  #main     0            0          1        0         0\n  #next     1            0          0        0         0\n",
  );
  expect(JSON.parse((await run(files, ["tasks.json", "--json"])).out).plans).toMatchObject([
    { path: "tasks.json", scope: "tasks.json#main", tasks: 1, statuses: { completed: 1 } },
    { path: "tasks.json", scope: "tasks.json#next", tasks: 1, statuses: { todo: 1 } },
  ]);
});

test("for a workflow each problem is an annotation, whatever signs it holds", async () => {
  const text = "id,task,status,owner\nA-1,One,100 %\u001b,ann\nA-2,Log in, log out,todo,ann\n";
  const { code, out } = await run({ "a,b:c/100%.csv": text }, ["a,b:c/100%.csv", "--format", "github"]);

  expect(out.split("\n")).toEqual([
    "::warning file=a%2Cb%3Ac/100%25.csv,line=2,col=9,title=Plankeeper%3A unknown-status::“100 %25” is no status that is known; read as todo",
    expect.stringMatching(
      /^::error file=a%2Cb%3Ac\/100%25\.csv,line=3,col=5,title=Plankeeper%3A wrong-field-count::.*%0A→ A-2,"Log in, log out",todo,ann$/,
    ),
  ]);
  expect(code).toBe(1);
});

test("a file asked for twice is read once", async () => {
  const { out } = await run({ "docs/plan.csv": plan }, ["docs", "docs/plan.csv", ".", "--json"]);

  expect(JSON.parse(out).plans).toHaveLength(1);
});

test("a file beyond 20 MB is refused without being held in memory", async () => {
  const { code, out } = await run({ "plan.csv": Buffer.alloc(21 * 1024 * 1024, "a,b\n") }, ["plan.csv"]);

  expect([code, out]).toEqual([1, expect.stringContaining("plan.csv:1:1 error too-large")]);
});

test("bytes that are not UTF-8 are told of", async () => {
  const { out } = await run({ "plan.csv": Buffer.from("id,task,status,owner\nA-1,caf\xe9,todo,ann\n", "latin1") }, ["plan.csv"]);

  expect(out).toContain("plan.csv:2:8 warning not-utf8");
});

test.each([
  [["nowhere"], "there is no file or folder nowhere"],
  [["--loud"], "--loud"],
  [["--format", "xml"], "there is no format xml"],
  [["--json", "--format", "github"], "--json is not --format github"],
])("called with %j it says what is wrong and how it is called", async (args, complaint) => {
  const { code, out, err } = await run({}, args);

  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain(complaint);
  expect(err).toContain("usage: plankeeper check");
});
