import { expect, test } from "vitest";
import { yamlSamples } from "../../../../test/yaml-samples.ts";
import type { Change, NewTask, NewValues } from "../change.ts";
import { editPlan } from "../edit.ts";
import { readPlan } from "../read-plan.ts";

const path = "tasks.yaml";
const set = (token: string, to: NewValues): Change => ({ kind: "set", scope: path, token, to });
const add = (task: NewTask, after: string | null = null): Change => ({ kind: "add", scope: path, task, after });
const remove = (token: string): Change => ({ kind: "remove", scope: path, token });

/** The text after the changes; what was not written is a failure. */
function edited(text: string, ...changes: readonly Change[]): string {
  const { text: after, problems } = editPlan({ path, text, named: true }, changes);
  expect(problems).toEqual([]);
  return after;
}

function refused(text: string, ...changes: readonly Change[]): readonly string[] {
  const { text: after, problems } = editPlan({ path, text, named: true }, changes);
  expect(after).toBe(text);
  return problems.map(({ line, message }) => `${line} ${message}`);
}

const list = `# ours
tasks:
  - id: A-1   # first
    title: One
    status: "todo"  # not begun

  # the second
  - id: A-2
    title: Two
    status: 'In Progress'
    owner: ann
    labels: [x]
  - {id: A-3, title: Three, status: Done}
`;

test("only the bytes of the value change, in the quotes it had, comments and blanks stay", () => {
  expect(
    edited(list, set("A-1", { status: "in-progress" }), set("A-2", { status: "completed", owner: null }), set("A-3", { status: "todo" })),
  ).toBe(
    list
      .replace('"todo"', '"In Progress"')
      .replace("'In Progress'", "'Done'")
      .replace("owner: ann", "owner: null")
      .replace("status: Done", "status: todo"),
  );
});

test("a key that is missing comes beside its siblings", () => {
  expect(edited(list, set("A-1", { owner: "bob", notes: "see: the log" }), set("A-3", { completed: "2026-02-03" }))).toBe(
    list
      .replace("# not begun", "# not begun\n    owner: bob\n    notes: 'see: the log'")
      .replace("status: Done}", "status: Done, completed: 2026-02-03}"),
  );
});

test("a value that would read as something else gets quotes", () => {
  const written = (owner: string): string => /owner: (.*)/.exec(edited(list, set("A-2", { owner })))?.[1] ?? "";

  expect(["yes", "1.10", "#1", "a: b", "it's: so", "[x]", "2026-01-01", "ann, bob", "~"].map(written)).toEqual([
    "'yes'",
    "'1.10'",
    "'#1'",
    "'a: b'",
    `"it's: so"`,
    "'[x]'",
    "2026-01-01",
    "ann, bob",
    "'~'",
  ]);
});

test("what would not read as it is, is told and not written", () => {
  expect(refused(list, set("A-2", { owner: " ann" }))).toEqual(["11 owner of “A-2” is not written: it would not read as it is"]);
  expect(refused(list, set("A-9", { status: "todo" }))).toEqual(["1 set of “A-9” is not written: it is not in this file"]);
});

test("a new task comes in the form of its neighbour", () => {
  expect(
    edited(
      list,
      add(
        { id: "A-4", title: "Four: more", status: "blocked", owner: "cy", dependencies: ["A-1", "A-2"], hours: 3, due: "2026-05-01" },
        "A-2",
      ),
    ),
  ).toBe(
    list.replace(
      "    labels: [x]\n",
      "    labels: [x]\n  - id: A-4\n    title: 'Four: more'\n    status: 'blocked'\n    owner: cy\n    depends_on: [A-1, A-2]\n    estimated_hours: 3\n    due: 2026-05-01\n",
    ),
  );
  expect(edited(list, add({ id: "A-4", title: "Four, more" }))).toBe(`${list}  - {id: A-4, title: 'Four, more', status: todo}\n`);
});

test("a task goes with its lines, what stands around it stays", () => {
  expect(edited(list, remove("A-2"))).toBe(list.slice(0, list.indexOf("  - id: A-2")) + list.slice(list.indexOf("  - {id")));
  expect(edited("tasks: [{id: A, title: x, status: todo}, {id: B, title: y, status: todo}]\n", remove("A"))).toBe(
    "tasks: [{id: B, title: y, status: todo}]\n",
  );
});

test("the last of a list leaves an empty list, the last of a plan does not go", () => {
  const phases =
    "phases:\n  - name: P\n    tasks:\n    - id: A-1\n      title: One\n      status: todo\n  - name: Q\n    tasks:\n    - id: B-1\n      title: Two\n      status: todo\n";

  expect(edited(phases, remove("A-1"))).toBe(
    phases.replace("tasks:\n    - id: A-1\n      title: One\n      status: todo\n", "tasks: []\n"),
  );
  expect(refused(phases, remove("A-1"), remove("B-1"))).toHaveLength(2);
});

