import { expect, test } from "vitest";
import type { Plan, PlanReading } from "../../words.ts";
import { readPlan } from "../read-plan.ts";

const read = (text: string): PlanReading => readPlan({ path: "PLAN.md", text, named: true });
const found = (text: string): Plan => {
  const { plan, because } = read(text);
  if (plan === null) throw new Error(because);
  return plan;
};
const brief = (text: string): readonly string[] =>
  found(text).tasks.map(({ line, id, status, title }) => `${line}: ${id} ${status} ${title}`);
const problems = (text: string): readonly string[] => read(text).problems.map(({ line, column, code }) => `${line}:${column} ${code}`);

const table = `| ID | Task | Status |
| -- | ---- | ------ |
| A-1 | One | todo |
| A-2 | Two | ✅ Done |
`;

test("a table of tasks is read with its marks taken off", () => {
  const text = `# Plan

| ID | Task | Owner | Status | Depends on |
|---|---|---|:-:|---|
| **A-1** | Write \`main.ts\` | @ann | [x] | - |
| [A-2](#a-2) | Use <b>bold</b> \\| *pipes* | — | in_progress | A-1 |
`;

  expect(found(text).tasks).toMatchObject([
    { id: "A-1", title: "Write main.ts", owner: "@ann", status: "completed", writtenStatus: "[x]", dependencies: [], line: 5 },
    { id: "A-2", title: "Use bold | pipes", owner: null, status: "in-progress", dependencies: ["A-1"], line: 6 },
  ]);
  expect(problems(text)).toEqual([]);
});

test("a table without a status column is todo, said once, at its header", () => {
  expect(problems("| ID | Task |\n|--|--|\n| A-1 | One |\n")).toEqual(["1:3 no-status-column"]);
});

test("a table below a heading that is a status has that status", () => {
  const text = "## Done\n\n| ID | Task |\n|--|--|\n| A-1 | One |\n\n## 🚧 In progress\n\n| ID | Task |\n|--|--|\n| A-2 | Two |\n";

  expect(brief(text)).toEqual(["5: A-1 completed One", "11: A-2 in-progress Two"]);
  expect(problems(text)).toEqual([]);
});

test("a row that contradicts its heading counts, with a note", () => {
  expect(problems(`## Completed\n\n${table}`)).toEqual(["5:15 section-disagrees"]);
});

test("a row torn by a | inside a cell is not read, a short row is", () => {
  const text = "| ID | Task | Status |\n|--|--|--|\n| A-1 | a|b | todo |\n| A-2 | Two |\n";

  expect(brief(text)).toEqual(["4: A-2 todo Two"]);
  expect(problems(text)).toEqual(["3:1 wrong-field-count"]);
});

test("several tables are one plan, and an id in two of them counts once", () => {
  expect(
    brief(`${table}\n## More\n\n| Ticket | Title | State |\n|--|--|--|\n| A-3 | Three | busy |\n| a-02 | Two again | todo |\n`),
  ).toEqual(["3: A-1 todo One", "4: A-2 completed Two", "10: A-3 in-progress Three"]);
  expect(problems(`${table}\n| ID | Task | Status |\n|--|--|--|\n| a-02 | Two | done |\n`)).toEqual(["8:3 duplicate-id"]);
});

test("milestones, risks and roles in tables are no tasks", () => {
  const text = `${table}
| ID | Milestone | Owner | Start | Target | Notes |
|---|---|---|---|---|---|
| M1 | Beta | ann | 2026-01-01 | 2026-02-01 | soon |

| ID | Title | Status | Target |
|---|---|---|---|
| M2 | Launch | open | 2026-03-01 |

| ID | Risk | Impact | Likelihood | Mitigation |
|---|---|---|---|---|
| R1 | Rain | High | Low | Umbrella |

| Role | Short | Responsibility |
|---|---|---|
| Lead | L | decides |
`;
  const plan = found(text);

  expect(plan.tasks).toHaveLength(2);
  expect(plan.milestones).toEqual([
    { id: "M1", title: "Beta", owner: "ann", start: "2026-01-01", due: "2026-02-01", notes: "soon", line: 8 },
    { id: "M2", title: "Launch", owner: null, start: null, due: "2026-03-01", notes: null, line: 12 },
  ]);
  expect(plan.risks).toEqual([{ id: "R1", title: "Rain", impact: "High", likelihood: "Low", mitigation: "Umbrella", line: 16 }]);
});

test("milestones are read from numbered lists with targets, and from bullets with dates", () => {
  const text = `${table}
1. Ship the **beta** (Target: 2026-02-01)
2. Something without a date
3. Ship it all (target: 2026-03-01)

- M7 (2026-01-01 → 2026-01-05): Drill
- M8 (2026-01-06): Repeat
- M9: no date
`;

  expect(found(text).milestones.map(({ id, title, start, due }) => [id, title, start, due])).toEqual([
    ["M1", "Ship the beta", null, "2026-02-01"],
    ["M3", "Ship it all", null, "2026-03-01"],
    ["M7", "Drill", "2026-01-01", "2026-01-05"],
    ["M8", "Repeat", null, "2026-01-06"],
  ]);
});

