import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { matchesGolden } from "../../../test/golden.ts";
import type { Plan, PlannedTask, PlanReading } from "../words.ts";
import { checkAcross } from "./across.ts";
import { defaultConfiguration } from "./configuration.ts";
import { readPlan } from "./read-plan.ts";
import { rolesOf } from "./roles.ts";

const folder = join(import.meta.dirname, "../../../../shared/fixtures");
const absent = !existsSync(folder);

function read(name: string): PlanReading {
  const path = join(folder, name.startsWith("autorisen-") ? "autorisen" : "", name);
  return readPlan({ path: name, text: readFileSync(path, "utf8"), named: true });
}

function plan(name: string): Plan {
  const { plan: found, because } = read(name);
  if (found === null) throw new Error(`${name} is no plan: ${because}`);
  return found;
}

const spellings = (found: Plan): Record<string, number> => tally(found.tasks.map((task) => task.writtenStatus));
const states = (found: Plan): Record<string, number> => tally(found.tasks.map((task) => task.status));
const codes = (reading: PlanReading): Record<string, number> => tally(reading.problems.map((problem) => problem.code));
const edges = (found: Plan): number => found.tasks.reduce((sum, task) => sum + task.dependencies.length, 0);
const ids = (found: Plan): readonly string[] => found.tasks.map((task) => task.id);

function tally(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}

const real = absent
  ? []
  : [
      ...readdirSync(folder).filter((name) => /^seed-.*\.md$/.test(name)),
      ...readdirSync(join(folder, "autorisen")).filter((name) => /\.(?:csv|md)$/.test(name)),
    ];

const markdownFiles = real.filter((name) => name.endsWith(".md"));

