import { mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { render } from "./render.ts";

type Ran = { readonly code: number; readonly out: string; readonly err: string; readonly cwd: string };

async function run(files: Readonly<Record<string, string>>, ...args: readonly string[]): Promise<Ran> {
  const cwd = await temporaryFolder();
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(cwd, path)), { recursive: true });
    await writeFile(join(cwd, path), text);
  }
  return runIn(cwd, ...args);
}

async function runIn(cwd: string, ...args: readonly string[]): Promise<Ran> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await render.run(args, { out: (text) => out.push(text), err: (text) => err.push(text), cwd, env: {} });
  return { code, out: out.join("\n"), err: err.join("\n"), cwd };
}

const plan = "id,title,status,owner\nA-1,One,done,ann\nA-2,Two,busy,bob\n";
const block = (rows: string): string =>
  `# Plan\r\n\r\n<!-- PLAN:BEGIN -->\r\n| ID | Title | Status |\r\n|--|--|--|\r\n${rows}<!-- PLAN:END -->\r\n\r\nWords.`;
const old = block("| A-1 | One | todo |\r\n| A-9 | Nine | todo |\r\n");
const now = block("| A-1 | One | done |\r\n| A-2 | Two | busy |\r\n");

test("a plan that no file shows is printed as a table", async () => {
  expect(await run({ "docs/plan.csv": plan }, "docs/plan.csv")).toMatchObject({
    code: 0,
    err: "",
    out: "| ID | Title | Status | Owner |\n| --- | --- | --- | --- |\n| A-1 | One | done | ann |\n| A-2 | Two | busy | bob |",
  });
});

test("what is to change in the block beside it is shown as a diff, and nothing is written", async () => {
  const { code, out, cwd } = await run({ "docs/plan.csv": plan, "docs/State.md": old }, "docs/plan.csv");

  expect(code).toBe(0);
  expect(out.split("\n").map((line) => line.replace("\r", ""))).toEqual([
    "--- a/docs/State.md",
    "+++ b/docs/State.md",
    "@@ -3,8 +3,8 @@",
    " <!-- PLAN:BEGIN -->",
    " | ID | Title | Status |",
    " |--|--|--|",
    "-| A-1 | One | todo |",
    "-| A-9 | Nine | todo |",
    "+| A-1 | One | done |",
    "+| A-2 | Two | busy |",
    " <!-- PLAN:END -->",
    " ",
    " Words.",
    "\\ No newline at end of file",
  ]);
  expect(await readFile(join(cwd, "docs/State.md"), "utf8")).toBe(old);
});

test.each([
  ["the plan", ["docs/plan.csv", "--write"]],
  ["the file that shows it", ["docs/State.md", "--write"]],
  ["both", ["docs/plan.csv", "--into", "docs/State.md", "--write"]],
])("with --write the block is brought up to date, whether one names %s", async (_, args) => {
  const { code, out, cwd } = await run({ "docs/plan.csv": plan, "docs/State.md": old }, ...args);

  expect([code, out]).toEqual([
    0,
    "docs/State.md is brought up to date: 1 only in docs/plan.csv (A-2); 1 only in this table (A-9); 1 with another status (A-1 todo here, completed there)",
  ]);
  expect(await readFile(join(cwd, "docs/State.md"), "utf8")).toBe(now);
  expect(await runIn(cwd, ...args)).toMatchObject({ code: 0, out: "docs/State.md shows docs/plan.csv as it is" });
});

test("the configuration names the file, wherever it is", async () => {
  const settings = "plans: [{path: work/*.csv, snapshot: STATE.md}]\n";
  const files = {
    ".github/plankeeper.yml": settings,
    "work/list.csv": plan,
    "work/PLAN.md": old,
    "STATE.md": "<!-- PLAN:BEGIN -->\n<!-- PLAN:END -->\n",
  };
  const { code, cwd } = await run(files, "work/list.csv", "--write");

  expect(code).toBe(0);
  expect(await readFile(join(cwd, "STATE.md"), "utf8")).toContain("| A-2 | Two | busy | bob |");
  expect(await readFile(join(cwd, "work/PLAN.md"), "utf8")).toBe(old);
});

test("--json tells the drift and what was done", async () => {
  const { out } = await run({ "plan.csv": plan, "PLAN.md": old }, "plan.csv", "--json", "--write");

  expect(JSON.parse(out)).toMatchObject({
    plan: "plan.csv",
    into: "PLAN.md",
    drift: { missing: ["A-2"], extra: ["A-9"], statuses: [{ id: "A-1", shown: "todo", planned: "completed" }] },
    diff: expect.stringContaining("+| A-2 | Two | busy |"),
    written: true,
    hindrance: null,
    problems: [],
  });
});

test("rows do not go because the plan cannot be read whole", async () => {
  const broken = `${plan}A-9,Log in, log out,todo,ann\n`;
  const { code, err, cwd } = await run({ "plan.csv": broken, "PLAN.md": old }, "plan.csv", "--write");

  expect(code).toBe(1);
  expect(err).toContain("plan.csv:4:5 error wrong-field-count");
  expect(err).toContain("PLAN.md is not written: rows would go from it while the plan has errors");
  expect(await readFile(join(cwd, "PLAN.md"), "utf8")).toBe(old);
});

test("a file without a block, and a link, are not written", async () => {
  const { code, err, cwd } = await run(
    { "plan.csv": plan, "README.md": "# x\n", "real.md": old },
    "plan.csv",
    "--into",
    "README.md",
    "--write",
  );
  await symlink(join(cwd, "real.md"), join(cwd, "link.md"));

  expect([code, err]).toEqual([1, "README.md is not written: there is no PLAN:BEGIN in it"]);
  expect(await runIn(cwd, "plan.csv", "--into", "link.md", "--write")).toMatchObject({
    code: 1,
    err: "link.md is not written: it is not a regular file",
  });
});

test.each([
  [[], "name one plan"],
  [["a", "b"], "name one plan"],
  [["nowhere.csv"], "there is no file or folder nowhere.csv"],
  [["plan.csv", "--into", "nowhere.md"], "there is no file nowhere.md"],
  [["plan.csv", "--write"], "no file shows this plan; name one with --into"],
  [["words.md"], "words.md is no plan"],
  [["."], "this folder holds several plans; name one"],
  [["plan.csv", "--loud"], "--loud"],
])("called with %j it says what is wrong and how it is called", async (args, complaint) => {
  const { code, out, err } = await run({ "plan.csv": plan, "other-plan.csv": plan, "words.md": "Words.\n" }, ...args);

  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain(complaint);
  expect(err).toContain("usage: plankeeper render");
});
