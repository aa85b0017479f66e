import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createInterface } from "node:readline";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";

const lastLine = z.object({
  ok: z.boolean(),
  expected: z.number(),
  met: z.number(),
  outcomes: z.array(z.object({ step: z.number(), expected: z.string(), met: z.boolean() })),
  audit: z.array(z.string()),
  verify: z.object({ proven: z.boolean() }),
  addresses: z.record(z.string(), z.string()).optional(),
});

type Demo = { readonly child: ChildProcess; readonly lines: AsyncIterator<string>; readonly code: Promise<unknown> };

/** The demo as `npm run demo` starts it, but from source. Whatever the test comes to, it is ended and takes down what it started. */
function demo(...args: readonly string[]): Demo {
  const child = spawn(process.execPath, ["--import", "tsx", "src/sandbox/demo.ts", ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const code = once(child, "exit").then(([exitCode]) => exitCode);
  onTestFinished(async () => {
    child.kill("SIGTERM");
    await code;
  });
  return { child, lines: createInterface(child.stdout)[Symbol.asyncIterator](), code };
}

async function lastOf({ lines }: Demo): Promise<z.infer<typeof lastLine>> {
  for (;;) {
    const { value, done } = await lines.next();
    if (done === true) throw new Error("the demo ended without its last line");
    const read = lastLine.safeParse(JSON.parse(value));
    if (read.success) return read.data;
  }
}

test("the demo plays its story to the end, stays up when asked, and leaves nothing behind", { timeout: 120_000 }, async () => {
  const running = demo("--json", "--keep");
  const { ok, expected, met, outcomes, audit, verify, addresses = {} } = await lastOf(running);
  expect(outcomes.filter((outcome) => !outcome.met)).toEqual([]);
  expect(outcomes.length).toBeGreaterThan(30);
  expect({ ok, met, proven: verify.proven }).toEqual({ ok: true, met: expected, proven: true });
  expect(audit.join("\n")).toContain("AUTH-005");

  const { health = "", pages = "", data = "" } = addresses;
  expect((await fetch(health)).status).toBe(200);
  expect(await (await fetch(pages)).text()).toContain("Where the plan stands");
  expect(existsSync(data)).toBe(true);

  running.child.kill("SIGINT");
  expect(await running.code).toBe(0);
  expect(existsSync(data)).toBe(false);
  await expect(fetch(health)).rejects.toThrow();
});

test("the demo fails and names what is missing when the app writes nothing", { timeout: 120_000 }, async () => {
  const running = demo("--json", "--mode", "observe", "--patience", "2");
  const { ok, outcomes, verify } = await lastOf(running);
  expect(ok).toBe(false);
  expect(verify.proven).toBe(true);
  const missed = outcomes.filter((outcome) => !outcome.met).map((outcome) => outcome.expected);
  expect(missed).toContain("one check run on the pull request");
  expect(missed).toContain("one issue with one summary comment");
  expect(missed).toContain("the summary shows AUTH-005 in progress");
  expect(missed).not.toContain("every delivery was answered 202");
  expect(await running.code).toBe(1);
});

test("the demo says when the app cannot start", { timeout: 120_000 }, async () => {
  const running = demo("--json", "--database", "postgres://127.0.0.1:1/nowhere");
  const { value } = await running.lines.next();
  expect(JSON.parse(value)).toMatchObject({ ok: false, outcomes: [], failed: [expect.stringContaining("database")] });
  expect(await running.code).toBe(1);
});
