import { expect, test } from "vitest";
import type { PlannedTask } from "../../words.ts";
import type { Change, NewTask, NewValues } from "../change.ts";
import { editPlan } from "../edit.ts";
import { readPlan } from "../read-plan.ts";

const path = ".beads/issues.jsonl";
const issue = (id: string, more: object = {}) => ({
  id,
  title: `Issue ${id}`,
  status: "open",
  priority: 2,
  issue_type: "task",
  created_at: "2026-01-15T06:22:00.708746-08:00",
  updated_at: "2026-01-15T06:22:00.708746-08:00",
  ...more,
});
const edge = (from: string, to: string, type: string) => ({
  issue_id: from,
  depends_on_id: to,
  type,
  created_at: "2026-01-15T06:22:00Z",
  created_by: "ada",
});
const lines = (...records: readonly object[]): string => records.map((record) => `${JSON.stringify(record)}\n`).join("");
const read = (text: string) => readPlan({ path, text });
const short = ({ id, parent, status, writtenStatus, dependencies }: PlannedTask) =>
  [id, parent, status, writtenStatus, dependencies.join(" ")].join(" | ");

test("each line is an issue; edges that block are what it waits for, parents are what it is a part of", () => {
  const text = lines(
    issue("bd-a1f", { issue_type: "epic" }),
    issue("bd-a1f.1", {
      status: "closed",
      closed_at: "2026-01-16T18:55:30.942674-08:00",
      dependencies: [edge("bd-a1f.1", "bd-a1f", "parent-child")],
    }),
    issue("bd-x2", {
      status: "in_progress",
      assignee: "ada",
      dependencies: [edge("bd-x2", "bd-a1f.1", "blocks"), edge("bd-x2", "bd-a1f", "related"), edge("bd-x2", "bd-q9", "discovered-from")],
    }),
  );
  const { plan, problems } = read(text);

  expect(plan).toMatchObject({ format: "beads", scope: path });
  expect(plan?.tasks.map(short)).toEqual([
    "bd-a1f |  | todo | open | ",
    "bd-a1f.1 | BD-A1F | completed | closed | ",
    "bd-x2 |  | in-progress | in_progress | BD-A1F.1",
  ]);
  expect(plan?.tasks[1]).toMatchObject({ completed: "2026-01-16", line: 2 });
  expect(plan?.tasks[2]).toMatchObject({ owner: "ada", priority: 2, extra: { issue_type: "task" } });
  expect(problems).toMatchObject([{ code: "children-disagree", line: 1 }]);
});

test.each([
  ["open", "todo", false],
  ["in_progress", "in-progress", false],
  ["hooked", "in-progress", false],
  ["blocked", "blocked", false],
  ["deferred", "deferred", false],
  ["closed", "completed", false],
  ["pinned", "in-progress", true],
])("the status %s is %s", (written, status, recurring) => {
  expect(read(lines(issue("bd-1", { status: written }))).plan?.tasks[0]).toMatchObject({ status, recurring, writtenStatus: written });
});

test("deleted issues, messages, templates, memories and headers are no tasks", () => {
  const text = lines(
    { _schema: 2 },
    { _type: "memory", key: "k", value: "v" },
    { _type: "issue", ...issue("bd-1") },
    issue("bd-2", { status: "tombstone", deleted_at: "2026-02-01T00:00:00Z", delete_reason: "twice" }),
    issue("bd-3", { issue_type: "message" }),
    issue("bd-4", { is_template: true }),
    issue("bd-5", { deleted: true }),
  );
  const { plan, problems } = read(text);

  expect(plan?.tasks.map(({ id }) => id)).toEqual(["bd-1"]);
  expect(problems).toEqual([]);
});

test("bad lines are named with their places, and the others are read", () => {
  const good = lines(issue("bd-1"), issue("bd-2"), issue("bd-3"));
  const text = `${good}<<<<<<< HEAD\n{"id":"bd-4","title":\n[1]\n{"title":"no id"}\n${lines(issue("bd-5"))}`;
  const { plan, problems } = read(text);

  expect(plan?.tasks.map(({ id, line }) => `${line} ${id}`)).toEqual(["1 bd-1", "2 bd-2", "3 bd-3", "8 bd-5"]);
  expect(problems.map(({ line, column, code }) => `${line}:${column} ${code}`)).toEqual([
    "4:1 bad-line",
    "5:22 bad-line",
    "6:1 bad-line",
    "7:1 bad-line",
  ]);
});

test("an id that stands twice is told, and its first line counts, as it does when bd imports", () => {
  const { plan, problems } = read(lines(issue("bd-1"), issue("bd-1", { status: "closed" })));

  expect(plan?.tasks.map(({ status }) => status)).toEqual(["todo"]);
  expect(problems).toMatchObject([{ code: "duplicate-id", line: 2, column: 7 }]);
});

