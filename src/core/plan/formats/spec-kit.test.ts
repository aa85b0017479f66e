import { expect, test } from "vitest";
import type { Plan, PlanReading } from "../../words.ts";
import { editPlan } from "../edit.ts";
import { readPlan } from "../read-plan.ts";

const path = "specs/004-bird-counts/tasks.md";
const read = (text: string, at = path, named = false): PlanReading => readPlan({ path: at, text, named });
const plan = (text: string, at = path): Plan => {
  const { plan: found, because } = read(text, at);
  if (found === null) throw new Error(because);
  return found;
};

const sample = `# Tasks: Bird counts

## Phase 1: Setup

- [X] T001 Lay out the folders
- [ ] T002 [P] Choose a map in \`src/map.ts\`

**Checkpoint**: anyone can start it

## Phase 2: User Story 1 - Count a bird (Priority: P1) 🎯 MVP

### Tests for User Story 1

- [ ] T003 [P] [US1] Test of counting
- [ ] T004 [US1] Count and store (depends on T002, T003)
- [x] T005 [US1] Show the sum after T004 works

## Phase 3: User Story 2 - Share a list (Priority: P2)

- [~] T006 [P] [US2] Write the list, requires T004–T005
  - Keep it short
- [ ] TXXX [P] Polish

- [ ] All of it is read by someone else
`;

test("boxes with a T id are tasks, the others criteria; the scope is the feature's folder", () => {
  const found = plan(sample);

  expect(found.format).toBe("spec-kit");
  expect(found.scope).toBe("specs/004-bird-counts");
  expect(found.tasks.map(({ id, status, writtenStatus }) => `${id} ${status} ${writtenStatus}`)).toEqual([
    "T001 completed [X]",
    "T002 todo [ ]",
    "T003 todo [ ]",
    "T004 todo [ ]",
    "T005 completed [x]",
    "T006 in-progress [~]",
  ]);
  expect(found.criteria).toEqual({ open: 2, done: 0 });
});

test("one sees how far a story is: stories are milestones with the titles of their headings", () => {
  const found = plan(sample);

  expect(found.tasks.map(({ milestone }) => milestone)).toEqual([null, null, "US1", "US1", "US1", "US2"]);
  expect(found.milestones.map(({ id, title, notes, line }) => `${line} ${id} ${title} (${notes})`)).toEqual([
    "10 US1 Count a bird (Priority: P1)",
    "18 US2 Share a list (Priority: P2)",
  ]);
});

test("phases are headings; what may be done beside others is told, and notes are the bullets below", () => {
  const { tasks } = plan(sample);

  expect(tasks.map(({ phase }) => phase?.slice(0, 7))).toEqual(["Phase 1", "Phase 1", "Phase 2", "Phase 2", "Phase 2", "Phase 3"]);
  expect(tasks.map(({ extra }) => extra.parallel ?? "")).toEqual(["", "yes", "yes", "", "", "yes"]);
  expect(tasks[5]?.notes).toBe("Keep it short");
});

test("a task waits only for what its words name", () => {
  expect(plan(sample).tasks.map(({ dependencies }) => dependencies.join(" "))).toEqual(["", "", "", "T2 T3", "T4", "T4 T5"]);
  expect(plan(sample).tasks[3]?.title).toBe("Count and store");
});

const scope = "specs/004-bird-counts";

test("what a box can say is written into it, in the file's own case, and nothing else moves", () => {
  const { text, unwritten } = editPlan({ path, text: sample }, [
    { kind: "set", scope, token: "T2", to: { status: "completed" } },
    { kind: "set", scope, token: "T3", to: { status: "in-progress" } },
    { kind: "set", scope, token: "T5", to: { status: "todo" } },
  ]);

  expect(unwritten).toEqual([]);
  expect(text).toBe(sample.replace("- [ ] T002", "- [X] T002").replace("- [ ] T003", "- [~] T003").replace("- [x] T005", "- [ ] T005"));
});

