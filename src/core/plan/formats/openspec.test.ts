import { expect, test } from "vitest";
import type { PlanReading } from "../../words.ts";
import { editPlan } from "../edit.ts";
import { readPlan } from "../read-plan.ts";

const path = "openspec/changes/add-tides/tasks.md";
const scope = "openspec/changes/add-tides";
const read = (text: string, at = path, named = false): PlanReading => readPlan({ path: at, text, named });

const sample = `## 1. Gather tides
- [x] 1.1 Ask the harbour
- [ ] 1.2 Store what it says (depends on 1.1)
  - once an hour
  - [ ] 1.2.1 Keep a year

## 2. Show them
- [ ] **2.1** Draw \`curve.svg\`
- [~] 2.10: Print
- [ ] Somebody looks at it
`;

test("the numbered headings are the phases, and the folder of the change is the scope", () => {
  const { plan, problems, because } = read(sample);

  expect(because).toContain("OpenSpec");
  expect(plan).toMatchObject({ format: "openspec", scope, criteria: { open: 1, done: 0 } });
  expect(plan?.tasks.map(({ id, status, title, phase, parent }) => [id, status, title, phase, parent])).toEqual([
    ["1.1", "completed", "Ask the harbour", "1. Gather tides", null],
    ["1.2", "todo", "Store what it says (depends on 1.1)", "1. Gather tides", null],
    ["1.2.1", "todo", "Keep a year", "1. Gather tides", "1.2"],
    ["2.1", "todo", "Draw curve.svg", "2. Show them", null],
    ["2.10", "in-progress", "Print", "2. Show them", null],
  ]);
  expect(plan?.tasks[1]).toMatchObject({ dependencies: ["1.1"], notes: "once an hour" });
  expect(problems).toEqual([]);
});

test("numbers that begin anew in each section are told as doubled", () => {
  expect(read("## A\n- [ ] 1.1 One\n## B\n- [x] 1.1 Other\n").problems).toMatchObject([{ code: "duplicate-id", line: 4, column: 7 }]);
});

test("an archived change is finished work, and read only where it is named", () => {
  const archived = "openspec/changes/archive/2026-01-02-add-tides/tasks.md";

  expect(read(sample, archived)).toMatchObject({ plan: null, problems: [], because: expect.stringContaining("archived") });
  expect(read(sample, archived, true).plan?.scope).toBe("openspec/changes/archive/2026-01-02-add-tides");
});

test("a list without numbers is left to others", () => {
  expect(read("## 1. A\n- [ ] One\n- [ ] Two\n").plan?.format).not.toBe("openspec");
});

test("what is new stands in the section of its number, and what goes takes its details along", () => {
  const { text, unwritten } = editPlan({ path, text: sample }, [
    { kind: "set", scope, token: "2.1", to: { status: "completed" } },
    { kind: "add", scope, after: null, task: { id: "1.3", title: "Weigh them", dependencies: ["1.2"] } },
    { kind: "add", scope, after: "2.1", task: { id: "2.2", title: "Colour it", status: "in-progress" } },
    { kind: "remove", scope, token: "2.10" },
  ]);

  expect(text).toBe(
    sample
      .replace("Keep a year\n", "Keep a year\n- [ ] 1.3 Weigh them\n")
      .replace("- [ ] **2.1** Draw `curve.svg`\n- [~] 2.10: Print\n", "- [x] **2.1** Draw `curve.svg`\n- [~] **2.2** Colour it\n"),
  );
  expect(unwritten.map(({ field }) => field)).toEqual(["dependencies"]);
});
