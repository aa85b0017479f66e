import fc from "fast-check";
import { expect, test } from "vitest";
import type { Change, NewTask } from "../change.ts";
import { editPlan } from "../edit.ts";
import { readPlan } from "../read-plan.ts";

const samples: readonly string[] = [
  JSON.stringify({
    master: {
      tasks: [
        {
          id: 1,
          title: "One",
          status: "done",
          dependencies: [],
          priority: "high",
          subtasks: [{ id: 1, title: "Part", status: "done", dependencies: ["1.2"] }],
        },
        { id: "2", title: "Two", status: "pending", dependencies: [1, "1.1", 16], subtasks: [] },
      ],
      metadata: { created: "2026-01-01" },
    },
  }),
  '{"tasks": [{"id": 1e400, "title": "\\ud800\\u0000", "status": "done", "subtasks": [], "id": 3}, {"__proto__": {"id": 2}, "title": "x"}]}',
  JSON.stringify(
    {
      userStories: [
        { id: "US-001", title: "One", passes: true, notes: "", acceptanceCriteria: ["A"] },
        { id: "US-002", title: "Two", status: "done", passes: false },
      ],
    },
    null,
    2,
  ),
  JSON.stringify({ phases: [{ name: "P", tasks: [{ id: "1", title: "One", status: "pending" }] }] }),
  '{"id":"bd-1","title":"One","status":"open","issue_type":"task","dependencies":[{"issue_id":"bd-1","depends_on_id":"bd-2","type":"blocks"}]}\n{"id":"bd-2","title":"Two","status":"closed","issue_type":"task","closed_at":"2026-01-01T00:00:00Z","updated_at":"2026-01-01T00:00:00Z"}\n',
];
const pieces = [
  "{",
  "}",
  "[",
  "]",
  ",",
  ":",
  '"',
  "\\",
  "\n",
  "\r",
  "\t",
  "null",
  "true",
  '"id"',
  '"tasks"',
  '"status": 5',
  "1e999",
  "-",
  "\\u0000",
  "\ud800",
  "\uFEFF",
  "[".repeat(150),
  '{"a":'.repeat(150),
  "\u2028",
  "//",
];

/** A sample with pieces of it taken out, doubled, or put in place of others. */
const mutated = fc
  .tuple(
    fc.constantFrom(...samples),
    fc.array(
      fc.tuple(fc.nat(), fc.nat({ max: 12 }), fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: "binary", maxLength: 5 }), fc.nat())),
      { maxLength: 6 },
    ),
  )
  .map(([sample, cuts]) =>
    cuts.reduce((text, [at, length, piece]) => {
      const from = at % (text.length + 1);
      const put = typeof piece === "number" ? text.slice(from, from + (piece % 80)).repeat(2) : piece;
      return text.slice(0, from) + put + text.slice(from + length);
    }, sample),
  );

test("whatever a file says, it is read and edited without an error, and stays the same where nothing is asked", () => {
  const path = "tasks.json";
  const scope = fc.constantFrom(path, `${path}#master`, "other");
  const token = fc.constantFrom("1", "2", "1.1", "US-1", "BD-1", "BD-2", "9");
  const task: fc.Arbitrary<NewTask> = fc.record(
    { id: fc.constantFrom("5", "1.5", "5.5", " ", "US-9", "bd-9"), title: fc.string({ unit: "binary" }), notes: fc.string() },
    { requiredKeys: ["id", "title"] },
  );
  const change: fc.Arbitrary<Change> = fc.oneof(
    fc.record({
      kind: fc.constant("set" as const),
      scope,
      token,
      to: fc.record({
        status: fc.constantFrom("todo" as const, "completed" as const),
        owner: fc.string({ unit: "binary" }),
        notes: fc.constant(null),
      }),
    }),
    fc.record({ kind: fc.constant("add" as const), scope, task, after: fc.option(token) }),
    fc.record({ kind: fc.constant("remove" as const), scope, token }),
  );
  const changes = fc.uniqueArray(change, { maxLength: 5, selector: (one) => (one.kind === "add" ? one.task.id : one.token) });

  fc.assert(
    fc.property(fc.oneof(mutated, fc.string({ unit: "binary" }), fc.json()), fc.boolean(), changes, (text, named, some) => {
      const file = { path, text, named };
      const { plan, problems } = readPlan(file);
      for (const { line, column } of problems) expect(line > 0 && column > 0).toBe(true);
      expect(editPlan(file, []).text).toBe(text);
      const edited = editPlan(file, some);
      const after = readPlan({ ...file, text: edited.text }).plan;
      // A file that is half nonsense may be no plan any more once a task of it is gone.
      if (plan !== null && ["task-master", "prd-json", "beads"].includes(plan.format) && some.every(({ kind }) => kind !== "remove"))
        expect(after?.format).toBe(plan.format);
    }),
    { numRuns: 300 },
  );
});
