import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { show } from "./show.ts";

async function run(files: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const cwd = await temporaryFolder();
  for (const [path, text] of Object.entries(files)) await writeFile(join(cwd, path), text);
  const [out, err]: [string[], string[]] = [[], []];
  const code = await show.run(args, { out: (text) => out.push(text), err: (text) => err.push(text), cwd, env: {} });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

const plan = `id,task,status,owner,priority,depends_on,estimate,due,stage,notes,artifacts
A-001,One,Done,ann,P1,,4,2026-01-02,build,"first, of many",src/a.ts
A-2,Two,recurring,,,a-1,,,,,
`;

test("every task is shown with all that its row says, and where it stands", async () => {
  expect(await run({ "plan.csv": plan }, "plan.csv")).toEqual({
    code: 0,
    out: `plan.csv: a CSV file of 2 rows with ids in the column “id”: 2 tasks

A-001  completed (Done)  One
    owner ann · priority P1 · hours 4 · due 2026-01-02 · phase build
    notes: first, of many
    artifacts: src/a.ts
    plan.csv:2

A-2  in-progress (recurring)  Two
    never completes · waits for A-001
    plan.csv:3`,
    err: "",
  });
});

test("--json gives the plan as it is read, with its problems", async () => {
  const { out } = await run({ "plan.csv": `${plan}A-3,Three,cooking,,,,,,,,\n` }, "plan.csv", "--json");

  expect(JSON.parse(out)).toMatchObject({
    path: "plan.csv",
    format: "csv",
    scope: "plan.csv",
    tasks: [
      { id: "A-001", token: "A-1", hours: 4, extra: { artifacts: "src/a.ts" }, line: 2 },
      { id: "A-2", recurring: true, dependencies: ["A-1"] },
      { id: "A-3", status: "todo", writtenStatus: "cooking" },
    ],
    problems: [{ path: "plan.csv", line: 4, column: 11, severity: "warning", code: "unknown-status", suggestion: null }],
  });
});

test("what a plan says around its tasks is shown below them", async () => {
  const text = `# Plan

| ID | Task | Status |
|---|---|---|
| A-1 | One | todo |

## Milestones

| ID | Milestone | Owner | Start | Target |
|---|---|---|---|---|
| M1 | Beta | ann | 2026-01-01 | 2026-03-01 |

## Risks

| ID | Risk | Impact | Likelihood | Mitigation |
|---|---|---|---|---|
| R1 | Nobody comes | high | low | invite |
`;
  const { out } = await run({ "plan.md": text }, "plan.md");

  expect(out).toContain("\nMilestones\n    M1  Beta (2026-01-01 → 2026-03-01) · ann\n");
  expect(out).toContain("\nRisks\n    R1  Nobody comes · impact high · likelihood low · invite");
});

test("signs that a terminal would obey never reach it", async () => {
  const { out, err } = await run({ "plan.csv": 'id,task,status,notes\nA-1,One\u001b[2J,\u0007x,"two\u202e\nlines"\n' }, "plan.csv");

  expect(out).toContain("notes: two lines");
  expect(out + err).not.toMatch(/[\u001b\u0007\u202e]/);
});

test("a file that is no plan is told of, with exit code 1", async () => {
  expect(await run({ "x.md": "words\n" }, "x.md")).toMatchObject({ code: 1, err: expect.stringContaining("x.md:1:1 error not-a-plan") });
});

test.each([
  [[], "name one plan"],
  [["a.csv", "b.csv"], "name one plan"],
  [["nowhere.csv"], "there is no file or folder nowhere.csv"],
  [["."], "holds several plans"],
  [["--loud"], "--loud"],
])("called with %j it says what is wrong and how it is called", async (args, complaint) => {
  const { code, out, err } = await run({ "a-plan.csv": plan, "b-plan.csv": plan }, ...args);

  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain(complaint);
  expect(err).toContain("usage: plankeeper show");
});
