import fc from "fast-check";
import { expect, test } from "vitest";
import type { Plan, PlanReading } from "../../words.ts";
import { readPlan } from "../read-plan.ts";

const read = (text: string, path = "docs/plan.csv"): PlanReading => readPlan({ path, text, named: true });
const found = (text: string): Plan => {
  const { plan, because } = read(text);
  if (plan === null) throw new Error(because);
  return plan;
};
const ids = (text: string): readonly string[] => found(text).tasks.map(({ id }) => id);
const problems = (text: string): readonly string[] => read(text).problems.map(({ line, column, code }) => `${line}:${column} ${code}`);

const strict = `id,phase,task,owner,status,priority,dependencies,estimated_hours,completion_date,artifacts,verification,notes,codex_hints
API-001,build,Sketch the routes,backend,completed,P1,,4,2026-01-05,,,"first, of many",
API-002,build,Write the handlers,backend,in-progress,P0,API-001,1.5 d,,src/api.ts,npm test,,
`;

test("the strict form is read with all its columns", () => {
  expect(read(strict)).toEqual({
    plan: {
      path: "docs/plan.csv",
      format: "csv",
      scope: "docs/plan.csv",
      tasks: [
        {
          id: "API-001",
          token: "API-1",
          title: "Sketch the routes",
          status: "completed",
          writtenStatus: "completed",
          recurring: false,
          owner: "backend",
          priority: 1,
          dependencies: [],
          hours: 4,
          start: null,
          due: null,
          completed: "2026-01-05",
          phase: "build",
          milestone: null,
          notes: "first, of many",
          scope: "docs/plan.csv",
          parent: null,
          optional: false,
          steps: [],
          extra: {},
          file: "docs/plan.csv",
          line: 2,
        },
        {
          id: "API-002",
          token: "API-2",
          title: "Write the handlers",
          status: "in-progress",
          writtenStatus: "in-progress",
          recurring: false,
          owner: "backend",
          priority: 0,
          dependencies: ["API-1"],
          hours: 12,
          start: null,
          due: null,
          completed: null,
          phase: "build",
          milestone: null,
          notes: null,
          scope: "docs/plan.csv",
          parent: null,
          optional: false,
          steps: [],
          extra: { artifacts: "src/api.ts", verification: "npm test" },
          file: "docs/plan.csv",
          line: 3,
        },
      ],
      milestones: [],
      risks: [],
      roles: [],
      cadence: [],
      criteria: { open: 0, done: 0 },
      block: false,
    },
    problems: [],
    because: "a CSV file of 2 rows with ids in the column “id”: 2 tasks",
  });
});

test.each([
  ["comments, blank lines and blank rows", "# plan\n\nid,task,status\n# a section\nA-1,One,todo\n\n,,\nA-2,Two,done\n"],
  ["Windows line ends, a byte order mark and no final newline", "\uFEFFid,task,status\r\nA-1,One,todo\r\nA-2,Two,done"],
  ["old Macintosh line ends", "id,task,status\rA-1,One,todo\rA-2,Two,done\r"],
  ["mixed line ends", "id,task,status\r\nA-1,One,todo\nA-2,Two,done\n"],
  ["line breaks in quotes", 'id,task,status\nA-1,"One\nand more",todo\nA-2,"Two\r\nand more",done\n'],
  ["semicolons", "id;task;status\nA-1;One;todo\nA-2;Two;done\n"],
  ["tabs", "id\ttask\tstatus\nA-1\tOne\ttodo\nA-2\tTwo\tdone\n"],
  ["ids headed TaskID", "Title,TaskID,State\nOne,A-1,todo\nTwo,A-2,done\n"],
  ["ids in the column Task beside titles", "Task,Description,Status\nA-1,One,todo\nA-2,Two,done\n"],
  ["quotes inside of fields", 'id,task,status\nA-1,the "One" of old,todo\nA-2,"Two" or more,done\n'],
  ["hash signs inside of rows", "id,task,status\nA-1,fix #12,todo\nA-2,C#,done\n"],
])("%s are normal", (_, text) => {
  expect(ids(text)).toEqual(["A-1", "A-2"]);
  expect(found(text).tasks.map(({ status }) => status)).toEqual(["todo", "completed"]);
  expect(problems(text)).toEqual([]);
});

test("lines are counted through quoted line breaks, whatever ends them", () => {
  const text = 'id,task,status\r\nA-1,"One\r\nand\r\nmore",todo\r\n# note\r\nA-2,Two,done\r\nA-3,"Three\r\nand more",cooking\r\n';

  expect(found(text).tasks.map(({ line }) => line)).toEqual([2, 6, 7]);
  expect(problems(text)).toEqual(["8:11 unknown-status"]);
});

