import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Plan, type PlannedTask, statuses } from "../../words.ts";
import type { Change, NewTask, NewValues } from "../change.ts";
import { type Edited, editPlan } from "../edit.ts";
import { readPlan } from "../read-plan.ts";
import type { PlanFile } from "../source.ts";
import { normalise } from "../token.ts";

const folder = join(import.meta.dirname, "../../../../../shared/fixtures/task-master");
const absent = !existsSync(folder);
const fixtures = absent ? [] : readdirSync(folder).map((path) => ({ path, text: readFileSync(join(folder, path), "utf8") }));

function planOf(file: PlanFile): Plan {
  const { plan, because } = readPlan(file);
  if (plan === null) throw new Error(because);
  return plan;
}

type Said = Readonly<Record<string, unknown>>;
type Keyed = { readonly scope: string; readonly token: string };
const keyOf = ({ scope, token }: Keyed): string => `${scope} ${token}`;
const said = ({ line: _line, writtenStatus: _spelling, ...task }: PlannedTask): Said => task;

/**
 * Asserts that an edited file reads as its plan with the changes, save what is told, and that nothing else of it changed, whatever the scopes
 * and however tasks are nested. Of one task there is one change. A told field may come to say anything, and so may what is beside a new task.
 */
function holds(file: PlanFile, changes: readonly Change[]): Edited {
  const before = planOf(file);
  const edited = editPlan(file, changes);
  const after = planOf({ ...file, text: edited.text });
  const found = new Map(after.tasks.map((task) => [keyOf(task), said(task)]));
  const expected = new Map(before.tasks.map((task) => [keyOf(task), said(task)]));
  for (const change of changes) {
    const told = edited.unwritten.filter((one) => one.change === change).map(({ field }) => field);
    const key = keyOf({ scope: change.scope, token: change.kind === "add" ? normalise(change.task.id) : change.token });
    if (told.includes(null)) continue;
    if (change.kind === "remove") expected.delete(key);
    else expected.set(key, { ...asked(change, expected.get(key), found.get(key)), ...only(found.get(key) ?? {}, told) });
  }
  const rows = [...expected].map(([key, task]) => [key, within(task, expected)] as const);
  expect(Object.fromEntries(found)).toEqual(Object.fromEntries(rows));
  const kept = before.tasks.map(keyOf).filter((key) => expected.has(key));
  expect([...found.keys()].filter((key) => kept.includes(key))).toEqual(kept);
  expect({ ...after, tasks: [] }).toEqual({ ...before, tasks: [] });
  return edited;
}

const only = (task: Said, fields: readonly (string | null)[]): Said =>
  Object.fromEntries(fields.map((field) => [field, task[field ?? ""]]));

function asked(change: Change & { readonly kind: "add" | "set" }, task: Said = {}, now: Said = {}): Said {
  if (change.kind === "set") {
    const { status = task.status } = change.to;
    return { ...task, ...change.to, recurring: task.recurring === true && status === task.status };
  }
  const { dependencies = [], ...values } = change.task;
  const nothing = {
    status: "todo",
    owner: null,
    priority: null,
    hours: null,
    start: null,
    due: null,
    completed: null,
    phase: null,
    milestone: null,
    notes: null,
  };
  const token = normalise(values.id);
  const parent = /^(.*)\.[^.]*$/.exec(token)?.[1] ?? null;
  const beside = only(now, ["extra", "file"]);
  return {
    ...nothing,
    ...beside,
    recurring: false,
    optional: false,
    steps: [],
    scope: change.scope,
    token,
    parent: now.parent === null ? null : parent,
    ...values,
    dependencies: dependencies.map(normalise),
  };
}

/** What a task says where some of those that it names are gone. */
function within(task: Said, expected: ReadonlyMap<string, Said>): Said {
  const there = (token: unknown): boolean => expected.has(`${task.scope} ${token}`);
  const dependencies = Array.isArray(task.dependencies) ? [...new Set(task.dependencies.filter(there))] : [];
  return { ...task, dependencies, parent: there(task.parent) ? task.parent : null };
}

