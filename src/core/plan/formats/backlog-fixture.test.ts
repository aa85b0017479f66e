import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { matchesGolden } from "../../../../test/golden.ts";
import { memberOf } from "../backlog/members.ts";
import { packFolder } from "../folder.ts";
import { readPlan } from "../read-plan.ts";

const folder = join(import.meta.dirname, "../../../../../shared/fixtures/backlog-md/backlog");
const absent = !existsSync(folder);
const paths = absent ? [] : readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((path) => /\.(?:md|yml)$/.test(path));
const pack = (chosen: readonly string[]): string =>
  packFolder(new Map(chosen.map((path) => [path, readFileSync(join(folder, path), "utf8")])));
const text = pack(paths.filter((path) => memberOf(path) !== null));

// The real folder is not ours to publish: it lies beside the project on its makers' machines, and only what is read from it is kept here.
describe.skipIf(absent)("a real folder (skipped where the folder of real files is absent)", () => {
  test("it reads as its golden file says", () => {
    matchesGolden("plans/backlog.json", `${JSON.stringify(readPlan({ path: "backlog/", text }), null, 2)}\n`);
  });

  test("thirteen tasks of tasks/ and completed/, and none of the archive, whose ids are free again", () => {
    const { plan, problems } = readPlan({ path: "backlog/", text });

    expect(plan?.tasks).toHaveLength(13);
    expect(problems.filter(({ code }) => code === "duplicate-id")).toEqual([]);
    expect(readPlan({ path: "backlog/", text: pack(paths) }).plan).toEqual(plan);
  });
});
