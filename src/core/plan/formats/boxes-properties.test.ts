import { diffArrays } from "diff";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Plan, PlannedTask, Status, Token } from "../../words.ts";
import type { Change, NewTask, Unwritten } from "../change.ts";
import { editPlan } from "../edit.ts";
import { readPlan } from "../read-plan.ts";
import { normalise } from "../token.ts";

/** How a generated file is dressed: nothing of it may move. */
const dress = fc.record({
  newline: fc.constantFrom("\n", "\r\n", "\r"),
  mark: fc.boolean(),
  ends: fc.boolean(),
  bullet: fc.constantFrom("- ", "* ", "-   "),
  indent: fc.constantFrom("  ", "    "),
  blank: fc.boolean(),
  capital: fc.boolean(),
});
type Dress = typeof dress extends fc.Arbitrary<infer T> ? T : never;

const word = fc.constantFrom(
  "Dig",
  "the pond",
  "`src/a.ts`",
  "**at once**",
  "池",
  "a [link](b.md)",
  "1.5 m deep",
  "x_y_z",
  "& <more>",
  "T-shirts",
  "(soon)",
);
const title = fc.array(word, { minLength: 1, maxLength: 4 }).map((words) => `So ${words.join(" ")}`);
type Row = {
  readonly title: string;
  readonly done: boolean;
  readonly detail: boolean;
  readonly parts: readonly { readonly title: string; readonly done: boolean }[];
};
const row: fc.Arbitrary<Row> = fc.record({
  title,
  done: fc.boolean(),
  detail: fc.boolean(),
  parts: fc.array(fc.record({ title, done: fc.boolean() }), { maxLength: 3 }),
});
const rows = fc.array(row, { minLength: 1, maxLength: 6 });

type Kind = {
  readonly format: string;
  readonly path: string;
  readonly scope: string;
  readonly lines: (rows: readonly Row[], dress: Dress) => readonly string[];
  readonly newIds: readonly string[];
  readonly statuses: readonly Status[];
};

const box = (done: boolean, { capital, bullet }: Dress): string => `${bullet}[${done ? (capital ? "X" : "x") : " "}]`;
const blankOf = ({ blank }: Dress): readonly string[] => (blank ? [""] : []);

const kinds: readonly Kind[] = [
  {
    format: "spec-kit",
    path: "specs/001-a/tasks.md",
    scope: "specs/001-a",
    newIds: ["T900", "T901"],
    statuses: ["todo", "completed"],
    lines: (all, how) =>
      all.flatMap(({ title: words, done, detail, parts }, index) => [
        `## Phase ${index + 1}: Story`,
        "",
        `${box(done, how)} T${index}00 [P] [US${index}] ${words}`,
        ...(detail ? [`${" ".repeat(how.bullet.length)}- in short`] : []),
        ...parts.flatMap((part, n) => [...blankOf(how), `${box(part.done, how)} T${index}0${n + 1} ${part.title}`]),
        "",
        "**Checkpoint**: look",
        "",
      ]),
  },
  {
    format: "kiro",
    path: ".kiro/specs/a/tasks.md",
    scope: ".kiro/specs/a",
    newIds: ["90", "1.9", "2.9", "90.1"],
    statuses: ["todo", "in-progress", "completed"],
    lines: (all, how) => [
      "# Plan",
      "",
      ...all.flatMap(({ title: words, done, detail, parts }, index) => {
        const inner = how.indent.length < how.bullet.length ? " ".repeat(how.bullet.length) : how.indent;
        return [
          `${box(done, how)} ${index + 1}. ${words}`,
          ...(detail ? [`${inner}- _Requirements: 1.${index}_`] : []),
          ...parts.map((part, n) => `${inner}${box(part.done, how)} ${index + 1}.${n + 1} ${part.title}`),
          ...blankOf(how),
        ];
      }),
    ],
  },
  {
    format: "openspec",
    path: "openspec/changes/a/tasks.md",
    scope: "openspec/changes/a",
    newIds: ["1.9", "9.9"],
    statuses: ["todo", "completed"],
    lines: (all, how) =>
      all.flatMap(({ title: words, done, parts }, index) => [
        `## ${index + 1}. Section`,
        ...blankOf(how),
        `${box(done, how)} ${index + 1}.1 ${words}`,
        ...parts.map((part, n) => `${box(part.done, how)} **${index + 1}.${n + 2}** ${part.title}`),
        "",
      ]),
  },
  {
    format: "gsd",
    path: ".planning/ROADMAP.md",
    scope: ".planning/ROADMAP.md",
    newIds: ["90", "01-09", "1.1"],
    statuses: ["todo", "completed"],
    lines: (all, how) => [
      ...all.map(({ title: words, done }, index) => `${box(done, how)} **Phase ${index + 1}: ${words.replaceAll("**", "")}**`),
      "",
      ...all.flatMap(({ title: words, parts }, index) =>
        parts.length === 0
          ? []
          : [
              `### Phase ${index + 1}: ${words.replaceAll("**", "")}`,
              "**Depends on**: Nothing",
              "",
              "Plans:",
              ...parts.map((part, n) => `${box(part.done, how)} 0${index + 1}-0${n + 1}-PLAN.md — ${part.title}`),
              "",
            ],
      ),
    ],
  },
];

