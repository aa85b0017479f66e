import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { matchesGolden } from "../../../../test/golden.ts";
import { canonicalJson } from "../../words.ts";
import { memberOf } from "../backlog/members.ts";
import { editPlan } from "../edit.ts";
import { changedFiles, packFolder } from "../folder.ts";
import { readPlan } from "../read-plan.ts";

const folder = join(import.meta.dirname, "../../../../../shared/fixtures/backlog-md/backlog");
const path = "backlog/";
const absent = !existsSync(folder);
const paths = absent ? [] : readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /\.(?:md|yml)$/.test(name));
const pack = (chosen: readonly string[]): string =>
  packFolder(new Map(chosen.map((name) => [name, readFileSync(join(folder, name), "utf8")])));
const text = pack(paths.filter((name) => memberOf(name) !== null));

// The real folder is not ours to publish: it lies beside the project on its makers' machines, and only what is read from it is kept here.
describe.skipIf(absent)("a real folder (skipped where the folder of real files is absent)", () => {
  test("it reads as its golden file says", () => {
    matchesGolden("plans/backlog.json", `${JSON.stringify(JSON.parse(canonicalJson(readPlan({ path, text }))), null, 2)}\n`);
  });

  test("thirteen tasks of tasks/ and completed/, and none of the archive, whose ids are free again", () => {
    const { plan, problems } = readPlan({ path, text });

    expect(plan?.tasks).toHaveLength(13);
    expect(problems.filter(({ code }) => code === "duplicate-id")).toEqual([]);
    expect(readPlan({ path, text: pack(paths) }).plan).toEqual(plan);
  });

  test("a task's status and owner can be written, and nothing else changes", () => {
    const { plan } = readPlan({ path, text });
    expect(editPlan({ path, text }, []).text).toBe(text);
    for (const { scope, token, status, file } of plan?.tasks ?? []) {
      const other = file.includes("/completed/") || status === "completed" ? status : "in-progress";
      const edited = editPlan({ path, text }, [{ kind: "set", scope, token, to: { status: other, owner: "@ann" } }]);
      const after = readPlan({ path, text: edited.text }).plan;

      expect(edited.problems).toEqual([]);
      expect(after?.tasks.filter((task) => task.token !== token)).toEqual(plan?.tasks.filter((task) => task.token !== token));
      expect(after?.tasks.find((task) => task.token === token)).toMatchObject({ status: other, owner: "@ann" });
      expect(changedFiles(text, edited.text).map((changed) => path + changed.path)).toEqual([file]);
    }
  });
});
