import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type PlannedTask, type Status, statuses } from "../../words.ts";
import type { Change, NewValues } from "../change.ts";
import { editPlan } from "../edit.ts";
import { changedFiles, packFolder } from "../folder.ts";
import { readPlan } from "../read-plan.ts";

const path = "backlog/";
const scope = path;
const read = (text: string) => readPlan({ path, text });
const pack = (files: Readonly<Record<string, string>>): string => packFolder(new Map(Object.entries(files)));
const edit = (text: string, ...changes: readonly Change[]) => editPlan({ path, text }, changes);
const set = (token: string, to: NewValues): Change => ({ kind: "set", scope, token, to });

const task = (id: string, lines = "status: To Do\nassignee: []"): string => `---\nid: ${id}\ntitle: Do ${id}\n${lines}\n---\n\nText.\n`;

describe("one edit", () => {
  const edited = (lines: string, to: NewValues): string | undefined => {
    const before = pack({ "tasks/x-1 - a.md": task("X-1", lines) });
    const { text, problems } = edit(before, set("X-1", to));
    if (problems.length > 0) return problems[0]?.message;
    return changedFiles(before, text)[0]
      ?.content?.replace("---\nid: X-1\ntitle: Do X-1\n", "")
      .replace(/---\n\nText.\n$/, "");
  };

  test.each([
    ["status: To Do", { status: "in-progress" }, "status: In Progress\n"],
    ["status: 'To Do' # soon", { status: "completed" }, "status: 'Done' # soon\n"],
    ['status: "To Do"', { status: "completed" }, 'status: "Done"\n'],
    ["status:", { status: "completed" }, "status: Done\n"],
    ["priority: high", { status: "completed" }, "priority: high\nstatus: Done\n"],
    ["assignee: []", { owner: "@ann" }, "assignee: ['@ann']\n"],
    ["assignee: [bob, '@cy']", { owner: "ann" }, "assignee: [ann]\n"],
    ["assignee: @bob", { owner: "ann" }, "assignee: ann\n"],
    ["assignee:\n  - '@bob'", { owner: "@ann, @cy" }, "assignee:\n  - '@ann'\n  - '@cy'\n"],
    ["assignee:\n- bob\n- cy\npriority: low", { owner: "ann" }, "assignee:\n- ann\npriority: low\n"],
    ["assignee:\n  - bob\nlabels: []", { owner: null }, "assignee: []\nlabels: []\n"],
    ["labels: []", { owner: "ann" }, "labels: []\nassignee: ann\n"],
    ["actual_end: '2026-01-01'", { completed: "2026-02-03" }, "actual_end: '2026-02-03'\n"],
    ["actual_end: 2026-01-01", { completed: null }, "actual_end: ''\n"],
    ["notes: old", { notes: 'a "b": c' }, "notes: 'a \"b\": c'\n"],
  ] as const)("of %j to %j gives %j", (lines, to, expected) => {
    expect(edited(lines, to)).toBe(expected);
  });

  test.each([
    ["status: To Do", { status: "blocked" }, "none of the folder's statuses (To Do, In Progress, Done) means blocked"],
    ["status: To Do", { notes: "read me" }, "the files of this folder have no place for it"],
    ["status: To Do", { completed: "2026-02-03" }, "the files of this folder have no place for it"],
    ["assignee:\n  - bob # lead\n  - cy", { owner: "ann" }, "something else stands between the items of its list"],
    ["assignee: {name: bob}", { owner: "ann" }, "its value is neither a word nor a list of words"],
    ["assignee: bob", { owner: "none" }, "it would not read back as it was written"],
    ["notes: |\n  long", { notes: "short" }, "its value is a text of several lines"],
  ] as const)("of %j to %j is told", (lines, to, because) => {
    expect(edited(lines, to)).toContain(because);
  });

  test("statuses are written in the words of the folder's configuration", () => {
    const config = { "config.yml": 'statuses: ["Icebox", "Cooking", "Won\'t Do", "Served"]\n' };
    const text = pack({ ...config, "tasks/x-1 - a.md": task("X-1", "status: Icebox"), "tasks/x-2 - b.md": task("X-2", "status: Cooking") });
    const changes = [set("X-1", { status: "completed" }), set("X-2", { status: "deferred" })];

    expect(changedFiles(text, edit(text, ...changes).text).map(({ content }) => content?.split("\n")[3])).toEqual([
      "status: Served",
      "status: Won't Do",
    ]);
  });

  test("what lies among the completed tasks stays there", () => {
    const text = pack({ "completed/x-1 - a.md": task("X-1", "status: Done") });
    const { text: after, problems } = edit(text, set("X-1", { status: "todo" }));

    expect(after).toBe(text);
    expect(problems).toMatchObject([{ path: "backlog/completed/x-1 - a.md", line: 4, column: 9 }]);
  });

  test("a new task is a new file, and no file is taken away", () => {
    const text = pack({ "tasks/x-1 - a.md": task("X-1"), "tasks/x-3 - c.md": task("X-3").replaceAll("\n", "\r\n") });
    const title = "Tell: who/what?";
    const add: Change = {
      kind: "add",
      scope,
      after: null,
      task: { id: "X-2", title, priority: 1, owner: "@ann", dependencies: ["X-1"], hours: 3 },
    };
    const both = edit(text, add, { kind: "remove", scope, token: "X-1" });

    expect(changedFiles(text, both.text)).toEqual([
      {
        path: "tasks/x-2 - Tell-who-what.md",
        content:
          "---\nid: X-2\ntitle: 'Tell: who/what?'\nstatus: To Do\nassignee:\n  - '@ann'\npriority: high\nlabels: []\ndependencies:\n  - X-1\n---\n",
      },
    ]);
    expect(both.problems.map(({ message }) => message)).toEqual([
      "hours of “X-2” is not written: the files of this folder have no place for it",
      "remove of “X-1” is not written: its file is for people to archive or to delete",
    ]);
  });
});