// The real plans are not ours to publish: they lie beside the project on its makers' machines, and only what is read from them is kept here.
describe.skipIf(absent)("real plans (skipped where the folder of real files is absent)", () => {
  test.each(real)("%s reads as its golden file says", (name) => {
    matchesGolden(`plans/${name}.json`, `${JSON.stringify(shown(read(name)), null, 2)}\n`);
  });

  test("all twenty-one are there", () => {
    expect(real).toHaveLength(21);
  });

  test("prose tasks: eleven, five done, three in progress, three to do, with their prose dependencies", () => {
    const found = plan("seed-000-master-plan.md");

    expect(spellings(found)).toEqual({ Done: 5, "In Progress": 3, "To Do": 3 });
    expect(found.tasks.map((task) => task.dependencies.join("+"))).toEqual([
      "",
      "T1",
      "T1",
      "T1",
      "",
      "T1",
      "T4",
      "T1+T4",
      "T5",
      "T9",
      "T5+T7",
    ]);
    expect(found.milestones.map((milestone) => milestone.due)).toEqual(["2025-10-16", "2025-10-18", "2025-10-20", "2025-10-22"]);
  });

  test.each(["seed-001-master-plan-with-plan-block.md", "autorisen-master-plan-2025-10-24.md"])(
    "%s: the block behind the unclosed fence gives three tasks, the four other tables none",
    (name) => {
      const found = plan(name);

      expect(ids(found)).toEqual(["AUTH-005", "FE-004", "DEVOPS-035"]);
      expect(found.block).toBe(true);
      expect(found.milestones.map(({ id }) => id)).toEqual(["M1", "M2", "M3", "M4", "M5", "M6"]);
      expect(found.risks.map(({ id }) => id)).toEqual(["R1", "R2", "R3", "R4"]);
      expect(read(name).problems.map(({ code, line }) => `${line} ${code}`)).toEqual(["142 unclosed-fence"]);
    },
  );

  test("eight epics as headings: the first has begun, since two of its deliverables are done and one is partial", () => {
    const found = plan("seed-002-next-four-epics.md");

    expect(ids(found)).toEqual(["Epic-1", "Epic-2", "Epic-3", "Epic-4", "Epic-A", "Epic-B", "Epic-C", "Epic-D"]);
    expect(states(found)).toEqual({ "in-progress": 1, todo: 7 });
    expect(found.tasks[0]).toMatchObject({ status: "in-progress", writtenStatus: "", title: "Production deployment with live URLs" });
    expect(found.criteria).toEqual({ open: 0, done: 0 });
  });

  test("a document read as Mac Roman: its eight boxes are tasks where it is named, and its first line is shown put right", () => {
    const reading = read("seed-003-integration-plan-mojibake.md");

    expect(reading.plan?.tasks).toHaveLength(8);
    expect(reading.problems.find(({ code }) => code === "mojibake")?.suggestion).toBe("# 🚀 Integration Plan — Autorisen → CapeControl");
  });

  test("boxes without ids make no plan of a document that nobody named", () => {
    const name = "seed-003-integration-plan-mojibake.md";

    expect(readPlan({ path: name, text: readFileSync(join(folder, name), "utf8") }).plan).toBeNull();
  });

  test.each(markdownFiles)("%s gives the same tasks whether it is named or not, if it is a plan unnamed", (name) => {
    const path = join(folder, name.startsWith("autorisen-") ? "autorisen" : "", name);
    const unnamed = readPlan({ path: name, text: readFileSync(path, "utf8") }).plan;

    if (unnamed !== null) expect(unnamed).toEqual(plan(name));
    else expect(name).toBe("seed-003-integration-plan-mojibake.md");
  });

  test("a table numbered 1 to 13 gives thirteen tasks, the success boxes none", () => {
    const found = plan("seed-004-phase1-prd.md");

    expect(ids(found)).toEqual(Array.from({ length: 13 }, (_, index) => String(index + 1)));
    expect(found.tasks.map((task) => task.hours)).toEqual([4, 4, 2, 4, 2, 3, 2, 3, 2, 2, 2, 3, 3]);
    expect(found.criteria).toEqual({ open: 6, done: 0 });
    expect(codes(read("seed-004-phase1-prd.md"))).toEqual({ "no-status-column": 1 });
  });

  test("seventy rows: todo 64, busy 4, done 2, 66 dependencies, none dangling, one done before what it waits for", () => {
    const found = plan("autorisen-plan-2025-09-27.csv");

    expect(spellings(found)).toEqual({ todo: 64, busy: 4, done: 2 });
    expect(states(found)).toEqual({ todo: 64, "in-progress": 4, completed: 2 });
    expect(edges(found)).toBe(66);
    expect(codes(read("autorisen-plan-2025-09-27.csv"))).toEqual({ "done-before-dependency": 1 });
  });

  test("a doubled id counts once, and both lines are named", () => {
    const { plan: found, problems } = read("autorisen-plan-2025-09-27-duplicate-id.csv");

    expect(found?.tasks).toHaveLength(70);
    expect(found?.tasks.find(({ id }) => id === "DEVOPS-033")?.writtenStatus).toBe("todo");
    expect(problems.find(({ code }) => code === "duplicate-id")).toMatchObject({ line: 35, message: expect.stringContaining("line 34") });
  });

  test("ten columns: Todo 10, In Progress 2, Done 2, Blocked 1, with dates and words for priorities", () => {
    const found = plan("autorisen-plan-2025-09-29-ten-columns.csv");

    expect(spellings(found)).toEqual({ Todo: 10, "In Progress": 2, Done: 2, Blocked: 1 });
    expect(new Set(found.tasks.map((task) => task.priority))).toEqual(new Set([1, 2, 3]));
    expect(found.tasks.every((task) => task.start !== null && task.due !== null && task.milestone !== null)).toBe(true);
  });

  test.each(["autorisen-plan-2025-09-29-no-ids.csv", "autorisen-plan-2025-10-11-header-only.csv"])(
    "%s is refused for want of ids",
    (name) => {
      expect(read(name)).toMatchObject({ plan: null, problems: [{ code: "no-id-column", severity: "error", line: 1 }] });
    },
  );

  test("phases: busy 14, done 12, todo 8; 13 of 36 dependencies dangle, on 9 ids", () => {
    const { plan: found, problems } = read("autorisen-plan-2025-10-23-phases-dangling.csv");
    const dangling = problems.filter(({ code }) => code === "dangling-dependency");

    expect(found && spellings(found)).toEqual({ busy: 14, done: 12, todo: 8 });
    expect(new Set(found?.tasks.map((task) => task.phase))).toEqual(new Set(["MVP", "V1", "V2"]));
    expect(dangling).toHaveLength(13);
    expect(found && edges(found)).toBe(36 - 13);
    expect(new Set(dangling.map(({ message }) => /“(.*)”/.exec(message)?.[1])).size).toBe(9);
  });

  test("three rows: todo 2, blocked 1", () => {
    expect(spellings(plan("autorisen-plan-2025-10-24-three-rows.csv"))).toEqual({ todo: 2, blocked: 1 });
  });

  test("a report pasted into a CSV: 35 tasks, 92 rows with the wrong number of fields", () => {
    const reading = read("autorisen-plan-2025-11-09-markdown-inside.csv");

    expect(spellings(plan("autorisen-plan-2025-11-09-markdown-inside.csv"))).toEqual({ todo: 22, completed: 12, "in-progress": 1 });
    expect(codes(reading)).toEqual({ "wrong-field-count": 92 });
  });

  test("thirteen doubled ids and two rows with unquoted commas: 76 records give 61 tasks", () => {
    const reading = read("autorisen-plan-2025-11-10-thirteen-duplicates.csv");

    expect(codes(reading)).toMatchObject({ "duplicate-id": 13, "wrong-field-count": 2 });
    expect(reading.plan?.tasks).toHaveLength(76 - 13 - 2);
    expect(new Set(reading.plan?.tasks.filter((task) => task.recurring).map(({ id }) => id)).size).toBe(5);
  });

  test("emoji statuses: ✅ 26, 🕐 23, 🔁 5, 🚧 1, and the one that its heading contradicts", () => {
    const found = plan("autorisen-playbook-tracker-2025-11-10.md");

    expect(spellings(found)).toEqual({ "✅ Completed": 26, "🕐 Todo": 23, "🔁 Recurring": 5, "🚧 In Progress": 1 });
    expect(states(found)).toEqual({ completed: 26, todo: 23, "in-progress": 6 });
    expect(read("autorisen-playbook-tracker-2025-11-10.md").problems).toMatchObject([
      { code: "section-disagrees", line: 16, severity: "note" },
    ]);
  });

  test("unquoted commas: the field that spilled is named, and the row shown with it in quotes", () => {
    const { problems } = read("autorisen-plan-2025-12-18-unquoted-commas.csv");
    const wrong = problems.filter(({ code }) => code === "wrong-field-count");

    expect(codes(read("autorisen-plan-2025-12-18-unquoted-commas.csv"))).toMatchObject({ "duplicate-id": 13, "wrong-field-count": 3 });
    expect(wrong.find(({ message }) => message.includes("PUB-002"))).toMatchObject({
      line: 82,
      column: 9,
      suggestion: 'PUB-002,"Define landing page goals (trust, clarity, CTA)",design,in-progress,P1,,,,',
    });
  });

  test("fifty-four rows: done 18, planned 28, blocked 7, in_progress 1", () => {
    const found = plan("autorisen-plan-2026-02-02.csv");

    expect(spellings(found)).toEqual({ done: 18, planned: 28, blocked: 7, in_progress: 1 });
    expect(ids(found)).toContain("WO-NAV-LANDING-FOOTER-FIX-001");
  });

  test.each([
    ["autorisen-plan-2026-02-02.csv", "autorisen-master-plan-2026-02-02.md"],
    ["autorisen-plan-2025-10-24-three-rows.csv", "autorisen-master-plan-2025-10-24.md"],
  ])("%s and the block of %s agree", (csv, markdown) => {
    const pair = [plan(csv), plan(markdown)];

    expect(rolesOf(pair, defaultConfiguration).get(markdown)).toEqual({ role: "snapshot", of: csv });
    expect(checkAcross(pair, defaultConfiguration)).toEqual([]);
  });

  test("a block of an older day has drifted from its plan", () => {
    const pair = [plan("autorisen-plan-2025-09-27.csv"), plan("autorisen-master-plan-2025-10-24.md")];

    expect(checkAcross(pair, defaultConfiguration)).toMatchObject([
      { code: "snapshot-drift", message: expect.stringContaining("67 only in") },
    ]);
  });

  test("one status in two spellings: done 23, planned 3, Planned 1, In Review 1", () => {
    const found = plan("autorisen-plan-2026-02-13-mixed-status-case.csv");

    expect(spellings(found)).toEqual({ done: 23, planned: 3, Planned: 1, "In Review": 1 });
    expect(states(found)).toEqual({ completed: 23, todo: 4, "in-progress": 1 });
  });

  test("twelve open boxes with ids at the end of their lines", () => {
    const found = plan("autorisen-mvp-checklist-2025-09-18.md");

    expect(ids(found)[0]).toBe("P1-AUTH-DB");
    expect(states(found)).toEqual({ todo: 12 });
    expect(new Set(found.tasks.map((task) => task.phase)).size).toBe(5);
  });
});