test("a column headed # is an id column if it numbers the rows", () => {
  expect(ids("No,Task,Status\n1,One,todo\n2,Two,done\n")).toEqual(["1", "2"]);
  expect(read("#,Task,Status\n# note\n1,One,todo\n2,Two,done\n")).toMatchObject({
    problems: [],
    because: "a CSV file of 2 rows with ids in the column “#”: 2 tasks",
  });
  expect(read("No,Task,Status\n1,One,todo\n1,Two,done\n").problems).toMatchObject([{ code: "no-id-column" }]);
});

test("every cell that cannot be read is a problem at its place, and the task stays", () => {
  const text =
    "id,task,status,priority,estimate,due,depends_on\nA-1,One,cooking,soonish,4-6h,07.11.2025,A-3\nÄ-2,Ünd,done,P1,2h,2025/11/7,—\n";

  expect(problems(text)).toEqual([
    "2:9 unknown-status",
    "2:17 unknown-priority",
    "2:25 bad-number",
    "2:30 bad-date",
    "2:41 dangling-dependency",
    "3:20 bad-date",
  ]);
  expect(read(text).problems.map(({ suggestion }) => suggestion)).toEqual([
    undefined,
    undefined,
    undefined,
    undefined,
    "Ä-2",
    "2025-11-07",
  ]);
  expect(found(text).tasks).toMatchObject([
    { id: "A-1", status: "todo", writtenStatus: "cooking", priority: null, hours: null, due: null, dependencies: [] },
    { id: "Ä-2", status: "completed", priority: 1, hours: 2 },
  ]);
});

test("a row with an unquoted comma is not read, and the message shows it mended", () => {
  const [problem] = read("id,task,owner,status\nA-1,Log in, log out,web,todo\nA-2,Two,web,done\n").problems;

  expect(problem).toMatchObject({ code: "wrong-field-count", line: 2, column: 5, suggestion: 'A-1,"Log in, log out",web,todo' });
  expect(problem?.message).toContain("5 fields where the header has 4");
  expect(ids("id,task,owner,status\nA-1,Log in, log out,web,todo\nA-2,Two,web,done\n")).toEqual(["A-2"]);
});

test("where several fields could have spilled, none is guessed", () => {
  const [problem] = read("id,task,owner,notes\nA-1,one,two,three,four\n").problems.filter(({ code }) => code === "wrong-field-count");

  expect(problem).toMatchObject({ line: 2, column: 1 });
  expect(problem?.suggestion).toBeUndefined();
});

test("a row with too few fields is not read", () => {
  expect(problems("id,task,status\nA-1,One\nA-2,Two,done\n")).toEqual(["2:1 wrong-field-count"]);
});

test("a header in the middle is no task, and the rows below follow it", () => {
  const text = "id,task,status\nA-1,One,todo\nid,task,status\nA-2,Two,done\nstatus,id,task,owner\ndone,A-3,Three,web\n";

  expect(problems(text)).toEqual(["3:1 second-header", "5:1 second-header"]);
  expect(found(text).tasks).toMatchObject([{ id: "A-1" }, { id: "A-2" }, { id: "A-3", title: "Three", status: "completed", owner: "web" }]);
});

test("rows without an id, or with a sentence in its place, are no tasks", () => {
  const text = "id,task,status\n,One,todo\nsee the notes below,Two,todo\nA-3,Three,todo\n";

  expect(problems(text)).toEqual(["2:1 missing-id", "3:1 bad-id"]);
  expect(ids(text)).toEqual(["A-3"]);
});

test("without a status column all is todo, said once", () => {
  expect(problems("# note\n\nid,task\nA-1,One\nA-2,Two\n")).toEqual(["3:1 no-status-column"]);
});

test("columns that mean nothing to us are kept by their names, empty cells left out", () => {
  const text = "id,task,description,status,Sprint,,Sprint,__proto__\nA-1,One,long words,todo,S1,x, S2 ,y\nA-2,Two,,todo,,,,\n";

  expect(found(text).tasks.map(({ extra }) => Object.entries(extra))).toEqual([
    [
      ["description", "long words"],
      ["Sprint", "S1"],
      ["column 6", "x"],
      ["Sprint (2)", "S2"],
      ["__proto__", "y"],
    ],
    [],
  ]);
});

test("below a second header the columns have its names", () => {
  const text = "id,task,status,team lead\nA-1,One,todo,x\nsquad,id,task,status\nred,A-2,Two,todo\n";

  expect(found(text).tasks.map(({ extra }) => extra)).toEqual([{ "team lead": "x" }, { squad: "red" }]);
});