const word = fc.constantFrom("ann", "@bob", "'@cy'", '"dee"', "e-f", "'it''s'");
const assignee = fc.oneof(
  fc.constantFrom("assignee: []", "assignee:", "assignee: ann # lead", "reviewer: ann", "assignee:   [ ann,'b' ]"),
  fc
    .array(
      word.filter((one) => one !== "@bob"),
      { minLength: 1, maxLength: 3 },
    )
    .map((all) => `assignee:\n${all.map((one) => `  - ${one}`).join("\n")}`),
);
const status = fc.constantFrom(
  "status: Icebox",
  "status: 'Cooking'",
  'status: "Served" # yes',
  "status: Blocked",
  "status:  served",
  "status: raw",
);
const others = fc.constantFrom(
  "",
  "\nlabels: [a, b]",
  "\n# a remark\npriority: high",
  "\nactual_end: 2026-01-01",
  "\nnotes: 'none yet'\nodd: {a: 1}",
);
const config = "project_name: Kitchen\nstatuses: [Icebox, Cooking, Served]\ntask_prefix: x\n";

const file = fc.record({
  status,
  assignee,
  others,
  crlf: fc.boolean(),
  mark: fc.boolean(),
  folder: fc.constantFrom("tasks", "tasks", "completed"),
});
const folder = fc.array(file, { minLength: 1, maxLength: 6 }).map((files) =>
  pack({
    "config.yml": config,
    ...Object.fromEntries(
      files.map((one, index) => {
        const waits = index === 0 ? "dependencies: []" : `dependencies:\n  - task-${index}`;
        const text = task(`X-${index + 1}`, `${one.status}\n${one.assignee}${one.others}\n${waits}`);
        return [`${one.folder}/x-${index + 1} - Do-it.md`, (one.mark ? "\uFEFF" : "") + (one.crlf ? text.replaceAll("\n", "\r\n") : text)];
      }),
    ),
  }),
);
const text = fc.oneof(
  fc.constantFrom("ann", "@ann, @bob", "none", "yes", "a: b", "'q'", '"', "# x", "- y", "2026-01-01", "a\nb", "[x]"),
  fc.string({ unit: "binary", minLength: 1, maxLength: 8 }),
);
const maybe = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const values = fc
  .record({
    status: maybe(fc.constantFrom<Status>(...statuses)),
    owner: maybe(fc.option(text)),
    completed: maybe(fc.constantFrom("2026-03-04", null)),
    notes: maybe(fc.option(text)),
  })
  .map((all): NewValues => Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)));
const newTask = fc.record({
  number: fc.integer({ min: 1, max: 30 }),
  title: text,
  status: maybe(fc.constantFrom<Status>(...statuses)),
  owner: maybe(text),
  priority: maybe(fc.integer({ min: 0, max: 4 })),
  due: maybe(fc.constant("2026-05-06")),
  notes: maybe(text),
});
const changes = fc.record({
  sets: fc.uniqueArray(fc.tuple(fc.integer({ min: 1, max: 7 }), values), { selector: ([number]) => number, maxLength: 4 }),
  adds: fc.uniqueArray(newTask, { selector: ({ number }) => number, maxLength: 2 }),
});

type Said = Partial<PlannedTask>;
const said = ({ line: _l, writtenStatus: _w, ...rest }: PlannedTask): Said => rest;
const byId = (tasks: readonly PlannedTask[]): Record<string, Said> => Object.fromEntries(tasks.map((one) => [one.token, said(one)]));

describe("every edit", () => {
  test("of nothing is nothing", () => {
    fc.assert(
      fc.property(folder, (one) => {
        expect(edit(one).text).toBe(one);
      }),
    );
  });

  test("reads back as the changed plan, but for what is told as unwritten, and touches no other file", () => {
    fc.assert(
      fc.property(folder, changes, (one, { sets, adds }) => {
        const asked: readonly Change[] = [
          ...sets.map(([number, to]) => set(`X-${number}`, to)),
          ...adds
            .filter(({ number }) => number > 7)
            .map(({ number, ...rest }): Change => {
              const fields = Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined));
              return { kind: "add", scope, after: null, task: { id: `X-${number}`, title: rest.title, dependencies: ["X-1"], ...fields } };
            }),
        ];
        const before = read(one).plan?.tasks ?? [];
        const { text: after, unwritten } = edit(one, ...asked);
        const expected = byId(before);
        const touched = new Set<string>();
        for (const change of asked) {
          const left = unwritten.filter((each) => each.change === change).map(({ field }) => field);
          if (left.includes(null) || change.kind === "remove") continue;
          if (change.kind === "set") {
            const to = Object.fromEntries(Object.entries(change.to).filter(([field]) => !left.some((each) => each === field)));
            expected[change.token] = { ...expected[change.token], ...to };
            touched.add(expected[change.token]?.file ?? "");
          } else {
            const found = read(after).plan?.tasks.find(({ id }) => id === change.task.id);
            if (found === undefined) throw new Error("a task is lost");
            const { dependencies: _, ...fields } = change.task;
            const kept = Object.fromEntries(Object.entries(fields).filter(([field]) => !left.some((each) => each === field)));
            expected[found.token] = { ...said(found), status: "todo", owner: null, priority: null, due: null, notes: null, ...kept };
            touched.add(found.file);
          }
        }

        expect(byId(read(after).plan?.tasks ?? [])).toEqual(expected);
        for (const { path: changed } of changedFiles(one, after)) expect(touched).toContain(path + changed);
      }),
    );
  });
});