test("where a PLAN block stands only it makes tasks", () => {
  const text = `${table}\n- [ ] A-8 Eight\n\n<!-- PLAN:BEGIN -->\n\n| Id | Title | Status |\n|--|--|--|\n| A-9 | Nine | blocked |\n\n<!-- plan:end -->\n`;

  expect(found(text).block).toBe(true);
  expect(brief(text)).toEqual(["12: A-9 blocked Nine"]);
});

test("a PLAN block is found behind a fence that is never closed", () => {
  const block = "<!-- PLAN:BEGIN -->\n| Id | Title | Status |\n|--|--|--|\n| A-9 | Nine | todo |\n<!-- PLAN:END -->\n";

  expect(brief(`text\n\n\`\`\`sh\nls\n\n${block}`)).toEqual(["9: A-9 todo Nine"]);
  expect(problems(`text\n\n\`\`\`sh\nls\n\n${block}`)).toEqual(["3:1 unclosed-fence"]);
  // The fence that follows closes the open one, so that the block would read as code.
  expect(problems(`\`\`\`sh\nls\n\n${block}\n\`\`\`sh\nls\n\`\`\`\n`)).toEqual(["1:1 unclosed-fence"]);
});

test("a PLAN block shown as an example in code is none", () => {
  const example = "```md\n<!-- PLAN:BEGIN -->\n| Id | Title | Status |\n|--|--|--|\n| X-1 | Example | todo |\n<!-- PLAN:END -->\n```\n";

  expect(brief(`${table}\n${example}`)).toEqual(["3: A-1 todo One", "4: A-2 completed Two"]);
  expect(found(`${table}\n${example}`).block).toBe(false);
});

test("a PLAN block without an end is read to the end of the file", () => {
  expect(problems(`<!-- PLAN:BEGIN -->\n${table}`)).toEqual(["1:1 unclosed-block"]);
});

test("an empty PLAN block is an empty plan", () => {
  expect(read("<!-- PLAN:BEGIN -->\n<!-- PLAN:END -->\n")).toMatchObject({
    plan: { tasks: [], block: true },
    problems: [{ code: "no-tasks" }],
  });
});

test("an empty table of tasks is an empty plan where it is named, and nothing where it is not", () => {
  const text = "| ID | Task | Status |\n|--|--|--|\n";

  expect(read(text)).toMatchObject({ plan: { tasks: [] }, problems: [{ code: "no-tasks" }] });
  expect(readPlan({ path: "plan-template.md", text })).toMatchObject({ plan: null, problems: [] });
});

test("a problem inside of a PLAN block is told once", () => {
  expect(problems("<!-- PLAN:BEGIN -->\n- [ ] A-1 One\n  - Due: soon\n<!-- PLAN:END -->\n- [ ] A-2 Two\n  - Due: later\n")).toEqual([
    "3:5 bad-date",
  ]);
});

test("tasks in prose are read with their fields, as headings or as plain lines", () => {
  const text = `Task 1 — Restore the router

- ID: T1
- Owner (R/A): backend lead
- Target: 2026-01-10
- Steps:
  1. Do this
- Dependencies: None.
- Status: Done — 2026-01-09 — deployed (ops)

### Task 2: Follow up

- **Status:** In Progress — 2026-01-11 — half way
- Depends on: Task 1 (router) and Task 3
- Estimate: 2 d
`;

  expect(found(text).tasks).toMatchObject([
    {
      id: "T1",
      title: "Restore the router",
      owner: "backend lead",
      due: "2026-01-10",
      status: "completed",
      writtenStatus: "Done",
      completed: "2026-01-09",
      notes: "deployed (ops)",
      line: 1,
    },
    { id: "2", title: "Follow up", status: "in-progress", completed: null, dependencies: ["T1"], hours: 16, notes: "half way", line: 11 },
  ]);
  expect(problems(text)).toEqual(["14:3 dangling-dependency"]);
});

test("a list that describes a record is no task", () => {
  expect(read("## User\n\n- ID: a number\n- Name: a text\n").plan).toBeNull();
});

test("a checklist gives tasks where its items carry ids, and criteria where they do not", () => {
  const text = `## Phase 1 — Base

- [ ] Real look-up (ID: P1-AUTH-DB)
- [x] A-1 Write **it** down
- [X] **A-2**: Say it
- [~] \`A-3\` — Sing it
- [-] [A-4] Drop it
- [!] A-5: Wait for it
- [ ] T012 Dance it
  - Depends on: A-1, A-3
  - Owner: ann
  - [ ] a step of it
- [ ] UTF-8 file names
- [x] Everybody is happy
- [link](x) no box

## In progress

- [ ] A-6 Begun
- [x] A-7 Done
`;

  expect(brief(text)).toEqual([
    "3: P1-AUTH-DB todo Real look-up",
    "4: A-1 completed Write it down",
    "5: A-2 completed Say it",
    "6: A-3 in-progress Sing it",
    "7: A-4 deferred Drop it",
    "8: A-5 blocked Wait for it",
    "9: T012 todo Dance it",
    "19: A-6 in-progress Begun",
    "20: A-7 completed Done",
  ]);
  const { tasks, criteria } = found(text);
  expect(criteria).toEqual({ open: 2, done: 1 });
  expect(tasks.find(({ id }) => id === "T012")).toMatchObject({
    owner: "ann",
    dependencies: ["A-1", "A-3"],
    phase: "Phase 1 — Base",
    writtenStatus: "[ ]",
  });
  expect(tasks.map(({ writtenStatus }) => writtenStatus)).toContain("[X]");
  expect(problems(text)).toEqual([]);
});