test("one edit may take a task out, put one in behind it, and change a third", () => {
  expect(edited(list, remove("A-2"), add({ id: "B-1", title: "New" }, "A-2"), set("A-1", { owner: "ann" }))).toBe(
    `# ours
tasks:
  - id: A-1   # first
    title: One
    status: "todo"  # not begun
    owner: ann

  # the second
  - id: B-1
    title: New
    status: 'todo'
  - {id: A-3, title: Three, status: Done}
`,
  );
});

test("an empty list takes its first task below its key", () => {
  expect(edited("tasks: []\n", add({ id: "A-1", title: "One", status: "todo" }))).toBe(
    "tasks:\n  - id: A-1\n    title: One\n    status: todo\n",
  );
});

test("a task under its id comes and goes as a key", () => {
  const text = yamlSamples["by-id.yaml"] ?? "";

  expect(edited(text, add({ id: "API-4", title: "Four" }, "API-1"))).toBe(
    text.replace("      status: done\n", "      status: done\n    API-4:\n      title: Four\n      status: todo\n"),
  );
  expect(edited(text, remove("API-2"))).toBe(text.replace(/.*API-2:.*\n/, ""));
  expect(edited(text, set("API-3", { notes: "As agreed:\nfive a second" }))).toBe(
    text.replace("no more than ten a second", "five a second"),
  );
  expect(refused(text, remove("API-1")).join()).toContain("is not written");
});

test("what an anchor shares is not written through it, what is taken over is written where it counts", () => {
  const text = yamlSamples["epics.yaml"] ?? "";

  expect(edited(text, set("E1-2", { status: "completed", owner: "ann" }))).toBe(
    text.replace("title: Pay by card\n", "title: Pay by card\n        status: done\n        owner: ann\n"),
  );
  expect(refused("tasks:\n  - &one\n    id: A\n    title: x\n    status: todo\n", set("A", { status: "completed" }))).toEqual([
    "3 set of “A” is not written: an anchor stands at it, and other places may take it over",
  ]);
  expect(refused("tasks:\n  - id: A\n    title: x\n    status: &s todo\n", set("A", { status: "completed" })).join()).toContain(
    "an anchor or a tag",
  );
});

test("a file that says only whether a task is done says no more", () => {
  const text = yamlSamples["epics.yaml"] ?? "";

  expect(edited(text, set("E1-2.2", { status: "completed" }))).toBe(text.replace("done: false", "done: true"));
  expect(refused(text, set("E1-2.2", { status: "blocked" }))).toEqual([
    "23 status of “E1-2.2” is not written: the file says only whether it is done",
  ]);
  expect(edited(text, add({ id: "E1-2.3", title: "Refunds" }, "E1-2.2"))).toContain("          - id: 3\n            title: Refunds\n");
  expect(refused(text, add({ id: "E1-3", title: "Refunds" }, "E1-2.2")).join()).toContain("numbered within E1-2");
});

test("a status with words behind it keeps them", () => {
  const text = "tasks:\n  - id: A\n    title: x\n    status: Done (with Bob)\n  - id: B\n    title: y\n    status: In Progress\n";

  expect(edited(text, set("A", { status: "in-progress" }))).toBe(text.replace("Done (", "In Progress ("));
  expect(refused(text.replace("(with Bob)", "— 2026-01-01"), set("A", { status: "todo" })).join()).toContain(
    "words stand behind its status",
  );
});

test("CRLF, a byte order mark and a missing last line break stay", () => {
  const text = `\uFEFF${list.trimEnd().replaceAll("\n", "\r\n")}`;

  expect(edited(text, set("A-1", { owner: "bob" }), add({ id: "A-4", title: "Four" }))).toBe(
    `${text.replace("# not begun", "# not begun\r\n    owner: bob")}\r\n  - {id: A-4, title: Four, status: todo}`,
  );
  expect(edited(text, remove("A-3"))).toBe(text.slice(0, text.indexOf("  - {")));
});

test("the strict form reads back after any edit", () => {
  const text = yamlSamples["strict.yaml"] ?? "";
  const after = edited(text, set("AUTH-1", { status: "completed", completed: "2026-02-02", notes: "line\nline two" }));

  expect(readPlan({ path, text: after }).plan?.tasks[0]).toMatchObject({
    status: "completed",
    completed: "2026-02-02",
    notes: "line\nline two",
  });
});
