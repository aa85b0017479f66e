import { describe, expect, test } from "vitest";
import type { Plan, PlannedTask } from "../../words.ts";
import { readPlan } from "../read-plan.ts";

const named = (text: string): Plan => {
  const { plan, because } = readPlan({ path: "PLAN.md", text, named: true });
  if (plan === null) throw new Error(because);
  return plan;
};
const unnamed = (text: string): Plan | null => readPlan({ path: "PLAN.md", text }).plan;
const problems = (text: string): readonly string[] =>
  readPlan({ path: "PLAN.md", text, named: true }).problems.map(({ line, column, code }) => `${line}:${column} ${code}`);
const brief = (text: string): readonly string[] =>
  named(text).tasks.map(({ id, status, writtenStatus, title, parent }) =>
    [id, status, `(${writtenStatus})`, title, parent === null ? "" : `of ${parent}`].join(" ").trim(),
  );
const first = (text: string): PlannedTask | undefined => named(text).tasks[0];

describe("ids", () => {
  test.each([
    ["- [ ] AUTH-001 Sign in", "AUTH-001", "Sign in"],
    ["- [ ] **AUTH-001**: Sign in", "AUTH-001", "Sign in"],
    ["- [ ] **AUTH-001: Sign in**", "AUTH-001", "Sign in"],
    ["- [ ] `P1-AUTH-DB2` — Sign in", "P1-AUTH-DB2", "Sign in"],
    ["- [ ] [AUTH-001](docs/a.md) Sign in", "AUTH-001", "Sign in"],
    ["- [ ] (AUTH-001) Sign in", "AUTH-001", "Sign in"],
    ["- [ ] Sign in (ID: P1-AUTH-DB)", "P1-AUTH-DB", "Sign in"],
    ["- [ ] **Task 1.2**: Sign in", "1.2", "Sign in"],
    ["- [ ] ⚪ **Task 3** — Sign in", "3", "Sign in"],
    ["- [ ] Sign in\n  - ID: AUTH-001", "AUTH-001", "Sign in"],
    ["### AUTH-001: Sign in\n\n**Status:** todo", "AUTH-001", "Sign in"],
    ["## Task 4 — Sign in\n\n- ID: T4\n- Status: todo", "T4", "Sign in"],
    ["## Epic 1 — Sign in\n## Epic 2 — Sign out", "Epic-1", "Sign in"],
    ["## Epic A: Sign in\n## Epic B: Sign out", "Epic-A", "Sign in"],
  ])("%j is a task", (text, id, title) => {
    expect(first(`# Plan\n\n${text}\n`)).toMatchObject({ id, title: title, status: "todo" });
    expect(unnamed(`# Plan\n\n${text}\n`)?.tasks[0]?.id).toBe(id);
  });

  test.each(["UTF-8 names", "ISO-8601 dates", "RFC-2119 words", "SHA-256 sums", "OAuth works", "Step-1 of many", "v2-1 is out", "HTTP-2"])(
    "%j begins with no id",
    (words) => {
      expect(unnamed(`- [ ] ${words}\n`)).toBeNull();
    },
  );

  test("tasks without ids are named by their titles, where the file is named", () => {
    const text =
      "# To do\n\n- [ ] Write the *docs* (due: 2026-01-02)\n- [x] Write the docs\n  - [ ] Draft it\n- [ ] Ångström's Übung 2\n- [ ] 🚀\n";

    expect(brief(text)).toEqual([
      "write-the-docs todo ([ ]) Write the docs",
      "write-the-docs-2 completed ([x]) Write the docs",
      "draft-it todo ([ ]) Draft it of WRITE-THE-DOCS-2",
      "ångströms-übung-2 todo ([ ]) Ångström's Übung 2",
      "task todo ([ ]) 🚀",
    ]);
    expect(named(text).tasks[0]?.due).toBe("2026-01-02");
    expect(unnamed(text)).toBeNull();
  });

  test("words in bold in front of a title are its name", () => {
    expect(first("- [ ] **Fix the form** — it is broken on phones\n")).toMatchObject({
      id: "fix-the-form",
      title: "Fix the form — it is broken on phones",
    });
  });

  test("such a name stays when the status changes", () => {
    const ids = (text: string): readonly string[] => named(text).tasks.map(({ id }) => id);

    expect(ids("- [x] One ✅ 2026-01-01\n- [~] Two\n- Three [done]\n")).toEqual(ids("- [ ] One\n- [ ] Two\n- Three [partial]\n"));
  });

  test("rows of a table without ids are named by their titles, where the file is named", () => {
    expect(brief("| Task | Status |\n|--|--|\n| Buy milk | ✅ |\n| Buy milk | todo |\n")).toEqual([
      "buy-milk completed (✅) Buy milk",
      "buy-milk-2 todo (todo) Buy milk",
    ]);
  });

  test("headings with boxes are named by their titles", () => {
    expect(brief("# Plan\n\n### [ ] Sign in\n\n- [x] form\n- [ ] tests\n\n### [x] Sign out\n")).toEqual([
      "sign-in todo ([ ]) Sign in",
      "form completed ([x]) form of SIGN-IN",
      "tests todo ([ ]) tests of SIGN-IN",
      "sign-out completed ([x]) Sign out",
    ]);
  });

  test("a task listed in a table and written out below is one task", () => {
    const text =
      "| ID | Task | Status |\n|--|--|--|\n| T-1 | One | done |\n| T-2 | Two | todo |\n\n### T-1: One\n\n**Status:** Done\n\n### T-2: Two\n\n- [ ] a part\n";

    expect(brief(text)).toEqual(["T-1 completed (done) One", "T-2 todo (todo) Two"]);
    expect(problems(text)).toEqual([]);
    expect(problems(text.replace("Done", "Blocked"))).toEqual(["6:5 duplicate-id"]);
  });
});

