import { expect, test } from "vitest";
import type { Plan, PlannedTask } from "../../words.ts";
import type { Change, NewTask, NewValues } from "../change.ts";
import { editPlan } from "../edit.ts";
import { readPlan } from "../read-plan.ts";

const path = "scripts/ralph/prd.json";
const read = (value: unknown, named = false) => readPlan({ path, text: JSON.stringify(value, null, 2), named });

function planOf(value: unknown): Plan {
  const { plan, because } = read(value);
  if (plan === null) throw new Error(because);
  return plan;
}

const story = (id: string, more: object = {}) => ({
  id,
  title: `Story ${id}`,
  description: "As a clerk, I want to see the queue",
  acceptanceCriteria: ["The queue is shown", "Types hold"],
  priority: 1,
  passes: false,
  notes: "",
  ...more,
});
const short = ({ id, parent, status, writtenStatus, priority, phase }: PlannedTask) =>
  [id, parent, status, writtenStatus, priority, phase].join(" | ");

test("stories that pass are completed, the others are to do; the priority is a rank", () => {
  const plan = planOf({
    project: "Desk",
    userStories: [
      story("US-001", { passes: true }),
      story("US-002", { priority: 2, notes: "Ask first" }),
      story("US-003", { priority: 12 }),
    ],
  });

  expect(plan).toMatchObject({ format: "prd-json", scope: path });
  expect(plan.tasks.map(short)).toEqual([
    "US-001 |  | completed | passes: true | 1 | ",
    "US-002 |  | todo | passes: false | 2 | ",
    "US-003 |  | todo | passes: false | 4 | ",
  ]);
  expect(plan.tasks[1]).toMatchObject({ notes: "Ask first", extra: { acceptanceCriteria: "The queue is shown, Types hold" } });
});

test("a word beside the flag says how far a story is; where both differ on whether it is done, the flag counts", () => {
  const stories = [
    story("A-1", { status: "in_progress" }),
    story("A-2", { status: "done", passes: true }),
    story("A-3", { status: "done" }),
    story("A-4", { status: "pending", passes: true }),
    story("A-5", { status: "lost" }),
  ];
  const { plan, problems } = read({ userStories: stories });

  expect(plan?.tasks.map(({ id, status }) => `${id} ${status}`)).toEqual([
    "A-1 in-progress",
    "A-2 completed",
    "A-3 todo",
    "A-4 completed",
    "A-5 todo",
  ]);
  expect(problems.map(({ line, code }) => `${line} ${code}`)).toEqual(["40 status-disagrees", "53 status-disagrees", "66 unknown-status"]);
});

test.each([
  ["the whole file is the list", [story("US-001"), story("US-002")]],
  ["it stands under stories", { stories: [story("US-001"), story("US-002")] }],
  ["it stands under features", { version: 1, features: [story("US-001"), story("US-002")] }],
  ["it stands under tasks", { tasks: [story("US-001"), story("US-002")] }],
  [
    "names stand for titles",
    {
      features: [
        { id: "US-001", name: "One", passes: true },
        { id: "US-002", name: "Two", passes: false },
      ],
    },
  ],
  ["a list of sentences stands beside it", { requirements: ["Be quick"], userStories: [story("US-001"), story("US-002")] }],
  [
    "its keys are written with underscores",
    {
      user_stories: [
        { id: "US-001", story: "One", passes: false, depends_on: [] },
        { id: "US-002", story: "Two", passes: false, depends_on: ["US-001"] },
      ],
    },
  ],
])("the list is found where %s", (_, value) => {
  expect(planOf(value).tasks.map(({ id }) => id)).toEqual(["US-001", "US-002"]);
});

test("phases and epics part the list; their names are the phase of what stands in them", () => {
  const phases = [
    { id: "phase-1", name: "Ground", status: "completed", tasks: [{ id: "01-01", title: "Scaffold", status: "completed" }] },
    {
      id: "phase-2",
      name: "House",
      status: "pending",
      tasks: [
        { id: "02-01", title: "Walls", status: "pending" },
        { id: "02-02", title: "Roof", status: "blocked" },
      ],
    },
  ];

  expect(planOf({ project: "Hut", phases }).tasks.map(short)).toEqual([
    "01-01 |  | completed | completed |  | Ground",
    "02-01 |  | todo | pending |  | House",
    "02-02 |  | blocked | blocked |  | House",
  ]);
});

test("stories below a story that has a flag are its parts", () => {
  const nested = { ...story("E-1"), stories: [story("E-1-1", { passes: true }), story("E-1-2")] };

  expect(planOf({ stories: [nested] }).tasks.map(({ id, parent }) => `${id} ${parent}`)).toEqual(["E-1 null", "E-1-1 E-1", "E-1-2 E-1"]);
});

test("what a story waits for is read, and told where it is not there", () => {
  const { plan, problems } = read({ userStories: [story("US-001"), story("US-002", { dependsOn: ["US-001", "US-09"] })] });

  expect(plan?.tasks[1]?.dependencies).toEqual(["US-1"]);
  expect(problems).toMatchObject([{ code: "dangling-dependency", line: 26, column: 20 }]);
});

