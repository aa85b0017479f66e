import { expect, test } from "vitest";
import type { Plan, PlannedTask } from "../../words.ts";
import type { Change, NewTask, NewValues } from "../change.ts";
import { editPlan } from "../edit.ts";
import { readPlan } from "../read-plan.ts";

const path = ".taskmaster/tasks/tasks.json";
const read = (value: unknown) => readPlan({ path, text: JSON.stringify(value, null, 2) });

function planOf(value: unknown): Plan {
  const { plan, because } = read(value);
  if (plan === null) throw new Error(because);
  return plan;
}

const task = (id: number | string, more: object = {}) => ({
  id,
  title: `Task ${id}`,
  description: "What it is about",
  status: "pending",
  dependencies: [],
  priority: "medium",
  details: "",
  testStrategy: "",
  subtasks: [],
  ...more,
});
const short = ({ scope, id, parent, status, dependencies }: PlannedTask) => [scope, id, parent, status, dependencies.join(" ")].join(" | ");

test("the old form has one list, whose scope is the file", () => {
  const plan = planOf({
    meta: { projectName: "Kiosk" },
    tasks: [task(1, { status: "done" }), task(2, { dependencies: [1], status: "review" })],
  });

  expect(plan).toMatchObject({ format: "task-master", scope: path });
  expect(plan.tasks.map(short)).toEqual([`${path} | 1 |  | completed | `, `${path} | 2 |  | in-progress | 1`]);
});

test("each tag is a scope of its own, so that ids of several tags do not meet", () => {
  const plan = planOf({
    master: { tasks: [task(1)], metadata: {} },
    "beta/ui": { tasks: [task(1, { title: "Another" }), task("2", { dependencies: ["1"] })] },
  });

  expect(plan.tasks.map(short)).toEqual([
    `${path}#master | 1 |  | todo | `,
    `${path}#beta/ui | 1 |  | todo | `,
    `${path}#beta/ui | 2 |  | todo | 1`,
  ]);
});

test("a sub-task is named after its task, and a bare number under 100 in it means one beside it", () => {
  const subtasks = [
    { id: 1, title: "Sketch", status: "done", dependencies: [] },
    { id: 2, title: "Build", status: "in-progress", dependencies: [1, "3.1", "4.1", 107] },
    { id: "3.3", title: "Look at it", status: "cancelled", dependencies: ["3.2", 9] },
  ];
  const reading = read({ tasks: [task(3, { subtasks }), task(4, { subtasks: [{ id: 1, title: "Part" }] }), task(107)] });

  expect(reading.plan?.tasks.slice(1, 4).map(short)).toEqual([
    `${path} | 3.1 | 3 | completed | `,
    `${path} | 3.2 | 3 | in-progress | 3.1 4.1 107`,
    `${path} | 3.3 | 3 | deferred | 3.2`,
  ]);
  expect(reading.problems).toMatchObject([
    { code: "dangling-dependency", line: 34, column: 27, message: "3.3 depends on “3.9”, which is not in this plan" },
  ]);
});

test.each([
  ["pending", "todo"],
  ["in-progress", "in-progress"],
  ["review", "in-progress"],
  ["done", "completed"],
  ["completed", "completed"],
  ["blocked", "blocked"],
  ["deferred", "deferred"],
  ["cancelled", "deferred"],
])("the status %s is %s", (written, status) => {
  expect(planOf({ tasks: [task(1, { status: written })] }).tasks[0]).toMatchObject({ status, writtenStatus: written });
});

test("what is short beside the fields is kept, long texts and lists of objects are not", () => {
  const [found] = planOf({
    tasks: [
      task(1, {
        complexity: 7,
        details: "x".repeat(2000),
        testStrategy: "Look",
        subtasks: [task(1)],
        labels: ["ui", "api"],
        priority: "critical",
        updatedAt: "2026-02-01",
      }),
    ],
  }).tasks;

  expect(found).toMatchObject({
    priority: 0,
    notes: null,
    hours: null,
    extra: { complexity: "7", testStrategy: "Look", labels: "ui, api" },
  });
  expect(Object.keys(found?.extra ?? {})).toHaveLength(3);
});

test("a task without an id, and what is no task, are named with their places", () => {
  const text =
    '{"tasks": [\n  {"id": 1, "title": "One", "status": "done", "subtasks": []},\n  {"title": "Two", "status": "done"},\n  "three",\n  {"id": 4, "title": "Four"}\n]}';

  const { plan, problems } = readPlan({ path, text, named: true });

  expect(plan?.tasks).toHaveLength(2);
  expect(problems.map(({ code, line, column }) => `${line}:${column} ${code}`)).toEqual(["3:3 missing-id", "4:3 missing-id"]);
});

test("where a key stands twice the last counts, as for the tool itself", () => {
  const text = '{"tasks": [{"id": 1, "title": "One", "status": "pending", "dependencies": [], "status": "done"}]}';

  expect(readPlan({ path, text }).plan?.tasks[0]?.status).toBe("completed");
});

test.each([
  ["cut off", '{"tasks": [{"id": 1, "title": "One", "subtasks": [', 1, 51],
  ["with a comment", '{"tasks": [\n// mine\n{"id": 1, "testStrategy": ""}]}', 2, 1],
  ["with a comma too many", '{"tasks": [{"id": 1, "subtasks": []},\n]}', 2, 1],
  ["nested without end", `{"tasks": [{"subtasks": ${"[".repeat(200)}`, 1, 122],
])("a file that is %s is refused, with the place", (_, text, line, column) => {
  const { plan, problems } = readPlan({ path, text, named: true });

  expect(plan).toBeNull();
  expect(problems).toMatchObject([{ code: "json-syntax", line, column, severity: "error" }]);
});

