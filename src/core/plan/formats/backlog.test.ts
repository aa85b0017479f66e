import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { statuses } from "../../words.ts";
import { editPlan } from "../edit.ts";
import { mostFolderFiles, packFolder } from "../folder.ts";
import { readPlan } from "../read-plan.ts";

const path = "backlog/";
const pack = (files: Readonly<Record<string, string>>): string => packFolder(new Map(Object.entries(files)));
const read = (files: Readonly<Record<string, string>>) => readPlan({ path, text: pack(files) });
const task = (lines: string, body = ""): string => `---\n${lines}\n---\n${body}`;
const told = ({ problems }: ReturnType<typeof read>): readonly string[] =>
  problems.map((one) => `${one.path}:${one.line}:${one.column} ${one.code} ${one.message}`);

test("a task is what the front matter of its file says", () => {
  const { plan, problems } = read({
    "tasks/app-7 - Login.md": task(
      "id: APP-7\ntitle: 'Login: by link'\nstatus: In Progress\nassignee: [@ann, 'bob']\nlabels:\n  - web\n  - auth\npriority: high\nmilestone: m-1\ndue_date: 2026-05-01\nactual_end: '2026-05-02 10:30'\nestimate: 3h\ntype: bug\nordinal: 1000\nupdated_date: '2026-01-01'",
    ),
    "milestones/m-1 - Beta.md": task('id: m-1\ntitle: "Beta"\ndue_date: 2026-06-01'),
  });

  expect(problems).toEqual([]);
  expect(plan?.tasks).toMatchObject([
    {
      id: "APP-7",
      token: "APP-7",
      title: "Login: by link",
      status: "in-progress",
      writtenStatus: "In Progress",
      owner: "@ann, bob",
      priority: 1,
      milestone: "m-1",
      due: "2026-05-01",
      completed: "2026-05-02",
      hours: 3,
      extra: { labels: "web, auth", type: "bug" },
      file: "backlog/tasks/app-7 - Login.md",
      line: 2,
    },
  ]);
  expect(plan?.milestones).toMatchObject([{ id: "m-1", title: "Beta", due: "2026-06-01" }]);
  expect(plan).toMatchObject({ path, scope: path, format: "backlog" });
});

test("statuses mean what they mean everywhere, else what their place in the folder's list says", () => {
  const list = ["Icebox", "Cooking", "Review", "Won't Do", "Served"];
  const files = Object.fromEntries(
    [...list, "Burnt", "done"].map((word, index) => [`tasks/x-${index} - a.md`, task(`id: X-${index}\nstatus: ${word}`)]),
  );
  const reading = read({ ...files, "config.yml": `statuses: ${JSON.stringify(list)}` });

  expect(reading.plan?.tasks.map(({ status, writtenStatus }) => `${writtenStatus} ${status}`)).toEqual([
    "Icebox todo",
    "Cooking in-progress",
    "Review in-progress",
    "Won't Do deferred",
    "Served completed",
    "Burnt todo",
    "done completed",
  ]);
  expect(told(reading)).toEqual(["backlog/tasks/x-5 - a.md:3:9 unknown-status “Burnt” is no status that is known; read as todo"]);
});

test("whatever lies among the completed tasks is finished; drafts and archived tasks are none", () => {
  const { plan } = read({
    "tasks/x-1 - a.md": task("id: X-1\nstatus: To Do"),
    "completed/x-2 - b.md": task("id: X-2\nstatus: In Progress"),
    "completed/x-3 - c.md": task("id: X-3\nstatus: Won't Do"),
    "drafts/draft-1 - d.md": task("id: DRAFT-1\nstatus: Draft"),
    "archive/tasks/x-1 - e.md": task("id: X-1\nstatus: Done"),
    "docs/doc-1 - f.md": task("id: doc-1"),
  });

  expect(plan?.tasks.map(({ id, status }) => `${id} ${status}`)).toEqual(["X-1 todo", "X-2 completed", "X-3 deferred"]);
});

test("of two tasks with one id the one at work counts, and both files are named", () => {
  const reading = read({
    "completed/x-1 - a.md": task("title: Done\nid: X-1\nstatus: Done"),
    "tasks/x-01 - b.md": task("id: X-01\ntitle: Open\nstatus: To Do"),
  });

  expect(reading.plan?.tasks.map(({ title }) => title)).toEqual(["Open"]);
  expect(told(reading)).toEqual([
    "backlog/completed/x-1 - a.md:3:5 duplicate-id “X-1” on line 3 stands already on line 2 of backlog/tasks/x-01 - b.md as “X-01”; it is todo there and completed here. The first row counts",
  ]);
});

test("sub-tasks and dependencies are found under the folder's own prefix, whatever it was before", () => {
  const reading = read({
    "config.yml": 'task_prefix: "back"',
    "tasks/back-24 - a.md": task("id: BACK-24\nstatus: To Do"),
    "tasks/back-24.02 - b.md": task("id: BACK-24.02\nstatus: To Do\nparent_task_id: task-24"),
    "tasks/back-30 - c.md": task("id: BACK-30\nstatus: To Do\ndependencies:\n  - task-24.2\n  - 24\n  - BACK-31"),
  });

  expect(reading.plan?.tasks.map(({ token, parent, dependencies }) => [token, parent, dependencies])).toEqual([
    ["BACK-24", null, []],
    ["BACK-24.2", "BACK-24", []],
    ["BACK-30", null, ["BACK-24.2", "BACK-24"]],
  ]);
  expect(told(reading)).toEqual([
    "backlog/tasks/back-30 - c.md:5:5 dangling-dependency BACK-30 depends on “BACK-31”, which is not in this plan",
  ]);
});