test("entries without ids are refused, for nothing could refer to them", () => {
  const value = [{ category: "ui", description: "Messages can be sent", steps: ["Open it"], passes: false }];

  expect(read(value, true)).toMatchObject({ plan: null, problems: [{ code: "no-id-column", severity: "error", line: 1, column: 1 }] });
  expect(read(value)).toMatchObject({ plan: null, problems: [{ code: "no-id-column", severity: "warning" }] });
});

test.each([
  ["a list of features that says nothing of their state", { features: [{ id: "dark-mode", title: "Dark mode" }] }],
  ["items of a shop", { items: [{ id: 1, title: "Lamp", status: "open" }] }],
  ["a result of tests", { tests: [{ id: 1, title: "adds", passes: true }] }],
  ["a text", "passes"],
  ["settings", { status: "open", passes: true }],
])("%s is passed over in silence", (_, value) => {
  expect(read(value)).toMatchObject({ plan: null, problems: [] });
});

test("what is no JSON is refused at its first error, where it is meant as stories or named", () => {
  const text = '{\n  "userStories": [\n    {"id": "US-001", "passes": false,}\n  ]\n}';

  expect(readPlan({ path, text })).toMatchObject({
    plan: null,
    problems: [{ code: "json-syntax", severity: "warning", line: 3, column: 38 }],
  });
  expect(readPlan({ path, text: "{1}", named: true })).toMatchObject({
    plan: null,
    problems: [{ code: "json-syntax", severity: "error", line: 1, column: 2 }],
  });
  expect(readPlan({ path, text: "{1}" }).problems).toEqual([]);
});

test("keys that objects have by themselves are keys like any other", () => {
  const text = '{"userStories": [{"id": "US-1", "title": "One", "passes": true, "__proto__": "x", "constructor": "y", "toString": 3}]}';

  expect(readPlan({ path, text }).plan?.tasks[0]?.extra).toEqual({ constructor: "y", toString: "3" });
});

const kept = `{
	"branchName": "desk/queue",
	"userStories": [
		{"id": "US-001", "title": "One", "acceptanceCriteria": ["A"], "priority": 1, "passes": false, "notes": ""},
		{"id": "US-002", "title": "Two", "acceptanceCriteria": [], "priority": 2, "passes": true, "notes": "By hand"}
	]
}
`;
const edit = (text: string, ...changes: readonly Change[]) => editPlan({ path, text }, changes);
const reasons = (text: string, ...changes: readonly Change[]): readonly string[] =>
  edit(text, ...changes).problems.map(({ message }) => message);
const set = (token: string, to: NewValues): Change => ({ kind: "set", scope: path, token, to });
const add = (task: NewTask, after: string | null = null): Change => ({ kind: "add", scope: path, task, after });

test("whether a story is done is written into its flag, and nothing else moves", () => {
  expect(edit(kept, set("US-1", { status: "completed", notes: "Shown “live”" }), set("US-2", { status: "todo", notes: null })).text).toBe(
    kept
      .replace('false, "notes": ""', 'false, "notes": "Shown “live”"')
      .replace('"passes": false', '"passes": no')
      .replace('"passes": true, "notes": "By hand"', '"passes": false, "notes": ""')
      .replace('"passes": no', '"passes": true'),
  );
});

test("what only a word could say is told where the file has flags alone", () => {
  expect(reasons(kept, set("US-1", { status: "in-progress", owner: "ann" }))).toEqual([
    "status of “US-1” is not written: the file says of a story only whether passes is true",
    "owner of “US-1” is not written: no task of this file has a place for it",
  ]);
  expect(edit(kept, set("US-1", { status: "in-progress" })).text).toBe(kept);
});

test("a word beside the flag is kept true with it, and lent where only it can say a status", () => {
  const text = '{"stories":[{"id":"A-1","title":"One","status":"in_progress","passes":false},{"id":"A-2","title":"Two","passes":false}]}';

  expect(edit(text, set("A-1", { status: "completed" }), set("A-2", { status: "blocked" })).text).toBe(
    '{"stories":[{"id":"A-1","title":"One","status":"completed","passes":true},{"id":"A-2","title":"Two","status":"blocked","passes":false}]}',
  );
});

test("a story is added below another, in its form, and taken out with its comma", () => {
  const line =
    '		{"id": "US-003", "title": "Three", "acceptanceCriteria": [], "priority": 0, "passes": false, "notes": "", "dependencies": ["US-001"]},\n';

  expect(edit(kept, add({ id: "US-003", title: "Three", priority: 0, dependencies: ["US-001"] }, "US-1")).text).toBe(
    kept.replace('		{"id": "US-002"', `${line}		{"id": "US-002"`),
  );
  expect(edit(kept, { kind: "remove", scope: path, token: "US-2" }).text).toBe(kept.replace(/,\n\t\t\{"id": "US-002".*\}/, ""));
  expect(reasons(kept, { kind: "remove", scope: path, token: "US-1" }, { kind: "remove", scope: path, token: "US-2" })).toEqual([
    "remove of “US-1” is not written: without any task the file would not be read as a plan",
  ]);
});