const textOf = (kind: Kind, all: readonly Row[], how: Dress): string =>
  `${how.mark ? "\uFEFF" : ""}${kind.lines(all, how).join(how.newline)}${how.ends ? how.newline : ""}`;

const read = ({ path }: Kind, text: string): Plan => {
  const { plan, because } = readPlan({ path, text });
  if (plan === null) throw new Error(`${because}: ${JSON.stringify(text)}`);
  return plan;
};

type Wish =
  | { readonly kind: "set"; readonly at: number; readonly status: Status }
  | { readonly kind: "remove"; readonly at: number }
  | { readonly kind: "add"; readonly id: number; readonly after: number | null; readonly title: string; readonly status: Status };
const status = fc.constantFrom<Status>("todo", "in-progress", "completed", "blocked", "deferred");
const wish: fc.Arbitrary<Wish> = fc.oneof(
  fc.record({ kind: fc.constant("set" as const), at: fc.nat(40), status }),
  fc.record({ kind: fc.constant("remove" as const), at: fc.nat(40) }),
  fc.record({ kind: fc.constant("add" as const), id: fc.nat(5), after: fc.option(fc.nat(40)), title, status }),
);
const wishes = fc.array(wish, { maxLength: 5 });

/** Of one task at most one change. */
function changesOf(all: readonly Wish[], { newIds, scope }: Kind, { tasks }: Plan): readonly Change[] {
  const changes = new Map<Token, Change>();
  for (const one of all) {
    const change = changeOf(one);
    if (change !== null) changes.set(change.kind === "add" ? normalise(change.task.id) : change.token, change);
  }
  return [...changes.values()];

  function changeOf(one: Wish): Change | null {
    const token = one.kind === "add" ? undefined : tasks[one.at % tasks.length]?.token;
    if (one.kind === "add") {
      const task: NewTask = { id: newIds[one.id % newIds.length] ?? "", title: one.title, status: one.status };
      return { kind: "add", scope, task, after: one.after === null ? null : (tasks[one.after % tasks.length]?.token ?? null) };
    }
    if (token === undefined) return null;
    return one.kind === "set" ? { kind: "set", scope, token, to: { status: one.status } } : { kind: "remove", scope, token };
  }
}

/** What each task says: the plan with the changes, but for what was told as unwritten. */
function wanted(plan: Plan, changes: readonly Change[], unwritten: readonly Unwritten[]): ReadonlyMap<Token, string> {
  const refused = (change: Change, field: Unwritten["field"]): boolean =>
    unwritten.some((one) => one.change === change && (one.field === null || one.field === field));
  const tasks = new Map(plan.tasks.map((task) => [task.token, said(task)]));
  for (const change of changes) {
    if (refused(change, null)) continue;
    if (change.kind === "remove") tasks.delete(change.token);
    if (change.kind === "add") {
      const { id, title: words, status: asked = "todo" } = change.task;
      tasks.set(normalise(id), added({ id, title: words, status: refused(change, "status") ? "todo" : asked }));
    }
    if (change.kind === "set" && !refused(change, "status")) {
      const task = plan.tasks.find(({ token }) => token === change.token);
      if (task !== undefined) tasks.set(task.token, said({ ...task, status: change.to.status ?? task.status }));
    }
  }
  return tasks;
}

/** What a task says by itself. What it is a part of can come and go. */
function said({ line: _, parent: __, writtenStatus: ___, ...task }: PlannedTask): string {
  return JSON.stringify(task);
}

/** What is asked of a new task. */
const added = ({ id, title: words, status: now }: Pick<PlannedTask, "id" | "title" | "status">): string => [id, words, now].join(" | ");

