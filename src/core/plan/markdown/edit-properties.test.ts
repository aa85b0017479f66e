import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Plan, type PlannedTask, statuses } from "../../words.ts";
import type { Change, NewTask, NewValues, Unwritten } from "../change.ts";
import { rowKey } from "../compare.ts";
import { editPlan } from "../edit.ts";
import { readPlan } from "../read-plan.ts";
import { normalise } from "../token.ts";

const path = "docs/PLAN.md";

const read = (text: string): Plan | null => readPlan({ path, text, named: true }).plan;

type Task = { readonly id: string; readonly title: string; readonly status: string; readonly owner: string };

const words = fc.stringMatching(/^[A-Z][a-z]{1,8}(?: [a-z]{1,8}){0,2}$/);
const value = fc.oneof(words, fc.stringMatching(/^[a-z*_`|<>&\\[\]#@é🚀.-]{1,12}$/u), fc.string({ unit: "grapheme", maxLength: 12 }));

/** A table with or without padding, some of its columns, and words of one kind for its statuses. */
const table = fc
  .record({
    heads: fc.shuffledSubarray(["Owner", "Notes", "Done at", "Extra"]).map((rest) => ["ID", "Task", "Status", ...rest]),
    spelling: fc.constantFrom("Todo,Done,In Progress,Blocked", "⬜,✅,🚧,⛔", "🕐 Todo,✅ Done,🚧 Doing,⛔ Blocked", "open,closed,wip,"),
    mark: fc.constantFrom("", "**", "`"),
    padded: fc.boolean(),
  })
  .map(({ heads, spelling, mark, padded }) => (tasks: readonly Task[]): string => {
    const cells = tasks.map((task, index) =>
      heads.map(
        (head) =>
          ({ ID: mark + task.id + mark, Task: task.title, Status: spelling.split(",")[index % 4] ?? "", Owner: task.owner })[head] ?? "",
      ),
    );
    const widths = heads.map((head, index) => Math.max(head.length, 3, ...cells.map((row) => row[index]?.length ?? 0)));
    const line = (row: readonly string[], fill: string): string =>
      `|${row.map((cell, index) => ` ${padded ? cell.padEnd(widths[index] ?? 0, fill) : cell} `).join("|")}|`;
    return [
      line(heads, " "),
      line(
        heads.map(() => "---"),
        "-",
      ),
      ...cells.map((row) => line(row, " ")),
    ].join("\n");
  });

const checklist = fc
  .record({
    bullet: fc.constantFrom("-", "*", "1."),
    boxes: fc.constantFrom("[ ],[x]", "[ ],[X]", "[ ],[x],[~],[!]"),
    tail: fc.boolean(),
    loose: fc.boolean(),
    lines: fc.boolean(),
  })
  .map(
    ({ bullet, boxes, tail, loose, lines }) =>
      (tasks: readonly Task[]): string =>
        tasks
          .map(({ id, title, owner, status }, index) => {
            const box = boxes.split(",")[index % boxes.split(",").length];
            const below = lines && index % 2 === 0 ? `\n   - Owner: ${owner}\n   - Status: ${status}\n` : "";
            return `${bullet} ${box} ${tail ? `${title} (ID: ${id})` : `**${id}**: ${title}`}${below.trimEnd()}`;
          })
          .join(loose ? "\n\n" : "\n"),
  );

const prose = fc.constantFrom("", "### ").map(
  (front) =>
    (tasks: readonly Task[]): string =>
      tasks
        .map(({ id, title, status, owner }, index) => {
          const remark = ["", " — 2025-10-16 — note (ops)", " — waiting"][index % 3];
          return `${front}Task ${index + 1} — ${title}\n\n- ID: ${id}\n- Owner (R/A): ${owner}\n- Steps:\n  1. One\n- Status: ${status}${remark}`;
        })
        .join("\n\n"),
);

const board = fc.constantFrom("-", "*").map(
  (bullet) =>
    (tasks: readonly Task[]): string =>
      ["To do", "Doing", "Done"]
        .map((title, column) => {
          const own = tasks.filter((_, index) => index % 4 === column);
          return `## ${title}\n\n${own.map((task) => `${bullet} [${column === 2 ? "x" : " "}] ${task.id} ${task.title}\n`).join("")}`;
        })
        .join("\n"),
);

const task = fc.record({ id: fc.constant(""), title: words, status: fc.constantFrom("To Do", "Done", "In Progress"), owner: words });

/** Markdown plans of one part or several, with words between; in a block or not; any line end, with or without a mark in front and an end. */
const plans = fc
  .record({
    parts: fc.array(fc.tuple(fc.oneof(table, checklist, prose, board), fc.array(task, { minLength: 1, maxLength: 5 })), {
      minLength: 1,
      maxLength: 3,
    }),
    block: fc.boolean(),
    newline: fc.constantFrom("\n", "\r\n", "\r"),
    mark: fc.constantFrom("", "\uFEFF"),
    end: fc.constantFrom("", "\n", "\n\n"),
  })
  .map(({ parts, block, newline, mark, end }) => {
    const texts = parts.map(
      ([part, tasks], index) =>
        `# Part ${index}\n\nWords ${index}.\n\n${part(tasks.map((one, place) => ({ ...one, id: `A-${index * 10 + place + 1}` })))}`,
    );
    const inner = texts.join("\n\n");
    const whole = block ? `# Plan\n\n<!-- PLAN:BEGIN -->\n${inner}\n<!-- PLAN:END -->\n\nLast words.${end}` : inner + end;
    return mark + whole.replaceAll("\n", newline);
  });

const date = fc.constantFrom("2025-10-20", "2026-01-02");
const values: fc.Arbitrary<NewValues> = fc.record(
  { status: fc.constantFrom(...statuses), completed: fc.option(date), owner: fc.option(value), notes: fc.option(value) },
  { requiredKeys: [] },
);
const added = fc.record(
  {
    title: words,
    status: fc.constantFrom(...statuses),
    owner: words,
    priority: fc.integer({ min: 0, max: 4 }),
    hours: fc.integer({ min: 1, max: 9 }),
    due: date,
    notes: words,
  },
  { requiredKeys: ["title"] },
);
const wishes = fc.array(
  fc.tuple(
    fc.nat(),
    fc.oneof(
      { arbitrary: values, weight: 4 },
      fc.constant("remove" as const),
      added.map((one) => ({ add: one })),
    ),
  ),
  {
    maxLength: 5,
  },
);
type Wishes = typeof wishes extends fc.Arbitrary<infer T> ? T : never;

/** Changes for the tasks a plan has, at most one for each. */
function changesFor(plan: Plan, wanted: Wishes): readonly Change[] {
  const taken = new Set<string>();
  return wanted.flatMap(([n, wish], index): readonly Change[] => {
    const one = plan.tasks[n % plan.tasks.length];
    if (one === undefined) return [];
    if (wish !== "remove" && "add" in wish) {
      const fresh: NewTask = { id: `A-${900 + index}`, ...wish.add };
      return [{ kind: "add", scope: plan.scope, task: fresh, after: n % 3 === 0 ? null : one.token }];
    }
    if (taken.has(rowKey(one))) return [];
    taken.add(rowKey(one));
    return [
      wish === "remove"
        ? { kind: "remove", scope: one.scope, token: one.token }
        : { kind: "set", scope: one.scope, token: one.token, to: wish },
    ];
  });
}

const oneLine = (text: string | null | undefined): string | null => (typeof text === "string" ? text.trim().replace(/\s+/g, " ") : null);

/** What a plan must say once the changes are written, but for what was told to be unwritten. */
function expectChanged(before: Plan, after: Plan, changes: readonly Change[], unwritten: readonly Unwritten[]): void {
  const left = (change: Change, field: string): boolean =>
    unwritten.some((one) => one.change === change && (one.field === null || one.field === field));
  const now = new Map(after.tasks.map((one) => [one.token, one]));
  const removed = new Set(changes.flatMap((change) => (change.kind === "remove" && !left(change, "") ? [change.token] : [])));
  const fresh = changes.flatMap((change) => (change.kind === "add" && !left(change, "") ? [change] : []));
  expect(after.tasks.map(({ token }) => token).sort()).toEqual(
    [
      ...before.tasks.map(({ token }) => token).filter((token) => !removed.has(token)),
      ...fresh.map(({ task: { id } }) => normalise(id)),
    ].sort(),
  );
  for (const change of fresh) {
    const said = now.get(normalise(change.task.id));
    for (const [field, wanted] of Object.entries(change.task)) if (!left(change, field)) expect(said).toMatchObject({ [field]: wanted });
  }
  for (const old of before.tasks.filter(({ token }) => !removed.has(token))) {
    const change = changes.find((one) => one.kind === "set" && one.token === old.token);
    const to: NewValues = change?.kind === "set" ? change.to : {};
    const wanted: Partial<Record<keyof PlannedTask, unknown>> = {};
    for (const field of ["owner", "notes", "completed"] as const)
      if (change !== undefined && to[field] !== undefined && !left(change, field)) wanted[field] = oneLine(to[field]);
    const stated = change !== undefined && to.status !== undefined && !left(change, "status") && to.status !== old.status;
    if (stated) wanted.status = to.status;
    const { line: _l, writtenStatus: _w, recurring: _r, ...rest } = { ...old, ...wanted };
    const dependencies = old.dependencies.filter((token) => !removed.has(token));
    const { completed, ...others } = { ...rest, dependencies };
    expect(now.get(old.token)).toMatchObject(others);
    // A date behind the status is one of completion only while that says so.
    if (!stated || wanted.completed !== undefined) expect(now.get(old.token)?.completed).toBe(completed);
  }
}

const wordsOf = (text: string): readonly string[] => text.split(/[\r\n]+/).filter((line) => /^(?:# |Words |Last |<!--)/.test(line));

test("without changes every plan is the same to the byte", () => {
  fc.assert(
    fc.property(plans, (text) => {
      expect(editPlan({ path, text, named: true }, [])).toMatchObject({ text, unwritten: [] });
    }),
  );
});

test("an edited plan reads as the plan with the changes, but for what is told, and its words stay", () => {
  fc.assert(
    fc.property(plans, wishes, (text, wanted) => {
      const before = read(text);
      if (before === null) return;
      const changes = changesFor(before, wanted);
      const { text: edited, unwritten } = editPlan({ path, text, named: true }, changes);
      const after = read(edited);

      if (after === null) throw new Error("it is no plan any more");
      expectChanged(before, after, changes, unwritten);
      expect(wordsOf(edited)).toEqual(wordsOf(text));
      if (text.includes("\r\n")) expect(edited.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    }),
  );
});

test("what is written once is not written again", () => {
  fc.assert(
    fc.property(plans, wishes, (text, wanted) => {
      const before = read(text);
      const sets = before === null ? [] : changesFor(before, wanted).filter(({ kind }) => kind === "set");
      const once = editPlan({ path, text, named: true }, sets);
      const written = sets.filter((change) => !once.unwritten.some((one) => one.change === change));

      expect(editPlan({ path, text: once.text, named: true }, written)).toMatchObject({ text: once.text, unwritten: [] });
    }),
    { numRuns: 60 },
  );
});

const folder = join(import.meta.dirname, "../../../../../shared/fixtures");
const fixtures = !existsSync(folder)
  ? []
  : readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".md") && !/(?:^|\/)README\.md$/.test(name));

describe.skipIf(fixtures.length === 0)("every real Markdown file (skipped where the folder of real files is absent)", () => {
  test.each(fixtures)("%s keeps its bytes and takes changes", (name) => {
    const text = readFileSync(join(folder, name), "utf8");
    const plan = read(text);

    expect(editPlan({ path, text, named: true }, []).text).toBe(text);
    if (plan === null || plan.tasks.length === 0) return;
    fc.assert(
      fc.property(wishes, (wanted) => {
        const changes = changesFor(plan, wanted);
        const { text: edited, unwritten } = editPlan({ path, text, named: true }, changes);
        const after = read(edited);

        if (after === null) throw new Error("it is no plan any more");
        expectChanged(plan, after, changes, unwritten);
      }),
      { numRuns: 4 },
    );
  });
});

test("no text makes an edit fail", () => {
  const piece = fc.constantFrom(
    "| ID | Task | Status |\n",
    "|-|-|-|\n",
    "| A-1 | x | todo |\n",
    "- [ ] A-1 x\n",
    "Task 1 — x\n\n- ID: A-1\n- Status: Done — ",
    "## Done\n",
    "[done]",
    "\r",
    "<!-- PLAN:BEGIN -->\n",
    "```\n",
    "  ",
    "\n",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ unit: "binary", maxLength: 8 })), { maxLength: 25 }), wishes, (pieces, wanted) => {
      const text = pieces.join("");
      const plan = read(text);
      const changes = plan === null ? [] : changesFor(plan, wanted);
      const { text: edited, unwritten } = editPlan({ path, text, named: true }, changes);

      if (changes.every((change) => unwritten.some((one) => one.change === change && one.field === null))) expect(edited).toBe(text);
    }),
  );
});