test("the boxes of acceptance criteria are counted, others are not", () => {
  const body =
    "## Acceptance Criteria\n<!-- AC:BEGIN -->\n- [x] #1 a\n- [ ] #2 b\n```\n- [ ] code\n```\n\n## Definition of Done\n- [ ] #1 c\n";

  expect(read({ "tasks/x-1 - a.md": task("id: X-1\nstatus: To Do", body) }).plan?.criteria).toEqual({ open: 1, done: 1 });
});

test("tasks come in the order of their numbers", () => {
  const ids = ["X-10", "X-9", "X-9.10", "X-9.2"];
  const { plan } = read(Object.fromEntries(ids.map((id) => [`tasks/${id.toLowerCase()} - a.md`, task(`id: ${id}\nstatus: Done`)])));

  expect(plan?.tasks.map(({ id }) => id)).toEqual(["X-9", "X-9.2", "X-9.10", "X-10"]);
});

test("files that cannot be read are named, and the others are read", () => {
  const reading = read({
    "tasks/x-1 - a.md": task("id: X-1\ntitle: a: b: c"),
    "tasks/x-2 - b.md": "# No front matter\n",
    "tasks/x-3 - c.md": task("title: No id\nstatus: To Do"),
    "tasks/x-4 - d.md": task("id: X-4\nid: X-5"),
    "tasks/x-6 - e.md": task(`id: X-6\nx: ${"[".repeat(5000)}`),
    "tasks/x-7 - f.md": `\uFEFF${task("id: X-7\nstatus: Done").replaceAll("\n", "\r\n")}`,
  });

  expect(reading.plan?.tasks.map(({ id }) => id)).toEqual(["X-7"]);
  expect(told(reading).map((line) => line.replace(/^(\S+) - (.*)$/, "$2").slice(0, 80))).toEqual([
    "a.md:3:8 yaml-syntax tasks/x-1 - a.md is not read: Nested mappings are not allow",
    "b.md:1:1 missing-id tasks/x-2 - b.md has no front matter with an id",
    "c.md:2:1 missing-id “No id” has no id",
    "d.md:3:1 yaml-syntax tasks/x-4 - d.md is not read: the key id stands there twice",
    "e.md:2:1 yaml-syntax tasks/x-6 - e.md is not read: its front matter is nested to",
  ]);
});

describe("a folder is no plan", () => {
  test("without a task, unless Backlog.md keeps it", () => {
    expect(readPlan({ path, text: pack({ "tasks/x-1 - a.md": "# A\n" }), named: false })).toMatchObject({ plan: null, problems: [] });
    expect(readPlan({ path, text: pack({ "config.yml": "a: b" }), named: true }).problems.map(({ code }) => code)).toEqual(["not-a-plan"]);
    expect(read({ "config.yml": "statuses: [To Do, Done]" }).problems.map(({ code }) => code)).toEqual(["no-tasks"]);
  });

  test("with more files than any plan", () => {
    const many = Object.fromEntries(Array.from({ length: mostFolderFiles + 1 }, (_, index) => [`tasks/x-${index} - a.md`, task("id: X")]));

    expect(readPlan({ path, text: pack(many), named: true }).problems.map(({ code }) => code)).toEqual(["too-large"]);
  });
});

test("what looks like a folder's text in a file is none", () => {
  const text = pack({ "tasks/x-1 - a.md": task("id: X-1") });

  expect(readPlan({ path: "plan.md", text, named: true })).toMatchObject({ plan: null, because: "the file is not text" });
  expect(readPlan({ path, text: `id,task\n${text}`, named: true })).toMatchObject({ plan: null, because: "the file is not text" });
});

// The worst texts of 5 MB (front matter of nothing but brackets, of empty items, of errors) take under 5 s, most of them far less.
test("any folder gives a plan or a refusal, and never an exception", () => {
  const valid = [
    task(
      "id: X-1\ntitle: One\nstatus: To Do\nassignee:\n  - '@ann'\nlabels: [a, b]\ndependencies: [X-2]\nparent_task_id: X-2",
      "## Acceptance Criteria\n- [ ] #1 a\n",
    ),
    "statuses: [To Do, Done]\ntask_prefix: x\n",
  ];
  const mutated = fc
    .tuple(fc.constantFrom(...valid), fc.nat(200), fc.nat(8), fc.string({ unit: "binary", maxLength: 6 }))
    .map(([text, at, length, piece]) => text.slice(0, at) + piece + text.slice(at + length));
  const content = fc.oneof(mutated, fc.string({ unit: "binary" }));
  const name = fc.oneof(
    fc.constantFrom("config.yml", "tasks/x-1 - a.md", "tasks/x-2 - b.md", "completed/x-3 - c.md", "milestones/m-1 - d.md"),
    fc
      .string({ unit: "binary", minLength: 1 })
      .map((text) => text.replaceAll("\0", ""))
      .filter((text) => text !== ""),
  );
  fc.assert(
    fc.property(fc.dictionary(name, content, { maxKeys: 5 }), fc.boolean(), (files, named) => {
      const text = pack(files);
      const { plan } = readPlan({ path, text, named });
      const tokens = plan?.tasks.map(({ token }) => token) ?? [];
      expect(editPlan({ path, text, named }, []).text).toBe(text);
      const changes = statuses
        .slice(0, tokens.length)
        .map((status, index) => ({ kind: "set", scope: path, token: tokens[index] ?? "", to: { status } }) as const);
      expect(readPlan({ path, text: editPlan({ path, text, named }, changes).text, named }).plan?.tasks.length ?? 0).toBe(tokens.length);
    }),
  );
});
