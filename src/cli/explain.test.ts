import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { explain } from "./explain.ts";

const cwd = mkdtempSync(join(tmpdir(), "plankeeper-explain-"));
afterAll(() => rmSync(cwd, { recursive: true }));
writeFileSync(join(cwd, "plan.csv"), "id,task,status,owner\nSHOP-001,Tax,todo,ann\nSHOP-002,Cart,todo,ann\n");
writeFileSync(join(cwd, "plankeeper.yml"), "verbs:\n  complete: [erledigt]\n");
writeFileSync(join(cwd, "wrong.yml"), "verbs: 7\n");
writeFileSync(join(cwd, "notes.csv"), "a,b\n1,2\n");

async function run(args: readonly string[], input?: string) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await explain.run(args, {
    out: (text) => out.push(text),
    err: (text) => err.push(text),
    ...(input === undefined ? {} : { input: async () => input }),
    cwd,
    env: {},
  });
  return { code, out: out.join("\n"), err: err.join("\n") };
}

const asked = ["--plan", "plan.csv", "--where", "body"];

test("a text is read to references, warnings and what is passed over, each with its reason", async () => {
  const { code, out } = await run([...asked, "--json", "closes SHOP-1, part of SHOP-002; not `SHOP-002`, and SHOP-003"]);

  expect(code).toBe(0);
  expect(JSON.parse(out)).toEqual({
    references: [
      { id: "SHOP-001", verb: "complete", start: 7, end: 13, because: expect.any(String) },
      { id: "SHOP-002", verb: "mention", start: 23, end: 31, because: expect.any(String) },
    ],
    ignored: [{ text: "SHOP-002", because: "it stands in code" }],
    warnings: [{ text: "SHOP-003", nearest: expect.arrayContaining(["SHOP-002"]) }],
  });
});

test("the text may come from standard input, and the words be the repository's own", async () => {
  const { code, out } = await run([...asked, "--config", "plankeeper.yml", "-"], "erledigt SHOP-001");

  expect(code).toBe(0);
  expect(out).toMatch(/^SHOP-001 {2}complete {2}“erledigt SHOP-001”: /);
});

test("a text that names nothing says so", async () => {
  expect(await run([...asked, "nothing"])).toMatchObject({ code: 0, out: "Nothing in it names a task." });
  expect(await run(asked)).toMatchObject({ code: 0, out: "Nothing in it names a task." });
});

test("control signs do not reach the terminal", async () => {
  expect((await run([...asked, "closes \u001b[31mSHOP-001"])).out).not.toContain("\u001b");
});

test.each([
  [["--where", "body", "x"], "no --plan is given"],
  [["--plan", "plan.csv", "x"], "--where is one of"],
  [["--plan", "plan.csv", "--where", "poem", "x"], "--where is one of"],
  [["--plan", "gone.csv", "--where", "body", "x"], "there is no file gone.csv"],
  [["--plan", "plan.csv", "--where", "body", "--loud", "x"], "--loud"],
])("%j is a wrong call: %s", async (args, complaint) => {
  const { code, err } = await run(args);

  expect(code).toBe(2);
  expect(err).toContain(complaint);
});

test.each([
  [["--plan", "notes.csv", "--where", "body", "x"], "no plan"],
  [[...asked, "--config", "wrong.yml", "x"], "wrong.yml:1:"],
])("%j: what is wrong in the files is told", async (args, complaint) => {
  const { code, err } = await run(args);

  expect(code).toBe(1);
  expect(err).toContain(complaint);
});
