import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { matchesGolden } from "../../../../test/golden.ts";
import type { PlannedTask, PlanReading } from "../../words.ts";
import { readPlan } from "../read-plan.ts";

const folder = join(import.meta.dirname, "../../../../../shared/fixtures/task-master");
const absent = !existsSync(folder);
const untagged = "tasks-2025-03-22-untagged.json";
const tagged = "tasks-2026-01-08-tagged-subset.json";

const read = (name: string): PlanReading => readPlan({ path: name, text: readFileSync(join(folder, name), "utf8") });

function tally(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

// The real plans are not ours to publish: they lie beside the project on its makers' machines, and only what is read from them is kept here.
describe.skipIf(absent)("real files of Task Master (skipped where the folder of real files is absent)", () => {
  test.each([untagged, tagged])("%s reads as its golden file says", (name) => {
    matchesGolden(`plans/${name}.txt`, shown(read(name)));
  });

  test("without tags: 22 tasks, 16 done and 6 pending, with 117 sub-tasks, 87 done and 30 pending", () => {
    const tasks = read(untagged).plan?.tasks ?? [];
    const [top, parts] = [tasks.filter(({ parent }) => parent === null), tasks.filter(({ parent }) => parent !== null)];

    expect(tally(top.map(({ writtenStatus }) => writtenStatus))).toEqual({ done: 16, pending: 6 });
    expect(tally(parts.map(({ writtenStatus }) => writtenStatus))).toEqual({ done: 87, pending: 30 });
    expect(new Set(tasks.map(({ scope }) => scope))).toEqual(new Set([untagged]));
  });

  test("with tags: each is a scope, and the id 1 stands in three of them", () => {
    const tasks = read(tagged).plan?.tasks ?? [];
    const scopes = (some: readonly PlannedTask[]) => tally(some.map(({ scope }) => scope.slice(tagged.length)));

    expect(scopes(tasks.filter(({ parent }) => parent === null))).toEqual({
      "#test-tag": 1,
      "#tm-start": 6,
      "#tm-core-phase-1": 11,
      "#loop": 6,
    });
    expect(scopes(tasks.filter(({ parent }) => parent !== null))).toEqual({ "#tm-core-phase-1": 55, "#loop": 25 });
    expect(scopes(tasks.filter(({ id }) => id === "1"))).toEqual({ "#test-tag": 1, "#tm-start": 1, "#loop": 1 });
  });

  test("a dependency on a task of no such tag dangles", () => {
    const dangling = read(tagged).problems.filter(({ code }) => code === "dangling-dependency");

    expect(dangling).toMatchObject([{ message: "1 depends on “16”, which is not in this plan", line: 11 }]);
  });
});

function shown({ plan, problems, because }: PlanReading): string {
  const rows = (plan?.tasks ?? []).map(({ line, scope, id, parent, status, writtenStatus, priority, dependencies, title, extra }) => {
    const rank = priority === null ? "" : ` P${priority}`;
    const waits = dependencies.length === 0 ? "" : ` after ${dependencies.join(" ")}`;
    const part = parent === null ? "" : ` of ${parent}`;
    const keys = Object.keys(extra).length === 0 ? "" : ` {${Object.keys(extra).join(" ")}}`;
    return `${line}: ${scope} ${id}${part} ${status} (${writtenStatus})${rank}${waits}${keys} — ${title}`;
  });
  const found = problems.map(({ line, column, severity, code, message }) => `${line}:${column} ${severity} ${code}: ${message}`);
  return `${[because, ...rows, "", ...found].join("\n")}\n`;
}