describe("statuses", () => {
  test.each([
    ["- **A-1** One ✅", "completed", "✅"],
    ["- ✅ **A-1** One", "completed", "✅"],
    ["- A-1 One [done]", "completed", "done"],
    ["- A-1: One [partial]", "in-progress", "partial"],
    ["- [done] A-1 One", "completed", "done"],
    ["- A-1 One — In Progress", "in-progress", "In Progress"],
    ["- [ ] A-1 One [partial]", "in-progress", "partial"],
    ["- [~] A-1 One", "in-progress", "[~]"],
    ["- [x] ✅ A-1 One", "completed", "[x]"],
    ["- [ ] A-1 One\n  - Status: Blocked", "blocked", "Blocked"],
    ["- [ ] A-1 One\n  **Status**: Blocked", "blocked", "Blocked"],
    ["- [ ] A-1 One\n\n  Status: Blocked", "blocked", "Blocked"],
    ["- [ ] ~~A-1 One~~", "deferred", "[ ]"],
    ["### ✅ A-1: One", "completed", "✅"],
    ["### A-1: One 🚧", "in-progress", "🚧"],
    ["### A-1: One [done]", "completed", "done"],
    ["### [x] A-1: One", "completed", "[x]"],
    ["### A-1: One\n\n**Status:** In Progress | **Owner:** ann", "in-progress", "In Progress"],
    ["### A-1: One\n\nSome words.\n\n**Priority**: P1\n**Status**: `done`", "completed", "done"],
    ["### A-1: One\n\n- [x] a\n- [ ] b", "in-progress", ""],
    ["### A-1: One\n\n- [x] a\n- [x] b\n- [ ]* c", "completed", ""],
    ["## In Progress 🚧\n\n- A-1 One", "in-progress", ""],
    ["## ✅ Done (12)\n\n- **A-1** One", "completed", ""],
    ["## Completed tasks\n\n| ID | Task |\n|--|--|\n| A-1 | One |", "completed", ""],
    ["## Todo\n\n- A-0 Zero\n\n## Review\n\n- A-1 One", "in-progress", ""],
  ])("%j", (text, status, writtenStatus) => {
    const task = named(`# Plan\n\n${text}\n`).tasks.find(({ id }) => id === "A-1");

    expect(task).toMatchObject({ title: "One", status, writtenStatus });
    expect(unnamed(`# Plan\n\n${text}\n`)).toEqual(named(`# Plan\n\n${text}\n`));
  });

  test("a day in brackets behind a status is that of its completion", () => {
    const text = "| ID | Task | Status |\n|-|-|-|\n| A-1 | One | ✅ Done (2026-01-02) |\n| A-2 | Two | busy (2026-01-02) |\n";

    expect(named(text).tasks).toMatchObject([
      { writtenStatus: "✅ Done", completed: "2026-01-02", notes: null },
      { writtenStatus: "busy", completed: null, notes: "(2026-01-02)" },
    ]);
  });

  test("a board's lists are read without boxes, and without ids where the file is named", () => {
    expect(brief("# Board\n\n## To do\n\n- Buy milk\n- Bake\n  - with eggs\n\n## Done\n\n- Get up\n\n## Notes\n\n- a thought\n")).toEqual([
      "buy-milk todo () Buy milk",
      "bake todo () Bake",
      "get-up completed () Get up",
    ]);
  });

  test("a chapter called Review says nothing of the tasks in it", () => {
    expect(brief("# Plan\n\n## Review\n\n- [ ] A-1 One\n")).toEqual(["A-1 todo ([ ]) One"]);
  });

  test("what may be left undone is optional", () => {
    const text =
      "- [ ] A-1 One (optional)\n- [ ]* A-2 Two\n\n## Optional\n\n- [ ] A-3 Three\n\n## Optional extras\n\n| ID | Task | Status |\n|-|-|-|\n| A-4 | Four | todo |\n";

    expect(named(text).tasks.map(({ title, status, optional }) => [title, status, optional])).toEqual([
      ["One", "todo", true],
      ["Two", "todo", true],
      ["Three", "todo", true],
      ["Four", "todo", true],
    ]);
  });
});