test("minutes, times and notes are read", () => {
  const [task] =
    read(
      lines(
        issue("bd-1", {
          estimated_minutes: 90,
          due_at: "2026-03-01T00:00:00Z",
          started_at: "2026-02-01T08:00:00Z",
          notes: "Ask Ada",
          labels: ["ui", "api"],
        }),
      ),
    ).plan?.tasks ?? [];

  expect(task).toMatchObject({ hours: 1.5, due: "2026-03-01", start: "2026-02-01", notes: "Ask Ada", extra: { labels: "ui, api" } });
});

test("Windows line ends, blank lines, a byte order mark and a missing end of the last line are normal", () => {
  const text = `\uFEFF${JSON.stringify(issue("bd-1"))}\r\n\r\n  \r\n${JSON.stringify(issue("bd-2"))}`;

  expect(read(text).plan?.tasks.map(({ line }) => line)).toEqual([1, 4]);
  expect(read(text).problems).toEqual([]);
});

test.each([
  ["a log", lines({ level: "info", message: "started", created_at: "2026-01-01" }, { level: "info", message: "stopped" })],
  ["JSON broken over lines", JSON.stringify(issue("bd-1"), null, 2)],
  ["a list of issues", JSON.stringify([issue("bd-1")])],
])("%s is passed over in silence", (_, text) => {
  expect(read(text)).toMatchObject({ plan: null, problems: [] });
});

const kept = `{"id":"bd-1","title":"One \\u003c","status":"open","priority":1,"issue_type":"task","updated_at":"2026-01-31T23:59:59.5-08:00"}
{"id":"bd-2","title":"Two","status":"closed","priority":2,"issue_type":"bug","closed_at":"2026-01-15T06:22:00Z","close_reason":"Done"}
`;
const edit = (...changes: readonly Change[]) => editPlan({ path, text: kept }, changes);
const set = (token: string, to: NewValues): Change => ({ kind: "set", scope: path, token, to });
const add = (task: NewTask, after: string | null = null): Change => ({ kind: "add", scope: path, task, after });

test("an issue is closed with its time of closing, and its time of update goes on, or bd would not import it", () => {
  expect(edit(set("BD-1", { status: "completed", completed: "2026-02-03", owner: "ann" })).text).toBe(
    kept
      .replace('"status":"open"', '"status":"closed"')
      .replace(
        '"issue_type":"task","updated_at":"2026-01-31T23:59:59.5-08:00"',
        '"issue_type":"task","assignee":"ann","updated_at":"2026-02-01T00:00:00.5-08:00","closed_at":"2026-02-03T00:00:00Z"',
      ),
  );
});

test("an issue that is opened again loses its time of closing, which is told where nobody asked for it", () => {
  const text = kept.replace('"status":"closed"', '"status":"in_progress"').replace(',"closed_at":"2026-01-15T06:22:00Z"', "");

  expect(edit(set("BD-2", { status: "in-progress", completed: null }))).toMatchObject({ text, problems: [] });
  expect(edit(set("BD-2", { status: "in-progress" }))).toMatchObject({ text, unwritten: [{ field: "completed" }] });
  expect(edit(set("BD-1", { completed: "2026-02-03" }))).toMatchObject({ text: kept, unwritten: [{ field: "completed" }] });
});

test("a new issue is a line below another, with what bd must have", () => {
  const line =
    '{"id":"bd-3","title":"Three","status":"in_progress","priority":2,"issue_type":"task","estimated_minutes":90,"dependencies":[{"issue_id":"bd-3","depends_on_id":"bd-1","type":"blocks"}]}\n';
  const task: NewTask = { id: "bd-3", title: "Three", status: "in-progress", hours: 1.5, dependencies: ["bd-1"] };

  expect(edit(add(task))).toMatchObject({ text: kept + line, unwritten: [{ field: "priority" }] });
  expect(edit(add({ ...task, priority: 2 }, "BD-1"))).toMatchObject({ text: kept.replace("\n", `\n${line}`), unwritten: [] });
});

test("a line is taken out whole; one whose id stands twice stays, and so does the last of all", () => {
  const remove = (token: string): Change => ({ kind: "remove", scope: path, token });

  expect(edit(remove("BD-1")).text).toBe(kept.slice(kept.indexOf("\n") + 1));
  expect(edit(remove("BD-1"), remove("BD-2"))).toMatchObject({ unwritten: [{ change: { token: "BD-2" } }] });
  expect(editPlan({ path, text: kept + kept }, [remove("BD-1")])).toMatchObject({ text: kept + kept, unwritten: [{ field: null }] });
});