describe.each(kinds)("$format: any plan and any changes", (kind) => {
  test("what is written is read", () => {
    fc.assert(
      fc.property(rows, dress, (all, how) => {
        const plan = read(kind, textOf(kind, all, how));
        expect(plan.format).toBe(kind.format);
        expect(plan.scope).toBe(kind.scope);
        expect(plan.tasks).toHaveLength(all.reduce((sum, { parts }) => sum + 1 + parts.length, 0));
      }),
    );
  });

  test("without changes the text is the same to the byte", () => {
    fc.assert(
      fc.property(rows, dress, (all, how) => {
        const text = textOf(kind, all, how);
        expect(editPlan({ path: kind.path, text }, [])).toEqual({ text, unwritten: [], problems: [] });
      }),
    );
  });

  test("the edited text is read as the plan with the changes, and all other lines stay as they are", () => {
    fc.assert(
      fc.property(rows, dress, wishes, (all, how, some) => {
        const text = textOf(kind, all, how);
        const plan = read(kind, text);
        const changes = changesOf(some, kind, plan);
        const edited = editPlan({ path: kind.path, text }, changes);
        const expected = wanted(plan, changes, edited.unwritten);
        if (expected.size === 0) return;

        const after = read(kind, edited.text);
        const old = new Set(plan.tasks.map(({ token }) => token));
        const found = after.tasks.map((task) => [task.token, old.has(task.token) ? said(task) : added(task)]);
        expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
        const touched = changes.length - changes.filter(({ kind: what }) => what === "add").length;
        const lost = linesLost(text, edited.text, how.newline);
        expect(lost.length).toBeLessThanOrEqual(touched * 2);
        if (changes.every(({ kind: what }) => what === "add")) expect(lost).toEqual([]);
        if (changes.every(({ kind: what }) => what === "set")) expect(edited.text).toHaveLength(text.length);
      }),
    );
  });

  test("a status that the format can say is always written, and one that it cannot is told", () => {
    fc.assert(
      fc.property(rows, dress, fc.nat(40), status, (all, how, at, now) => {
        const text = textOf(kind, all, how);
        const { tasks } = read(kind, text);
        const task = tasks[at % tasks.length];
        if (task === undefined) return;
        const { unwritten } = editPlan({ path: kind.path, text }, [
          { kind: "set", scope: kind.scope, token: task.token, to: { status: now } },
        ]);
        expect(unwritten.map(({ field }) => field)).toEqual(kind.statuses.includes(now) ? [] : ["status"]);
      }),
    );
  });

  test("a damaged text is read to its end, and an edit of it never throws", () => {
    const noise = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("[", "]", "**", "- [ ] ", "\n", "\r", "  ", "1.1 ", "T001", "Phase ", "_Depends on: ", "```", "<!--", "\0"),
    );
    fc.assert(
      fc.property(rows, dress, fc.array(fc.tuple(fc.nat(2000), fc.nat(12), noise), { maxLength: 6 }), (all, how, cuts) => {
        let text = textOf(kind, all, how);
        for (const [at, length, sign] of cuts) text = text.slice(0, at) + sign + text.slice(at + length);
        const file = { path: kind.path, text, named: true };
        const { plan } = readPlan(file);
        const changes = (plan?.tasks ?? []).slice(0, 3).map(({ token, scope }) => ({ kind: "remove", scope, token }) as const);
        expect(editPlan(file, []).text).toBe(text);
        editPlan(file, changes);
        editPlan(file, [{ kind: "add", scope: kind.scope, after: null, task: { id: kind.newIds[0] ?? "", title: "New" } }]);
      }),
    );
  });

  test("any text at all is read to its end", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        const file = { path: kind.path, text, named: true };
        readPlan(file);
        expect(editPlan(file, []).text).toBe(text);
      }),
    );
  });
});

/** The lines of a text, blank ones aside, that another has no more. */
function linesLost(before: string, after: string, newline: string): readonly string[] {
  const linesOf = (text: string): string[] => text.split(newline).filter((line) => line.trim() !== "");
  return diffArrays(linesOf(before), linesOf(after)).flatMap(({ removed, value }) => (removed ? value : []));
}

test("a last task with a detail is removed with its whole line end", () => {
  const path = ".kiro/specs/login/tasks.md";
  const text = "# Plan\r\n\r\n- [ ] 1. Dig\r\n  - Deep";
  const edited = editPlan({ path, text }, [
    { kind: "remove", scope: ".kiro/specs/login", token: "1" },
    { kind: "add", scope: ".kiro/specs/login", task: { id: "2", title: "Fill" }, after: null },
  ]);

  expect(edited.text).toBe("# Plan\r\n- [ ] 2. Fill");
});