describe("what belongs to what", () => {
  test("items below an item are its parts; a parent with a box keeps its status, one without has that of its parts", () => {
    const text = "- [ ] A-1 One\n  - [x] A-2 Two\n- A-3 Three\n  - words\n    - [x] A-4 Four\n  - [ ] A-5 Five\n- A-6 a remark\n";

    expect(brief(text)).toEqual([
      "A-1 todo ([ ]) One",
      "A-2 completed ([x]) Two of A-1",
      "A-3 in-progress () Three",
      "A-4 completed ([x]) Four of A-3",
      "A-5 todo ([ ]) Five of A-3",
    ]);
    expect(problems(text)).toEqual(["1:3 children-disagree"]);
  });

  test("tasks below an epic are its parts", () => {
    const text =
      "## Epic 1 — Money\n\n### Story 1.1: Pay\n\n- [x] form\n\n- [x] PAY-1 Card\n\n## Epic 2 — Fame\n\n| ID | Task | Status |\n|-|-|-|\n| F-1 | Sing | busy |\n";

    expect(brief(text)).toEqual([
      "Epic-1 completed () Money",
      "Story-1.1 completed () Pay of EPIC-1",
      "PAY-1 completed ([x]) Card of STORY-1.1",
      "Epic-2 in-progress () Fame",
      "F-1 in-progress (busy) Sing of EPIC-2",
    ]);
  });

  test("dependencies stand in brackets, in lines below, or in fields", () => {
    const text = `- [ ] A-1 One
- [ ] A-2 Two (depends on A-1)
- [ ] A-3 Three [blocked by: A-1, A-2]
- [ ] A-4 Four
  Depends on: A-3
- [ ] A-5 Five
  - Blocked by: A-4 and **A-3**
- [ ] A-6 Six (requires a reboot)
- [ ] A-7 Seven (after A-9)
`;

    expect(named(text).tasks.map(({ title, dependencies }) => [title, ...dependencies].join(" "))).toEqual([
      "One",
      "Two A-1",
      "Three A-1 A-2",
      "Four A-3",
      "Five A-4 A-3",
      "Six (requires a reboot)",
      "Seven",
    ]);
    expect(problems(text)).toEqual(["9:24 dangling-dependency"]);
  });

  test("an epic can wait for an epic", () => {
    expect(named("## Epic 1 — Money\n\n## Epic 2 — Fame\n\n- Depends on: Epic 1 (all of it)\n").tasks[1]?.dependencies).toEqual(["EPIC-1"]);
  });

  test("phases and milestones are those of the headings", () => {
    const text = "# Plan\n\n## 🚀 Phase 1: Base ✅\n\n- [ ] A-1 One\n\n## M2 — Beta\n\n- [ ] A-2 Two\n\n## Sprint 3\n\n- [ ] A-3 Three\n";

    expect(named(text).tasks.map(({ id, phase, milestone }) => [id, phase, milestone])).toEqual([
      ["A-1", "Phase 1: Base", null],
      ["A-2", null, "M2"],
      ["A-3", "Sprint 3", null],
    ]);
  });

  test("what is said behind a title is taken out of it", () => {
    expect(first("- [ ] A-1 Write it all down @ann (4h) [P1] (due: 2026-02-03)\n")).toMatchObject({
      title: "Write it all down",
      owner: "@ann",
      hours: 4,
      priority: 1,
      due: "2026-02-03",
    });
    expect(first("- [x] A-1 One 🔼 🛫 2026-01-01 📅 2026-02-03 ✅ 2026-02-01\n")).toMatchObject({
      title: "One",
      priority: 2,
      start: "2026-01-01",
      due: "2026-02-03",
      completed: "2026-02-01",
      status: "completed",
    });
    expect(first("- [ ] 🔴 A-1 Use `@Injectable`\n")).toMatchObject({ title: "Use @Injectable", owner: null, priority: 0, status: "todo" });
    expect(first("- [ ] A-1 Say hello (to all)\n")?.title).toBe("Say hello (to all)");
  });

  test("fields that are not ours are kept by their names", () => {
    expect(first("| ID | Task | Status | Risk level |\n|-|-|-|-|\n| A-1 | One | todo | `low` |\n")?.extra).toEqual({ "Risk level": "low" });
    expect(first("Task 1 — One\n\n- Status: todo\n- Acceptance criteria: it works\n- Steps:\n  1. Do\n  2. Check\n")?.extra).toEqual({
      "Acceptance criteria": "it works",
      Steps: "Do; Check",
    });
  });
});

