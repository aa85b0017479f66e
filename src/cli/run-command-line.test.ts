import { describe, expect, test } from "vitest";
import { Fault } from "../core/words.ts";
import type { CliCommand } from "./command.ts";
import { runCommandLine } from "./run-command-line.ts";

const check = command("check", async (args, io) => {
  io.out(`checked ${args.join(" ")}`);
  return 1;
});
const broken = command("audit", () => Promise.reject(new Fault("the database does not answer", { next: { kind: "give-up" } })));
const wrong = command("verify", () => Promise.reject(new TypeError("x is not a function")));

test("a command gets its arguments and gives the exit code", async () => {
  expect(await run("check", "plan.csv", "--json")).toEqual({ exitCode: 1, out: "checked plan.csv --json\n", err: "" });
});

describe("help", () => {
  test.each([["--help"], ["-h"], ["help"]])("%s lists every command", async (asked) => {
    const { exitCode, out } = await run(asked);

    expect(exitCode).toBe(0);
    expect(out).toContain("usage: plankeeper <command> [options]");
    expect(out).toMatch(/^ {2}check {3}what check does$/m);
    expect(out).toMatch(/^ {2}verify {2}what verify does$/m);
  });

  test.each([
    ["check", "--help"],
    ["check", "some/path", "-h"],
    ["help", "check"],
  ])("plankeeper %s %s shows how the command is called, and does not run it", async (...asked) => {
    expect(await run(...asked)).toEqual({ exitCode: 0, out: "usage: plankeeper check\n\n  what check does\n", err: "" });
  });

  test("is what one gets for no command at all, as a mistake", async () => {
    expect(await run()).toMatchObject({ exitCode: 2, out: "", err: expect.stringContaining("usage: plankeeper <command>") });
  });
});

test.each(["--version", "-v"])("%s says the version", async (asked) => {
  expect(await run(asked)).toEqual({ exitCode: 0, out: "1.2.3\n", err: "" });
});

describe("a command that is not known", () => {
  test.each([
    ["chekc", "check"],
    ["CHECK", "check"],
    ["verfy", "verify"],
    ["audi", "audit"],
  ])("%s is answered with the nearest: %s", async (asked, nearest) => {
    expect(await run(asked)).toEqual({
      exitCode: 2,
      out: "",
      err: `plankeeper: there is no command "${asked}". Did you mean ${nearest}?\n`,
    });
  });

  test.each(["deploy", "x".repeat(100_000), "constructor", "--json"])("%s is near none", async (asked) => {
    const { exitCode, err } = await run(asked);

    expect(exitCode).toBe(2);
    expect(err).toContain("`plankeeper --help` lists them all.");
  });

  test("cannot write to the terminal by its name", async () => {
    expect((await run("\u001b[2J")).err).not.toContain("\u001b");
  });

  test("has no help either", async () => {
    expect(await run("help", "chekc")).toMatchObject({ exitCode: 2, err: expect.stringContaining("Did you mean check?") });
  });
});

test("the world failing is one sentence and exit code 1", async () => {
  expect(await run("audit")).toEqual({ exitCode: 1, out: "", err: "plankeeper audit: the database does not answer\n" });
});

test("a mistake of ours keeps its stack", async () => {
  await expect(run("verify")).rejects.toThrow("x is not a function");
});

function command(name: string, run: CliCommand["run"]): CliCommand {
  return { name, summary: `what ${name} does`, usage: `plankeeper ${name}`, run };
}

async function run(...args: readonly string[]) {
  let [out, err] = ["", ""];
  const io = {
    out: (text: string) => {
      out += `${text}\n`;
    },
    err: (text: string) => {
      err += `${text}\n`;
    },
    cwd: "/",
    env: {},
  };
  const exitCode = await runCommandLine(args, { commands: [check, broken, wrong], version: "1.2.3", io });
  return { exitCode, out, err };
}
