import { expect, test } from "vitest";
import type { Plan, PlanReading } from "../../words.ts";
import type { Change } from "../change.ts";
import { editPlan } from "../edit.ts";
import { readPlan } from "../read-plan.ts";

const path = ".kiro/specs/pond/tasks.md";
const scope = ".kiro/specs/pond";
const read = (text: string, at = path): PlanReading => readPlan({ path: at, text });
const plan = (text: string, at = path): Plan => {
  const { plan: found, because } = read(text, at);
  if (found === null) throw new Error(because);
  return found;
};
const edit = (changes: readonly Change[], text = sample) => editPlan({ path, text }, changes);

const sample = `# Implementation Plan

## Tasks

- [x] 1. Dig the \`pond\`
  - Mark the edge
  - Line it with **clay**
  - _Requirements: 1.1, 1.2_

- [-] 2. 池を満たす
  - [x] 2.1 Find water
    - _Requirements: 2.1_
    - _Depends on: 1_
  - [ ]* 2.2. Test the water
    - _Depends on: 2.1 (clean)、1 the pond_
  - [~] 2.3 Pump it
    - _Depends on: Phase 1 complete_

- [ ] **3. Plant**
  - [ ] reeds stand at the edge
- [x] **4.** Stock with fish
  - [ ] 4.1 (P) Carp
- [ ] 3 fishes are alive
`;

test("numbered boxes are tasks, parts by their numbers; boxes without a number are criteria", () => {
  const found = plan(sample);

  expect(found).toMatchObject({ format: "kiro", scope, criteria: { open: 2, done: 0 }, milestones: [] });
  expect(found.tasks.map(({ id, title, parent }) => `${id} ${title} < ${parent}`)).toEqual([
    "1 Dig the pond < null",
    "2 池を満たす < null",
    "2.1 Find water < 2",
    "2.2 Test the water < 2",
    "2.3 Pump it < 2",
    "3 Plant < null",
    "4 Stock with fish < null",
    "4.1 Carp < 4",
  ]);
});

test("[-] is at work, [~] waits in the queue, and a star says that it may be left undone", () => {
  expect(
    plan(sample).tasks.map(({ id, status, writtenStatus, optional }) => `${id} ${status} ${writtenStatus}${optional ? " optional" : ""}`),
  ).toEqual([
    "1 completed [x]",
    "2 in-progress [-]",
    "2.1 completed [x]",
    "2.2 todo [ ] optional",
    "2.3 todo [~]",
    "3 todo [ ]",
    "4 completed [x]",
    "4.1 todo [ ]",
  ]);
});

test("details are notes, requirements are kept, and dependencies are what their line begins with", () => {
  const { tasks } = plan(sample);

  expect(tasks[0]).toMatchObject({ notes: "Mark the edge\nLine it with **clay**", extra: { Requirements: "1.1, 1.2" } });
  expect(tasks.map(({ dependencies }) => dependencies.join(" "))).toEqual(["", "", "1", "2.1 1", "", "", "", ""]);
  expect(tasks[7]?.extra).toEqual({ parallel: "yes" });
});

test("a task is done when its box is, and its parts may disagree", () => {
  expect(read(sample).problems.map(({ line, column, code }) => `${line}:${column} ${code}`)).toEqual(["21:3 children-disagree"]);
});

test("a dependency on a number that is not there is told where it stands", () => {
  expect(read(sample.replace("_Depends on: 1_", "_Depends on: 1, 7.1_")).problems[0]).toMatchObject({
    code: "dangling-dependency",
    line: 13,
    column: 7,
  });
});

test("parts in a flat list and phases as headings are read as well", () => {
  const text =
    "# Plan\n\n## Phase 1: Water\n- [ ] 1. Find\n- [ ] 1.1 Dig\n  - _Depends: 1.2_\n- [ ] 1.2 Pump\n### Phase 2: Life\n* [ ] 2. Fish\n";

  expect(plan(text).tasks.map(({ id, parent, phase, dependencies }) => `${id} ${parent} ${phase} ${dependencies}`)).toEqual([
    "1 null Phase 1: Water ",
    "1.1 1 Phase 1: Water 1.2",
    "1.2 1 Phase 1: Water ",
    "2 null Phase 2: Life ",
  ]);
});

test("a status is one sign in the box; what Kiro has no sign for is told", () => {
  const { text, unwritten } = edit([
    { kind: "set", scope, token: "1", to: { status: "in-progress" } },
    { kind: "set", scope, token: "2.2", to: { status: "completed", completed: "2026-01-02" } },
    { kind: "set", scope, token: "2.3", to: { status: "todo" } },
    { kind: "set", scope, token: "3", to: { status: "blocked" } },
  ]);

  expect(text).toBe(sample.replace("[x] 1.", "[-] 1.").replace("[ ]* 2.2.", "[x]* 2.2."));
  expect(unwritten.map(({ field }) => field)).toEqual(["completed", "status"]);
});

test("new tasks stand where their numbers belong, with their dependencies below them", () => {
  const { text, unwritten } = edit([
    { kind: "add", scope, after: null, task: { id: "2.4", title: "Drain", dependencies: ["2.3"], notes: "slowly" } },
    { kind: "add", scope, after: "1", task: { id: "1.1", title: "First part" } },
    { kind: "add", scope, after: "2.1", task: { id: "7", title: "In between", status: "completed" } },
    { kind: "add", scope, after: null, task: { id: "8", title: "Rest" } },
  ]);

  expect(text).toBe(
    sample
      .replace("1.2_\n", "1.2_\n  - [ ] 1.1 First part\n")
      .replace("complete_\n", "complete_\n  - [ ] 2.4 Drain\n    - _Depends on: 2.3_\n\n- [x] 7. In between\n")
      .replace("- [ ] 3 fishes", "- [ ] **8.** Rest\n- [ ] 3 fishes"),
  );
  expect(unwritten.map(({ field }) => field)).toEqual(["notes"]);
});

test("a task goes with its details, but not with a part that stays", () => {
  expect(edit([{ kind: "remove", scope, token: "2" }])).toMatchObject({ text: sample, unwritten: [{ field: null }] });
  expect(edit([{ kind: "remove", scope, token: "1" }]).text).toBe(sample.replace(/- \[x\] 1\.[\s\S]*?\n\n/, ""));
  const all = ["2", "2.1", "2.2", "2.3"].map((token) => ({ kind: "remove", scope, token }) as const);
  expect(edit(all).text).toBe(sample.replace(/- \[-\] 2\.[\s\S]*?\n\n/, ""));
});

test("such a list outside Kiro's folder, or a file there without numbers, is left to others", () => {
  expect(read(sample, "docs/tasks.md").plan?.format).not.toBe("kiro");
  expect(read("# Tasks\n\n- [ ] Some\n- [ ] Things\n").plan?.format).not.toBe("kiro");
});
