import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../../test/temporary-folder.ts";
import { convert } from "./convert.ts";

async function run(files: Readonly<Record<string, string>>, ...args: readonly string[]) {
  const cwd = await temporaryFolder();
  for (const [path, text] of Object.entries(files)) await writeFile(join(cwd, path), text);
  const [out, err]: [string[], string[]] = [[], []];
  const code = await convert.run(args, { out: (text) => out.push(text), err: (text) => err.push(text), cwd, env: {} });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

const table =
  "# Work\n\n| ID | Task | State | Owner | After |\n|---|---|---|---|---|\n| A-1 | One, and more | ✅ Done | ann | |\n| A-2 | Two | 🚧 WIP | | A-1 |\n";

test("a Markdown plan becomes CSV in the strict form", async () => {
  expect(await run({ "plan.md": table.replace("After", "Depends on") }, "plan.md", "--to", "csv")).toEqual({
    code: 0,
    out: `id,phase,task,owner,status,priority,dependencies,estimated_hours,completion_date,artifacts,verification,notes,codex_hints
A-1,,"One, and more",ann,completed,,,,,,,,
A-2,,Two,,in-progress,,A-1,,,,,,`,
    err: "",
  });
});

test("problems go to standard error, and an error makes the exit code 1", async () => {
  const { code, out, err } = await run({ "plan.csv": "id,task,status\nA-1,One,todo\nA-1,Two,todo\n" }, "plan.csv", "--to", "yaml");

  expect([code, out]).toEqual([1, "tasks:\n  - id: A-1\n    title: One\n    status: todo"]);
  expect(err).toContain("plan.csv:3:1 error duplicate-id");
});

test("--json carries the text and the problems", async () => {
  const { out } = await run({ "plan.csv": "id,task,status\nA-1,One,cooking\n" }, "plan.csv", "--to", "markdown", "--json");

  expect(JSON.parse(out)).toMatchObject({
    path: "plan.csv",
    to: "markdown",
    text: "# Project plan\n\n| ID | Task | Status |\n| --- | --- | --- |\n| A-1 | One | todo |\n",
    problems: [{ code: "unknown-status" }],
  });
});

test("scopes that use the same ids are converted one by one", async () => {
  const tag = (title: string) => ({ tasks: [{ id: 1, title, status: "done", dependencies: [] }] });
  const files = { "tasks.json": JSON.stringify({ main: tag("One"), next: tag("Other") }) };

  expect(await run(files, "tasks.json", "--to", "csv")).toMatchObject({
    code: 2,
    err: expect.stringContaining("several scopes use the same ids (#main, #next)"),
  });
  expect((await run(files, "tasks.json", "--to", "csv", "--scope", "next")).out).toContain("1,,Other,");
  expect(await run(files, "tasks.json", "--to", "csv", "--scope", "last")).toMatchObject({
    code: 2,
    err: expect.stringContaining("no scope last"),
  });
});

test("signs that a terminal would obey never reach it", async () => {
  const { out } = await run({ "plan.csv": "id,task,status,notes\nA-1,One,todo,\u001b[2J\u202ex\n" }, "plan.csv", "--to", "csv");

  expect(out).toContain("□[2J□x");
});

test.each([
  [["--to", "csv"], "name one plan"],
  [["x.md"], "name a form with --to"],
  [["x.md", "--to", "xml"], "there is no form xml"],
  [["nowhere.csv", "--to", "csv"], "there is no file or folder"],
])("called with %j it says what is wrong and how it is called", async (args, complaint) => {
  const { code, out, err } = await run({ "x.md": table }, ...args);

  expect([code, out]).toEqual([2, ""]);
  expect(err).toContain(complaint);
  expect(err).toContain("usage: plankeeper convert");
});

test("a file that is no plan gives no text", async () => {
  expect(await run({ "x.md": "words\n" }, "x.md", "--to", "csv")).toMatchObject({
    code: 1,
    out: "",
    err: expect.stringContaining("not-a-plan"),
  });
});