test.each([
  ["an editor's tasks", { version: "2.0.0", tasks: [{ label: "build", type: "shell", command: "make" }] }],
  ["a list of names", { tasks: ["one", "two"] }],
  ["no tasks at all", { scripts: { test: "vitest" }, note: '"tasks"' }],
  ["ids and titles alone", { tasks: [{ id: 1, title: "Song" }] }],
])("%s are passed over in silence", (_, value) => {
  expect(read(value)).toMatchObject({ plan: null, problems: [] });
});

test("an empty tag is a plan without tasks", () => {
  expect(read({ master: { tasks: [], metadata: {} } })).toMatchObject({
    plan: { format: "task-master", tasks: [] },
    problems: [{ code: "no-tasks" }],
  });
});

test("signs that no database takes are replaced", () => {
  const text = '{"tasks": [{"id": 1, "title": "a\\u0000b \\ud800", "status": "done", "dependencies": []}]}';

  expect(readPlan({ path, text }).plan?.tasks[0]?.title).toBe("a\uFFFDb \uFFFD");
});

const kept = `{
  "tasks": [
    {
      "id": 1,
      "title": "One \\u2192",
      "status": "done",
      "dependencies": [],
      "priority": "high",
      "subtasks": [
        { "id": 1, "title": "Part", "status": "done" },
        { "id": 2, "title": "Other part", "status": "pending" }
      ]
    },
    {
      "id": 2,
      "title": "Two",
      "dependencies": [
        1
      ],
      "subtasks": []
    }
  ]
}`;
const written = (...changes: readonly Change[]): string => {
  const edited = editPlan({ path, text: kept, named: true }, changes);
  expect(edited.problems).toEqual([]);
  return edited.text;
};
const reasons = (...changes: readonly Change[]): readonly string[] =>
  editPlan({ path, text: kept, named: true }, changes).problems.map(({ line, column, message }) => `${line}:${column} ${message}`);
const set = (token: string, to: NewValues): Change => ({ kind: "set", scope: path, token, to });
const add = (task: NewTask, after: string | null = null): Change => ({ kind: "add", scope: path, task, after });
const remove = (token: string): Change => ({ kind: "remove", scope: path, token });

test("a status is written in Task Master's words, and nothing else moves", () => {
  expect(written(set("1.2", { status: "completed" }))).toBe(kept.replace('part", "status": "pending"', 'part", "status": "done"'));
  expect(written(set("1", { status: "in-progress" }))).toBe(kept.replace('"status": "done",\n', '"status": "in-progress",\n'));
});

test("a status that is missing is put where such keys stand, laid out as its neighbours", () => {
  expect(written(set("2", { status: "blocked" }))).toBe(kept.replace('"Two",\n', '"Two",\n      "status": "blocked",\n'));
});

test("a task is added in the form of the one above it", () => {
  const text = written(add({ id: "3", title: "Thrée", dependencies: ["2", "1.1"], priority: 3 }));

  expect(text).toBe(
    kept.replace(
      '"subtasks": []\n    }',
      `"subtasks": []
    },
    {
      "id": 3,
      "title": "Thr\\u00e9e",
      "dependencies": [
        2,
        "1.1"
      ],
      "subtasks": [],
      "status": "pending",
      "priority": "low"
    }`,
    ),
  );
});

test("a sub-task is added among those of its task, also where there are none yet", () => {
  expect(written(add({ id: "1.3", title: "New", status: "deferred" }, "1.1"))).toBe(
    kept.replace('"done" },\n', '"done" },\n        { "id": 3, "title": "New", "status": "deferred" },\n'),
  );
  expect(written(add({ id: "2.1", title: "First" }), add({ id: "2.2", title: "Second", dependencies: ["2.1"] }))).toBe(
    kept.replace(
      '"subtasks": []',
      `"subtasks": [
        { "id": 1, "title": "First", "status": "pending" },
        { "id": 2, "title": "Second", "status": "pending", "dependencies": ["2.1"] }
      ]`,
    ),
  );
});

test("a task is taken out with its comma", () => {
  expect(written(remove("1.1"))).toBe(kept.replace('        { "id": 1, "title": "Part", "status": "done" },\n', ""));
  expect(written(remove("1.2"))).toBe(kept.replace(',\n        { "id": 2, "title": "Other part", "status": "pending" }', ""));
  expect(JSON.parse(written(remove("1"), remove("1.1"), remove("1.2")))).toEqual({
    tasks: [{ id: 2, title: "Two", dependencies: [1], subtasks: [] }],
  });
});

test("what the file has no way to say is told, with its place", () => {
  expect(reasons(set("2", { owner: "ann", completed: "2026-01-05" }))).toEqual([
    "14:5 completed of “2” is not written: no task of this file has a place for it",
    "14:5 owner of “2” is not written: no task of this file has a place for it",
  ]);
  expect(reasons(remove("1"))).toEqual(["3:5 remove of “1” is not written: its part “1.1” would go with it"]);
  expect(reasons(add({ id: "1.3", title: "New", dependencies: ["2"] }))).toEqual([
    "3:5 dependencies of “1.3” is not written: 2 would be read as 1.2",
  ]);
  expect(
    reasons(add({ id: "7.1", title: "Lost" }), add({ id: "1.1", title: "Again" }), set("9", { status: "blocked" }), remove("9")),
  ).toEqual([
    "1:1 remove of “9” is not written: it is not in this plan",
    "1:1 add of “7.1” is not written: there is no task 7 that it could be a part of",
    "1:1 add of “1.1” is not written: there is a task with this id already",
    "1:1 set of “9” is not written: it is not in this plan",
  ]);
});