describe("around the tasks", () => {
  test("phases with days are milestones", () => {
    const text =
      "# Plan\n\n## Phase 1 — Base (2026-01-01 → 2026-01-15)\n\n- [ ] A-1 One\n\n## Milestone 2: Beta (Target: 2026-02-01) ✅\n\n| Phase | Start | End |\n|-|-|-|\n| Phase 3 | 2026-02-01 | 2026-03-01 |\n";

    expect(named(text).milestones.map(({ id, title, start, due }) => [id, title, start, due])).toEqual([
      ["M1", "Phase 3", "2026-02-01", "2026-03-01"],
      ["Phase 1", "Base", "2026-01-01", "2026-01-15"],
      ["M2", "Beta", null, "2026-02-01"],
    ]);
  });

  test("roles, cadence and criteria are read as such", () => {
    const text = `- [ ] A-1 One

| Activity | Ann | Bob |
|--|--|--|
| Design | R | A, C |

| Role | Name |
|--|--|
| Lead | Ann |

| Role | Can do |
|--|--|
| admin | everything |

## Rituals

- Weekly: review, Mondays 10:00 UTC
- Bring cake

Friday 15:00 UTC: demo

## Acceptance criteria

- [x] AC-1 It works
- [ ] It is fast

**Release checklist:**

- [ ] REL-1 Tag it

## Legend

- [x] = done

## Key tasks

- [ ] A-2 Two
`;
    const plan = named(text);

    expect(plan.tasks.map(({ id }) => id)).toEqual(["A-1", "A-2"]);
    expect(plan.roles.map(({ what, people }) => [what, people])).toEqual([
      ["Design", { Ann: "R", Bob: "A, C" }],
      ["Lead", { Name: "Ann" }],
    ]);
    expect(plan.cadence.map(({ words }) => words)).toEqual(["Weekly: review, Mondays 10:00 UTC", "Friday 15:00 UTC: demo"]);
    expect(plan.criteria).toEqual({ open: 2, done: 1 });
  });
});

test.each([
  ["a changelog", "# Changelog\n\n## 1.2.0 — 2026-01-02\n\n- AUTH-1: fix the form\n- Support UTF-8 ✅\n\n## Completed\n\n- many things\n"],
  ["minutes", "# Meeting 2026-01-02\n\n## Actions\n\n- [ ] Ann: write to Bob\n- [x] Bob: answer\n\n## Review\n\n- AUTH-1 was discussed\n"],
  ["a read-me", "# Tool\n\n- [x] fast\n- [ ] Windows\n\n| Option | Default | Status |\n|-|-|-|\n| a | b | stable |\n"],
  ["decisions", "# Decisions\n\n### ADR-001: Use Postgres\n\n**Status:** Accepted\n\n### ADR-002: Use Node\n\n**Status:** Proposed\n"],
  ["an essay", "# Epic 1\n\nTask 1 was hard. Task 2 — harder.\n\n- first\n- second\n"],
  ["steps", "# Guide\n\n## Step 1: Install\n\n- [ ] done\n\n## Phase 2 — Run\n\n1. Run it (target: all)\n"],
])("%s is no plan unless somebody says so", (_, text) => {
  expect(readPlan({ path: "docs/plan.md", text })).toMatchObject({ plan: null, problems: [] });
});