test("sub-tasks name the task that they are a part of", () => {
  const text = "id,task,status,parent_id\nA-1,One,done,\nA-1.1,Half,todo,a-001\nA-2,Two,,\nA-2.1,Start,done,A-2\nA-3,Three,todo,A-9\n";

  expect(found(text).tasks.map(({ parent }) => parent)).toEqual([null, "A-1", null, "A-2", null]);
  expect(found(text).tasks.map(({ status }) => status)).toEqual(["completed", "todo", "completed", "completed", "todo"]);
  expect(problems(text)).toEqual(["2:9 children-disagree", "6:1 unknown-parent"]);
});

test("a quote that is never closed refuses the file instead of half-reading it", () => {
  const reading = read('id,task,status\nA-1,One,todo\nA-2,"Two,todo\nA-3,Three,todo\n');

  expect(reading.plan).toBeNull();
  expect(reading.problems).toMatchObject([{ code: "unclosed-quote", severity: "error", line: 3 }]);
});

test("a quote that is never closed in a list of something else concerns nobody", () => {
  expect(readPlan({ path: "x.csv", text: 'name,mail\n"Ann,a@example.com\n' }).problems).toEqual([]);
});

test("a header alone is an empty plan, an empty file none", () => {
  expect(read("id,task,status\n")).toMatchObject({ plan: { tasks: [] }, problems: [{ code: "no-tasks" }] });
  expect(read("")).toMatchObject({ plan: null, problems: [{ code: "not-a-plan" }] });
});

test.each([
  ["orders", "id,name,status\n1,Lamp,shipped\n2,Chair,open\n"],
  ["people", "id,name,email\n1,Ann,ann@example.com\n"],
  ["measurements", "time,value\n1,2\n"],
  ["issues of another kind", "id,title,status,owner\n1,One,aborted\n2,Two,failed\n3,Three,flaky\n4,Four,aborted\n"],
])("a list of %s is passed over in silence where nobody calls it a plan", (_, text) => {
  expect(readPlan({ path: "x.csv", text })).toMatchObject({ plan: null, problems: [] });
});

test("what looks like a plan without ids is a warning where nobody named it, an error where somebody did", () => {
  const text = "task,status,owner\nOne,todo,web\n";

  expect(readPlan({ path: "plan.csv", text }).problems).toMatchObject([{ code: "no-id-column", severity: "warning" }]);
  expect(readPlan({ path: "plan.csv", text, named: true }).problems).toMatchObject([{ code: "no-id-column", severity: "error" }]);
});

test("CSV is known by its header where the file's name says nothing", () => {
  expect(read(strict, "plan.txt").plan?.format).toBe("csv");
  expect(read(strict, "PLAN").plan?.tasks).toHaveLength(2);
});

test("more than 100 000 rows are refused at once", () => {
  const reading = read(`id,task,status\n${"A-1,One,todo\n".repeat(100_001)}`);

  expect(reading).toMatchObject({ plan: null, problems: [{ code: "too-large" }] });
});

test("a problem on every row is listed 200 times and then counted", () => {
  const { problems: all } = read(`id,task,status\n${"A-1\n".repeat(1000)}`);
  const wrong = all.filter(({ code }) => code === "wrong-field-count");

  expect(wrong).toHaveLength(201);
  expect(wrong.at(-1)?.message).toBe("and 800 more of this kind");
});

test.each([
  ["quotes", '"a'.repeat(100_000)],
  ["commas", ",".repeat(300_000)],
  ["commas below a header", `id,task,status\n${",".repeat(300_000)}\n`],
  ["spaces in a status", `id,task,status\nA-1,One,${" ".repeat(300_000)}x\n`],
  ["words in a dependency", `id,task,depends_on\nA-1,One,"${"A-2 ".repeat(50_000)}"\n`],
  ["brackets in an id", `id,task\n${"[".repeat(300_000)},One\n`],
])("a file of nothing but %s ends in an answer", (_, text) => {
  expect(read(text).because).not.toBe("");
});

test("any rows that are written come back as they were", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", ",", '"', " ", "\n", "é", "🚀", "#", ";"), minLength: 1, maxLength: 12 });
  const cell = (text: string): string => `"${text.replaceAll('"', '""')}"`;
  fc.assert(
    fc.property(fc.array(word, { maxLength: 8 }), fc.constantFrom("\n", "\r\n"), (titles, end) => {
      const rows = titles.map((title, index) => `A-${index + 1},${cell(`x${title}`)},todo`);
      const plan = found(["id,task,status", ...rows].join(end));

      expect(plan.tasks.map(({ title }) => title)).toEqual(titles.map((title) => `x${title}`.replace(/\s+/g, " ").trim()));
      const lines = rows.map((_, index) => ["header", ...rows.slice(0, index), ""].join("\n").split("\n").length);
      expect(plan.tasks.map(({ line }) => line)).toEqual(lines);
    }),
  );
});
