import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { freshDatabase } from "../../test/fresh-database.ts";

const program = fileURLToPath(new URL("plankeeper.ts", import.meta.url));

test("plankeeper --help lists the commands", async () => {
  const { exitCode, out } = await plankeeper(["--help"]);

  expect(exitCode).toBe(0);
  for (const name of ["check", "migrate", "verify", "audit", "observed", "sync"]) expect(out).toMatch(new RegExp(`^ {2}${name} `, "m"));
});

describe("plankeeper migrate", () => {
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  beforeEach(async () => {
    database = await freshDatabase({ empty: true });
  });
  afterEach(() => database.drop());

  test("brings an empty database up to date, and says so when it is", async () => {
    const first = await plankeeper(["migrate"], database.url);
    const second = await plankeeper(["migrate"], database.url);

    expect(first).toMatchObject({ exitCode: 0, out: expect.stringContaining("Done: 0001_start") });
    expect(second).toEqual({ exitCode: 0, out: "The database is up to date.\n", err: "" });
  });

  test("refuses arguments it does not know", async () => {
    expect(await plankeeper(["migrate", "--down"], database.url)).toMatchObject({ exitCode: 2, out: "" });
  });
});

test.each([
  ["a wrong address", "mysql://someone:hunter2@localhost/plan", "DATABASE_URL must look like postgres://"],
  ["a database that is away", "postgres://someone:hunter2@127.0.0.1:1/plan", "Check DATABASE_URL"],
])("%s is one message without a stack or the password", async (_, url, words) => {
  const { exitCode, err } = await plankeeper(["migrate"], url);

  expect(exitCode).toBe(1);
  expect(err).toContain(words);
  expect(err).not.toMatch(/hunter2|\n {4}at /);
});

function plankeeper(args: readonly string[], databaseUrl = ""): Promise<{ exitCode: number; out: string; err: string }> {
  const env = { DATABASE_URL: databaseUrl };
  return new Promise((done) => {
    execFile(process.execPath, ["--import", "tsx", program, ...args], { env }, (error, out, err) => {
      done({ exitCode: typeof error?.code === "number" ? error.code : 0, out, err });
    });
  });
}