function shown({ plan: found, problems, because }: PlanReading): object {
  return {
    format: found?.format ?? null,
    because,
    tasks: (found?.tasks ?? []).map(row),
    milestones: (found?.milestones ?? []).map(({ line, id, title, owner, start, due, notes }) =>
      cells(line, [id, title, owner, start, due, notes]),
    ),
    risks: (found?.risks ?? []).map(({ line, id, title, impact, likelihood }) => cells(line, [id, title, impact, likelihood])),
    ...told(
      "roles",
      (found?.roles ?? []).map(({ line, what, people }) => cells(line, [what, ...Object.entries(people).map((one) => one.join(": "))])),
    ),
    ...told(
      "cadence",
      (found?.cadence ?? []).map(({ line, words }) => cells(line, [words])),
    ),
    criteria: found?.criteria ?? null,
    block: found?.block ?? null,
    problems: problems.map(
      ({ line, column, severity, code, message, suggestion }) =>
        `${line}:${column} ${severity} ${code}: ${message}${suggestion === undefined ? "" : ` → ${suggestion}`}`,
    ),
  };
}

const told = (what: string, lines: readonly string[]): object => (lines.length === 0 ? {} : { [what]: lines });

function row(task: PlannedTask): string {
  const {
    line,
    id,
    status,
    writtenStatus,
    recurring,
    title,
    owner,
    priority,
    hours,
    start,
    due,
    completed,
    phase,
    milestone,
    dependencies,
    parent,
    optional,
    notes,
    extra,
  } = task;
  const rank = priority === null ? null : `P${priority}`;
  const spent = hours === null ? null : `${hours}h`;
  const days = [start && `from ${start}`, due && `due ${due}`, completed && `completed ${completed}`];
  const state = `${status}${recurring ? " for ever" : ""} (${writtenStatus})`;
  const waits = dependencies.length === 0 ? null : `after ${dependencies.join(" ")}`;
  const more = [parent && `part of ${parent}`, optional ? "optional" : null, notes && `notes: ${notes}`];
  const unread = Object.entries(extra).map(([name, value]) => `${name}: ${value.slice(0, 60)}`);
  return cells(line, [id, state, title, owner, rank, spent, ...days, phase, milestone, waits, ...more, ...unread]);
}

const cells = (line: number, parts: readonly (string | null)[]): string =>
  `${line}: ${parts.filter((part) => part !== null && part !== "").join(" | ")}`;
