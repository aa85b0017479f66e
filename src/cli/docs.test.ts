import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { docsOf } from "./docs.ts";
import { code, prose, table } from "./reference-table.ts";

const docs = docsOf({ environment: { PORT: { about: "a | b", fallback: "3000", secret: false } } });
let folder = "";
let errors: string[] = [];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "docs-"));
  errors = [];
});
afterEach(() => rm(folder, { recursive: true }));

describe("plankeeper docs", () => {
  test("writes pages that it then finds fresh", async () => {
    expect(await run("--write")).toBe(0);
    expect(await run("--check")).toBe(0);
    expect(await readFile(join(folder, "docs/reference/environment.md"), "utf8")).toContain("| `PORT` | a \\| b | `3000` |");
  });

  test("names the page that was changed by hand", async () => {
    await run("--write");
    await writeFile(join(folder, "docs/reference/problems.md"), "mine");

    expect(await run("--check")).toBe(1);
    expect(errors.join()).toContain("docs/reference/problems.md");
    expect(errors.join()).not.toContain("statuses.md");
  });

  test("names every page where there is none", async () => {
    expect(await run("--check")).toBe(1);
    expect(errors.join().match(/docs\/reference\//g)).toHaveLength(8);
  });

  test.each([[[]], [["--wirte"]], [["--write", "--check"]]])("says how it is called for %j", async (args) => {
    expect(await run(...args)).toBe(2);
    expect(errors.join()).toContain("usage: plankeeper docs --write | --check");
  });
});

describe("a table's cell", () => {
  test.each([
    ["a | b", "`a \\| b`"],
    ["a `b`", "`` a `b` ``"],
    [" ", "`   `"],
  ])("holds %j as code", (text, cell) => {
    expect(code(text)).toBe(cell);
  });

  test("keeps to its line", () => {
    expect(table(["A", "B"], [[prose("one\ntwo | three"), ""]])).toEqual(["| A | B |", "| --- | --- |", "| one two \\| three | |"]);
  });
});

function run(...args: readonly string[]): Promise<number> {
  return docs.run(args, { out: () => {}, err: (text) => errors.push(text), cwd: folder, env: {} });
}