test("what a box cannot say is told", () => {
  const { text, unwritten, problems } = editPlan({ path, text: sample }, [
    { kind: "set", scope, token: "T2", to: { status: "blocked", owner: "ada" } },
    { kind: "set", scope, token: "T3", to: { completed: "2026-01-02", notes: "later" } },
    { kind: "set", scope, token: "T99", to: { status: "completed" } },
  ]);

  expect(text).toBe(sample);
  expect(unwritten.map(({ field }) => field)).toEqual(["status", "owner", "completed", "notes", null]);
  expect(problems[0]).toMatchObject({ code: "cannot-write", line: 6, column: 3 });
});

test("a new task stands among its neighbours, written as they are", () => {
  const { text, unwritten } = editPlan({ path, text: sample }, [
    {
      kind: "add",
      scope,
      after: "T1",
      task: { id: "T007", title: "Name the birds", dependencies: ["T001"], milestone: "US2", status: "completed" },
    },
    { kind: "add", scope, after: "T7", task: { id: "T008", title: "Sort the names" } },
    { kind: "add", scope, after: null, task: { id: "T009", title: "Weigh them", phase: "Phase 1: Setup", owner: "ada" } },
  ]);

  expect(text).toBe(
    sample
      .replace("folders\n", "folders\n- [X] T007 [US2] Name the birds (depends on T001)\n- [ ] T008 Sort the names\n")
      .replace("`src/map.ts`\n", "`src/map.ts`\n- [ ] T009 Weigh them\n"),
  );
  expect(unwritten.map(({ field }) => field)).toEqual(["owner"]);
});

test("a task that would be read otherwise than it is meant is not added", () => {
  const add = (task: { readonly id: string; readonly title: string }) =>
    editPlan({ path, text: sample }, [{ kind: "add", scope, after: "T1", task }]);

  for (const task of [
    { id: "T001", title: "Here already" },
    { id: "A-1", title: "Another kind of id" },
    { id: "T020", title: "[P] A mark in front" },
    { id: "T020", title: "Wait until after T001" },
    { id: "T020", title: "Two\nlines" },
  ]) {
    expect(add(task).text).toBe(sample);
    expect(add(task).unwritten).toHaveLength(1);
  }
});

test("a task goes with the bullets below it", () => {
  const { text } = editPlan({ path, text: sample }, [
    { kind: "remove", scope, token: "T6" },
    { kind: "remove", scope, token: "T2" },
  ]);

  expect(text).not.toMatch(/T006 \[P\]|Keep it short|T002 \[P\]/);
  expect(text.split("\n")).toHaveLength(sample.split("\n").length - 3);
});

test("an item with two boxes is no task, and reported", () => {
  const text = sample.replace("- [ ] T002", "- [ ] - [X] T002");

  expect(plan(text).tasks.map(({ id }) => id)).not.toContain("T002");
  expect(read(text).problems.find(({ code }) => code === "second-box")).toMatchObject({ line: 6, column: 3 });
});

test("rough boxes are read, and one whose sign nobody knows is reported", () => {
  const text = "- [] T001 [P] One\n- [x]T002 Two\n- [?] T003 Three\n- [ X ] **T004** Four\n";

  expect(plan(text).tasks.map(({ id, status, title }) => `${id} ${status} ${title}`)).toEqual([
    "T001 todo One",
    "T002 completed Two",
    "T003 todo Three",
    "T004 completed Four",
  ]);
  expect(read(text).problems.map(({ code, line, column }) => `${line}:${column} ${code}`)).toEqual(["3:3 unknown-status"]);
});

test("a template is a plan only where it is named", () => {
  expect(read(sample, "templates/tasks-template.md")).toMatchObject({ plan: null, problems: [] });
  expect(read(sample, "templates/tasks-template.md").because).toContain("template");
  expect(read(sample, "templates/tasks-template.md", true).plan?.tasks).toHaveLength(6);
});

test("elsewhere a list with T1 and no marks of spec-kit's is left to others", () => {
  expect(plan("- [ ] T1 One\n- [ ] T2 Two\n", "TODO.md").format).toBe("markdown");
  expect(plan("- [ ] T001 One\n- [ ] T002 Two\n", "TODO.md").format).toBe("markdown");
  expect(plan("- [ ] T1 One\n- [ ] T2 Two\n", "specs/1/tasks.md").format).toBe("spec-kit");
});
