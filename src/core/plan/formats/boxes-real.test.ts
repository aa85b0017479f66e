import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { matchesGolden } from "../../../../test/golden.ts";
import type { Plan, PlannedTask, PlanReading } from "../../words.ts";
import { editPlan } from "../edit.ts";
import { readPlan } from "../read-plan.ts";

const folder = join(import.meta.dirname, "../../../../../shared/fixtures/spec-kit");
const absent = !existsSync(folder);
const names = ["tasks-template.md", "tasks-global-agent-memory.md", "tasks-agent-context-full-optin.md"];

const file = (name: string) => ({ path: `specs/001-x/${name}`, text: readFileSync(join(folder, name), "utf8"), named: true });
const read = (name: string): PlanReading => readPlan(file(name));
const plan = (name: string): Plan => {
  const { plan: found, because } = read(name);
  if (found === null) throw new Error(`${name} is no plan: ${because}`);
  return found;
};
const counted = ({ tasks, criteria }: Plan) => ({
  tasks: tasks.length,
  done: tasks.filter(({ status }) => status === "completed").length,
  parallel: tasks.filter(({ extra }) => extra.parallel === "yes").length,
  storied: tasks.filter(({ milestone }) => milestone !== null).length,
  criteria,
});

// The real files are not ours to publish: they lie beside the project on its makers' machines, and only what is read from them is kept here.
describe.skipIf(absent)("real lists of spec-kit's (skipped where the folder of real files is absent)", () => {
  test.each(names)("%s reads as its golden file says", (name) => {
    matchesGolden(`plans/spec-kit-${name.replace(/\.md$/, "")}.json`, `${JSON.stringify(shown(read(name)), null, 2)}\n`);
  });

  test("77 tasks, 26 done, 49 that may be done beside others, 53 of a story; with ten that have two boxes and 5 without an id, 92 boxes", () => {
    const { problems, plan: found } = read("tasks-global-agent-memory.md");

    expect(found && counted(found)).toEqual({ tasks: 77, done: 26, parallel: 49, storied: 53, criteria: { open: 3, done: 2 } });
    expect(found?.tasks.filter(({ writtenStatus }) => writtenStatus === "[X]")).toHaveLength(26);
    expect([found?.tasks[0]?.id, found?.tasks.at(-1)?.id]).toEqual(["T003", "T087"]);
    expect(problems.map(({ code }) => code)).toEqual(Array.from({ length: 10 }, () => "second-box"));
    expect(found?.milestones.map(({ id }) => id).sort()).toEqual(["US1", "US2", "US3", "US4", "US5", "US6"]);
  });

  test("30 tasks, all open, T001 to T030", () => {
    const found = plan("tasks-agent-context-full-optin.md");

    expect(counted(found)).toMatchObject({ tasks: 30, done: 0 });
    expect(found.tasks.map(({ id }) => id)).toEqual(Array.from({ length: 30 }, (_, index) => `T${String(index + 1).padStart(3, "0")}`));
  });

  test("the template: 28 sample tasks and 6 boxes without an id, read only where it is named", () => {
    expect(counted(plan("tasks-template.md"))).toMatchObject({ tasks: 28, done: 0, criteria: { open: 6, done: 0 } });
    expect(plan("tasks-template.md").tasks.find(({ id }) => id === "T014")?.dependencies).toEqual(["T12", "T13"]);
    expect(readPlan({ ...file("tasks-template.md"), path: "templates/tasks-template.md", named: false })).toMatchObject({ plan: null });
  });

  test.each(names)("%s: without changes it stays to the byte, and one box differs by one sign", (name) => {
    const { text } = file(name);
    const { scope, tasks } = plan(name);

    expect(editPlan(file(name), []).text).toBe(text);
    for (const { token, line, status } of tasks.filter((_, index) => index % 8 === 0)) {
      const to = status === "completed" ? "todo" : "completed";
      const edited = editPlan(file(name), [{ kind: "set", scope, token, to: { status: to } }]);
      const [before, after] = [text.split("\n"), edited.text.split("\n")];
      const differing = before.flatMap((one, index) => (one === after[index] ? [] : [index + 1]));
      expect(differing).toEqual([line]);
      expect(after[line - 1]).toBe(before[line - 1]?.replace(/\[[ X]\]/, to === "completed" ? "[X]" : "[ ]"));
    }
  });

  test.each(names)("%s: a task taken out leaves all others as they were", (name) => {
    const { scope, tasks } = plan(name);
    for (const { token } of tasks.filter((_, index) => index % 15 === 0)) {
      const { text, unwritten } = editPlan(file(name), [{ kind: "remove", scope, token }]);
      expect(unwritten).toEqual([]);
      const left = readPlan({ ...file(name), text }).plan?.tasks ?? [];
      expect(left.map(({ id, title }) => `${id} ${title}`)).toEqual(
        tasks.filter((task) => task.token !== token).map(({ id, title }) => `${id} ${title}`),
      );
    }
  });
});

function shown({ plan: found, problems, because }: PlanReading): object {
  return {
    format: found?.format ?? null,
    scope: found?.scope ?? null,
    because,
    tasks: (found?.tasks ?? []).map(row),
    milestones: (found?.milestones ?? []).map(({ line, id, title, notes }) => cells(line, [id, title, notes])),
    criteria: found?.criteria ?? null,
    problems: problems.map(({ line, column, severity, code, message }) => `${line}:${column} ${severity} ${code}: ${message}`),
  };
}

function row({ line, id, status, writtenStatus, title, phase, milestone, dependencies, notes, extra }: PlannedTask): string {
  const waits = dependencies.length === 0 ? null : `after ${dependencies.join(" ")}`;
  return cells(line, [id, `${status} (${writtenStatus})`, title, phase, milestone, waits, notes, extra.parallel && "beside others"]);
}

const cells = (line: number, parts: readonly (string | null | undefined)[]): string =>
  `${line}: ${parts.filter((part) => part != null && part !== "").join(" | ")}`;