const words = fc.stringMatching(/^[A-Za-zé"\\<]([A-Za-zé"\\<→ ]{0,8}[A-Za-zé"\\<])$/);
const day = fc.constantFrom("2026-01-05", "2025-12-31");
const newValues: fc.Arbitrary<NewValues> = fc.record(
  {
    status: fc.constantFrom(...statuses),
    completed: fc.option(day),
    owner: fc.option(words),
    notes: fc.option(words),
  },
  { requiredKeys: [] },
);
const newTask = (ids: fc.Arbitrary<string>, others: readonly string[]): fc.Arbitrary<NewTask> =>
  fc.record(
    {
      id: ids,
      title: words,
      dependencies: fc.subarray([...others], { maxLength: Math.min(2, others.length) }),
      status: fc.constantFrom(...statuses),
      owner: words,
      priority: fc.integer({ min: 0, max: 4 }),
      hours: fc.constantFrom(1, 2.5, 40),
      due: day,
      notes: words,
    },
    { requiredKeys: ["id", "title"] },
  );

/** Changes of a plan's own tasks, and new ones with such ids. */
const changesOf = (plan: Plan, ids: fc.Arbitrary<string>): fc.Arbitrary<readonly Change[]> => {
  const one = fc.constantFrom(...plan.tasks);
  const scopes = [...new Set(plan.tasks.map(({ scope }) => scope))];
  const add = fc.constantFrom(...scopes).chain((scope) => {
    const others = plan.tasks.filter((task) => task.scope === scope);
    const after = fc.option(fc.constantFrom(...others.map(({ token }) => token)));
    const free = ids.filter((id) => others.every(({ token }) => token !== normalise(id)));
    return fc.record({
      kind: fc.constant("add" as const),
      scope: fc.constant(scope),
      task: newTask(
        free,
        others.map(({ id }) => id),
      ),
      after,
    });
  });
  const set = fc.record({ task: one, to: newValues }).map(({ task: { scope, token }, to }) => ({ kind: "set" as const, scope, token, to }));
  const remove = one.map(({ scope, token }) => ({ kind: "remove" as const, scope, token }));
  return fc.uniqueArray(fc.oneof(set, set, remove, add), {
    maxLength: 8,
    selector: (change) => keyOf({ scope: change.scope, token: change.kind === "add" ? normalise(change.task.id) : change.token }),
  });
};

const style = fc.record({
  indent: fc.constantFrom(undefined, 2, 4, "\t"),
  end: fc.constantFrom("\n", "\r\n", "\r"),
  mark: fc.boolean(),
  final: fc.boolean(),
  ascii: fc.boolean(),
});
type Style = typeof style extends fc.Arbitrary<infer T> ? T : never;

function dressed(value: unknown, { indent, end, mark, final, ascii }: Style): string {
  const text = JSON.stringify(value, null, indent).replaceAll("\n", end) + (final ? end : "");
  const escaped = ascii ? text.replace(/[\u0080-\uffff]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`) : text;
  return (mark ? "\uFEFF" : "") + escaped;
}

const maybe = (key: string, value: fc.Arbitrary<unknown>) =>
  fc.option(value, { nil: undefined }).map((one) => (one === undefined ? {} : { [key]: one }));
const merged = (...parts: readonly fc.Arbitrary<object>[]): fc.Arbitrary<object> =>
  fc.tuple(...parts).map((all) => Object.assign({}, ...all));

const tmStatus = fc.constantFrom("pending", "in-progress", "review", "done", "deferred", "cancelled", "blocked", "Done", "lost");
const tmTask = (id: string | number, ids: readonly (string | number)[]): fc.Arbitrary<object> =>
  merged(
    fc.constant({ id }),
    fc.record({ title: words, status: tmStatus, dependencies: fc.subarray([...ids]) }),
    maybe("priority", fc.constantFrom("high", "medium", "low")),
    maybe("description", words),
    maybe("assignee", words),
    maybe("complexity", fc.integer({ min: 1, max: 10 })),
  );
const tmList = (numbers: boolean): fc.Arbitrary<readonly object[]> =>
  fc.integer({ min: 1, max: 4 }).chain((count) => {
    const ids = Array.from({ length: count }, (_, index) => (numbers ? index + 1 : String(index + 1)));
    const subtasks = fc.integer({ min: 0, max: 3 }).chain((size) => {
      const own = Array.from({ length: size }, (_, index) => index + 1);
      return fc.tuple(...own.map((id) => tmTask(id, [...own, 200, `${ids[0]}.1`])));
    });
    return fc.tuple(...ids.map((id) => merged(tmTask(id, ids), maybe("subtasks", subtasks))));
  });
const tmFile = fc.tuple(fc.boolean(), fc.boolean(), style).chain(([tagged, numbers, dress]) => {
  const value = tagged
    ? fc.dictionary(fc.constantFrom("master", "beta", "a b"), fc.record({ tasks: tmList(numbers), metadata: fc.constant({}) }), {
        minKeys: 1,
      })
    : fc.record({ meta: fc.constant({}), tasks: tmList(numbers) });
  return value.map((one) => ({ path: "tasks.json", text: dressed(one, dress), named: true }));
});

const story = (id: string, ids: readonly string[]): fc.Arbitrary<object> =>
  merged(
    fc.constant({ id }),
    fc.record({ title: words }),
    maybe("status", fc.constantFrom("pending", "in_progress", "done", "blocked", "lost")),
    maybe("priority", fc.integer({ min: 1, max: 9 })),
    maybe("passes", fc.boolean()),
    maybe("assignee", fc.option(words)),
    maybe("notes", fc.constantFrom("", "Ask first")),
    maybe("dependsOn", fc.subarray([...ids])),
    maybe("acceptanceCriteria", fc.constant(["One", "Two"])),
    maybe("completedAt", fc.constantFrom("2026-01-02", "2026-01-02T10:00:00Z", null)),
  );
const stories = (from: number): fc.Arbitrary<readonly object[]> =>
  fc.integer({ min: 1, max: 4 }).chain((count) => {
    const ids = Array.from({ length: count }, (_, index) => `US-00${from + index}`);
    return fc.tuple(...ids.map((id) => story(id, ids)));
  });
const prdFile = fc.tuple(fc.constantFrom("list", "userStories", "features", "phases"), style).chain(([key, dress]) => {
  const value =
    key === "list"
      ? stories(1)
      : key === "phases"
        ? fc.tuple(stories(1), stories(5)).map(([one, two]) => ({
            phases: [
              { name: "One", tasks: one },
              { name: "Two", tasks: two },
            ],
          }))
        : stories(1).map((list) => ({ project: "Desk", [key]: list, last: 1 }));
  return value.map((one) => ({ path: "prd.json", text: dressed(one, dress), named: true }));
});

const bead = (id: string, ids: readonly string[]): fc.Arbitrary<object> =>
  fc.constantFrom("open", "in_progress", "blocked", "closed", "hooked", "pinned", "lost", "tombstone").chain((status) =>
    merged(
      fc.record({
        id: fc.constant(id),
        title: words,
        status: fc.constant(status),
        priority: fc.integer({ min: 0, max: 4 }),
        issue_type: fc.constantFrom("task", "bug"),
        updated_at: fc.constant("2026-01-15T06:22:59.708746-08:00"),
      }),
      status === "closed" ? maybe("closed_at", fc.constant("2026-01-15T23:59:59.5-08:00")) : fc.constant({}),
      maybe("assignee", words),
      maybe("notes", words),
      maybe("estimated_minutes", fc.constantFrom(30, 90)),
      maybe(
        "dependencies",
        fc.subarray([...ids]).chain((on) =>
          fc.tuple(
            ...on.map((to) =>
              fc.record({
                issue_id: fc.constant(id),
                depends_on_id: fc.constant(to),
                type: fc.constantFrom("blocks", "parent-child", "related"),
              }),
            ),
          ),
        ),
      ),
    ),
  );
const beadsFile = fc.tuple(fc.integer({ min: 1, max: 5 }), style).chain(([count, dress]) => {
  const ids = Array.from({ length: count }, (_, index) => `bd-${"abcdef"[index]}7`);
  return fc
    .tuple(...ids.map((id, index) => bead(id, ids.slice(0, index))))
    .map((all) => [{ id: "bd-z9", title: "Last", status: "open", issue_type: "task" }, ...all])
    .map((all) => ({
      path: "issues.jsonl",
      text: (dress.mark ? "\uFEFF" : "") + all.map((one) => JSON.stringify(one)).join(dress.end) + (dress.final ? dress.end : ""),
    }));
});

const ids = {
  "task-master": fc.constantFrom("50", "51", "1.60", "2.60", "2.61", "9.1"),
  "prd-json": fc.constantFrom("US-050", "US-051", "NEW-1"),
  beads: fc.constantFrom("bd-n1", "bd-n2", "bd-n3"),
};

describe.each([
  ["Task Master", tmFile, ids["task-master"]],
  ["prd.json", prdFile, ids["prd-json"]],
  ["Beads", beadsFile, ids.beads],
] as const)("plans of %s", (_, files, free) => {
  test("without changes stay the same to the byte", () => {
    fc.assert(fc.property(files, (file) => void expect(editPlan(file, [])).toEqual({ text: file.text, unwritten: [], problems: [] })));
  });

  test("read after changes as the plan with the changes, save what is told", () => {
    const asked = files.chain((file) => fc.record({ file: fc.constant(file), changes: changesOf(planOf(file), free) }));

    fc.assert(
      fc.property(asked, ({ file, changes }) => void holds(file, changes)),
      { numRuns: 100 },
    );
  });
});

describe.skipIf(absent)("real files of Task Master (skipped where the folder of real files is absent)", () => {
  test.each(fixtures)("$path stays the same to the byte without changes", (file) => {
    expect(editPlan(file, []).text).toBe(file.text);
  });

  test.each(fixtures)("$path reads after changes as its plan with the changes", (file) => {
    const changes = changesOf(planOf(file), fc.constantFrom("500", "501", "1.60", "115.60", "2.61"));

    fc.assert(
      fc.property(changes, (some) => void holds(file, some)),
      { numRuns: 20 },
    );
  });
});
