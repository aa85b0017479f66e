import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { replay } from "./replay.ts";

const withoutGit = spawnSync("git", ["--version"]).status !== 0;
const cwd = mkdtempSync(join(tmpdir(), "plankeeper-replay-"));
afterAll(() => rmSync(cwd, { recursive: true }));

async function run(...args: readonly string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const io = { out: (text: string) => out.push(text), err: (text: string) => err.push(text), cwd, env: {} };
  const code = await replay.run(args, io).catch((error: unknown) => String(error));
  return { code, out: out.join("\n"), err: err.join("\n") };
}

let clock = Date.UTC(2026, 0, 5) / 1000;
function git(...args: readonly string[]): void {
  const date = `${clock} +0000`;
  const dates = [`GIT_COMMITTER_DATE=${date}`, `GIT_AUTHOR_DATE=${date}`, "GIT_CONFIG_GLOBAL=/dev/null"];
  const person = ["-c", "user.name=ann", "-c", "user.email=ann@example.com", "-c", "commit.gpgsign=false"];
  execFileSync("env", [...dates, "git", ...person, ...args], { cwd, stdio: "pipe" });
}
function commit(message: string, plan: string | null = null): void {
  clock += 3600;
  if (plan !== null) writeFileSync(join(cwd, "plan.csv"), plan);
  git("add", "-A");
  git("commit", "--allow-empty", "-m", message);
}
const rows = (first: string, second: string) => `id,task,status,owner\nA-1,One,${first},ann\nA-2,Two,${second},ann\n`;

describe.skipIf(withoutGit)("replay (skipped where there is no git)", () => {
  beforeAll(() => {
    git("init", "-q", "-b", "main", ".");
    commit("plan", rows("todo", "todo"));
    commit("closes A-1\n\nwith a \u001b[31mbody\nof lines");
    git("switch", "-q", "-c", "a-2-login");
    commit("work on A-2");
    git("switch", "-q", "main");
    clock += 3600;
    git("merge", "-q", "--no-ff", "a-2-login", "-m", "Merge pull request #3 from ann/a-2-login\n\nLogin");
    commit("plan: both", rows("done", "done"));
    commit("plan: gone");
  });

  test("the history is walked along first parents, and what people set is held against what evidence said", async () => {
    const { code, out } = await run(".", "--plan", "plan.csv", "--json");

    expect(code).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      commits: 5,
      versions: 2,
      tasks: 2,
      statements: [
        { id: "A-1", status: "completed", evidence: "earlier", hours: 3 },
        { id: "A-2", status: "completed", evidence: "earlier", hours: 1 },
      ],
    });
  });

  test("in words there is a table, and no control signs", async () => {
    const { code, out } = await run(".", "--plan", "plan.csv");

    expect(code).toBe(0);
    expect(out).toContain("plan.csv: 5 commits, 2 versions of the plan, 2 tasks");
    expect(out).toContain("      2  100 %  evidence had said so before");
    expect(out).not.toContain("\u001b");
  });

  test("a path that never was a plan, a branch that is not there, and a folder that is no repository are told", async () => {
    expect(await run(".", "--plan", "nowhere.csv")).toMatchObject({ code: 1, err: expect.stringContaining("nowhere.csv is never a plan") });
    expect((await run(".", "--plan", "plan.csv", "--branch=--output=x")).code).toMatch(/git: /);
    expect((await run(tmpdir(), "--plan", "plan.csv")).code).toMatch(/git: /);
  });
});

test.each([[[]], [["."]], [["a", "b", "--plan", "x"]], [[".", "--plan", "x", "--loud"]]])("%j is a wrong call", async (args) => {
  expect(await run(...args)).toMatchObject({ code: 2, err: expect.stringContaining("usage:") });
});