test("a table of tasks without ids beside others is left aside, alone it refuses the file", () => {
  const without = "| Task | Status |\n|--|--|\n| One | todo |\n";

  expect(problems(`${table}\n${without}`)).toEqual(["6:3 table-without-ids"]);
  expect(readPlan({ path: "PLAN.md", text: without }).problems).toMatchObject([{ code: "no-id-column", severity: "warning" }]);
});

test.each([
  ["a table of settings", "| Name | Default |\n|--|--|\n| a | b |\n"],
  ["a table of errors", "| Code | Description |\n|--|--|\n| 404 | missing |\n"],
  ["a list of records with titles", "| ID | Title | Page |\n|--|--|--|\n| 1 | Foreword | 5 |\n"],
  ["tasks in code", "```\n| ID | Task | Status |\n|--|--|--|\n| A-1 | One | todo |\n```\n"],
  ["tasks in a comment", "<!--\n\n| ID | Task | Status |\n|--|--|--|\n| A-1 | One | todo |\n\n-->\n"],
  ["prose", "Some words about the plan.\n"],
])("%s is no plan, and nobody hears of it unless the file is named", (_, text) => {
  expect(read(text)).toMatchObject({ plan: null, problems: [{ code: "not-a-plan" }] });
  expect(readPlan({ path: "docs/plan.md", text })).toMatchObject({ plan: null, problems: [] });
});

test("columns count the place of a cell in its line", () => {
  expect(problems("| ID | Task | Status |\n|--|--|--|\n| A-1 | One | cooking |\n")).toEqual(["3:15 unknown-status"]);
});

test("a long document is read to its end, lines and phases kept", () => {
  const text = Array.from({ length: 400 }, (_, n) => `## Phase ${n}\n\nWords.\n\n- [ ] LONG-${n} Item\n  - [ ] step\n`).join("\n");
  const { tasks, criteria } = found(text);

  expect(tasks).toHaveLength(400);
  expect(tasks.at(-1)).toMatchObject({ id: "LONG-399", phase: "Phase 399", line: 399 * 7 + 5 });
  expect(criteria.open).toBe(400);
});

test("a table of 5000 rows is read whole", () => {
  const rows = Array.from({ length: 5000 }, (_, n) => `| A-${n} | Item | todo |\n`).join("");

  expect(found(`## Tasks\n| ID | Task | Status |\n|--|--|--|\n${rows}`).tasks).toHaveLength(5000);
});

test("Markdown beyond 1 MB is refused at once", () => {
  expect(read(`${table}${"words ".repeat(200_000)}`)).toMatchObject({ plan: null, problems: [{ code: "too-large" }] });
});

test.each([
  ["quotes in quotes", "> ".repeat(50_000)],
  ["lists in lists", "1. ".repeat(50_000)],
  ["a staircase of lists", Array.from({ length: 900 }, (_, n) => `${"  ".repeat(n)}- a`).join("\n")],
  ["text that lazily continues a quote", `> a\n${"b\n".repeat(50_000)}`],
  ["emphasis that never ends", "*a_ ".repeat(50_000)],
  ["brackets that never close", "[a](<b".repeat(30_000)],
  ["headings underlined", "a\n=\n".repeat(25_000)],
  ["lists in quotes", "> - a\n\n1. - a\n".repeat(6_000)],
  ["marked cells", `| ID | Task | Status |\n|--|--|--|\n${"| *a_ | *b_ | *c_ |\n".repeat(6_000)}`],
  ["opening tags", "<a ".repeat(60_000)],
  ["backticks", Array.from({ length: 600 }, (_, n) => "`".repeat(n)).join("a")],
  ["block markers", "<!-- PLAN:BEGIN -->\n".repeat(8_000)],
  ["fences", "```\n~~~\n".repeat(8_000)],
])("a file of nothing but %s ends in an answer", { timeout: 60_000 }, (_, text) => {
  expect(read(text).because).not.toBe("");
});

test("addresses in cells and boxes are words like any other", () => {
  const table =
    "| ID | Task | Owner | Status | Notes |\n| --- | --- | --- | --- | --- |\n| A-1 | See https://x.example/a | ann@example.com | todo | www.example.com |\n";
  const { plan } = readPlan({ path: "PLAN.md", text: `${table}\n- [ ] **A-2**: Ask bob@example.com\n`, named: true });

  expect(plan?.tasks).toMatchObject([
    { id: "A-1", title: "See https://x.example/a", owner: "ann@example.com", notes: "www.example.com" },
    { id: "A-2", title: "Ask bob@example.com" },
  ]);
});
