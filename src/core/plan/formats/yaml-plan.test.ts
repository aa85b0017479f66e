import { describe, expect, test } from "vitest";
import { readPlan } from "../read-plan.ts";

const read = (text: string, path = "tasks.yaml") => readPlan({ path, text });

describe("files that are no plans are passed over in silence", () => {
  const others: Readonly<Record<string, string>> = {
    "a workflow":
      "on: push\njobs:\n  build:\n    steps:\n      - id: cache\n        name: Restore\n        uses: actions/cache@v4\n      - run: make\n",
    "services to start": "services:\n  db:\n    image: postgres\n    depends_on: [net]\n",
    "an interface":
      "openapi: 3.1.0\npaths:\n  /tasks:\n    get:\n      responses: {}\ncomponents:\n  schemas:\n    Task:\n      properties:\n        tasks:\n          type: array\n          items:\n            type: object\n            properties:\n              id: {type: string}\n              title: {type: string}\n              status: {type: string, enum: [todo, done]}\n",
    "a playbook":
      "- hosts: web\n  tasks:\n    - name: Install\n      apt: {name: nginx}\n    - name: Start\n      service: {name: nginx, state: started}\n",
    "a role": "- name: Install\n  apt: {name: nginx}\n- name: Link\n  file:\n    state: link\n",
    "a task runner":
      "version: '3'\ntasks:\n  build:\n    desc: Build it\n    deps: [generate]\n    cmds: [go build]\n    status: [test -f bin/x]\n",
    "a pipeline":
      "kind: Pipeline\nspec:\n  tasks:\n    - name: fetch-source\n      taskRef: {name: git-clone}\n    - name: build-it\n      runAfter: [fetch-source]\n",
    "a flow":
      "id: daily\ntasks:\n  - id: extract\n    type: core.Http\n    description: Get it\n  - id: load\n    type: core.Sql\n    dependsOn: [extract]\n",
    "agents' prompts": "research_task:\n  description: Find out\n  expected_output: A list\n  agent: researcher\n",
    translations: "tasks:\n  title: Tasks\n  status: Status\n  done: Done\n",
    "a cluster": "apiVersion: v1\nkind: List\nitems:\n  - kind: Pod\n    metadata: {name: a}\n    status: {phase: Running}\n",
    "a form": "name: Bug\nbody:\n  - type: input\n    id: version\n    attributes: {label: Version}\n",
    "broken YAML": "tasks: [\n",
    "no YAML": "tasks, and what: we\n make: of : them\n",
    nothing: "",
  };

  test.each(Object.entries(others))("%s", (_, text) => {
    expect(read(text)).toMatchObject({ plan: null, problems: [] });
  });

  test("nor is a plan looked for in YAML by those who read Markdown", () => {
    expect(read("description: |\n  - [ ] T001 Write the plan\n", "notes.yml").plan).toBeNull();
  });
});

describe("a file that was meant as a plan hears of it", () => {
  test("without ids", () => {
    expect(read("tasks:\n  - title: One\n    status: todo\n  - title: Two\n    status: done\n").problems).toMatchObject([
      { code: "no-id-column", severity: "warning" },
    ]);
  });

  test("with a colon too many, at its place", () => {
    expect(read("tasks:\n  - id: A\n    title: Phase 1: all\n    status: todo\n").problems).toMatchObject([
      { code: "yaml-syntax", severity: "warning", line: 3, column: 12 },
    ]);
  });
});

test("named files without tasks are plans only where a list waits for some", () => {
  expect(readPlan({ path: "a.yaml", text: "tasks: []\n", named: true })).toMatchObject({
    plan: { tasks: [] },
    problems: [{ code: "no-tasks" }],
  });
  expect(readPlan({ path: "a.yaml", text: "a: b\n", named: true })).toMatchObject({
    plan: null,
    problems: [{ code: "not-a-plan", severity: "error" }],
  });
});

test("ids and dates stay as they are spelt, whatever a loader would make of them", () => {
  const { plan } = read(
    "tasks:\n  - {id: 1.10, title: no, status: done, completed: 2026-01-01}\n  - {id: 1.1, title: 007, status: todo, owner: null}\n  - {id: 0x10, title: 1e3, status: todo, depends_on: [1.10]}\n",
  );

  expect(plan?.tasks.map(({ id, title, completed, owner, dependencies }) => [id, title, completed, owner, dependencies])).toEqual([
    ["1.10", "no", "2026-01-01", null, []],
    ["1.1", "007", null, null, []],
    ["0x10", "1e3", null, null, ["1.10"]],
  ]);
});

test("several documents of one file are one plan", () => {
  const one = (id: string): string => `---\ntasks:\n  - {id: ${id}, title: x, status: todo}\n`;

  expect(read(one("A") + one("B")).plan?.tasks.map(({ id, line }) => [id, line])).toEqual([
    ["A", 3],
    ["B", 6],
  ]);
});

test("tasks below phases and milestones belong to them", () => {
  const { plan } = read(
    "roadmap:\n  phases:\n    build:\n      tasks:\n        - {id: A, title: x, status: todo}\n  milestones:\n    - id: M1\n      name: Beta\n      due: 2026-01-01\n      tasks:\n        - {id: B, title: y, status: todo}\n",
  );

  expect(plan?.tasks.map(({ id, phase, milestone }) => [id, phase, milestone])).toEqual([
    ["A", "build", null],
    ["B", null, "M1"],
  ]);
  expect(plan?.milestones).toMatchObject([{ id: "M1", title: "Beta", due: "2026-01-01" }]);
});

test("phases with statuses are the tasks of a plan that lists no others", () => {
  const { plan } = read(
    "tracks:\n  - id: web\n    name: Web\n    phases:\n      - {id: p0, name: Ground, status: done}\n      - {id: p1, name: Reach, status: planned, eta: 2026-05-05}\n",
  );

  expect(plan?.tasks.map(({ id, status, phase, due }) => [id, status, phase, due])).toEqual([
    ["p0", "completed", "Web", null],
    ["p1", "todo", "Web", "2026-05-05"],
  ]);
});

test("the steps of a phase are its tasks where they have ids", () => {
  const { plan } = read(
    "phases:\n  - id: core\n    name: Core\n    status: pending\n    steps:\n      - {id: core.1, name: Models, status: done}\n      - {id: core.2, name: Files, status: pending, depends_on: [core.1]}\n",
  );

  expect(plan?.tasks.map(({ id, phase, dependencies }) => [id, phase, dependencies])).toEqual([
    ["core.1", "Core", []],
    ["core.2", "Core", ["CORE.1"]],
  ]);
});
