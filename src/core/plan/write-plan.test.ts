import fc from "fast-check";
import { expect, test } from "vitest";
import { matchesGolden } from "../../../test/golden.ts";
import type { Plan, PlannedTask } from "../words.ts";
import { readPlan } from "./read-plan.ts";
import { type StrictForm, strictForms, writePlan } from "./write-plan.ts";

const paths: Readonly<Record<StrictForm, string>> = { csv: "plan.csv", yaml: "plan.yaml", markdown: "plan.md" };

const found = (path: string, text: string): Plan => {
  const { plan, problems, because } = readPlan({ path, text, named: true });
  expect(problems.filter(({ severity }) => severity === "error")).toEqual([]);
  if (plan === null) throw new Error(because);
  return plan;
};
const again = (plan: Plan, form: StrictForm): Plan => found(paths[form], writePlan(plan, form));

const plan = found(
  "docs/plan.csv",
  `id,task,status,owner,priority,deps,estimate,due,done at,stage,milestone,notes,parent,artifacts,Sprint
A-001,"Write, and read",Done,ann,high,,1.5 d,2026-01-02,2026-01-01,build,M1,"two
lines",,src/a.ts;src/b.ts,S1
A-2,"Say ""yes""",recurring,,,A-1,,,,,,,A-001,,
A-3,=1+1 | # * _x_ <b>,on hold,@bob,P4,"a-1, A-2",3,,,,,'tis,,,'S2: #3'
`,
);

test.each(strictForms)("a plan as %s reads as the tasks that it was", (form) => {
  matchesGolden(`plans/strict/${paths[form]}`, writePlan(plan, form));
  expect(again(plan, form).tasks.map((task) => said(task, form))).toEqual(plan.tasks.map((task) => said(task, form)));
});

test("milestones, risks and the cadence go along where the form has a place for them", () => {
  const whole: Plan = {
    ...plan,
    milestones: [{ id: "M1", title: "Beta | public", owner: "ann", start: null, due: "2026-03-01", notes: null, line: 1 }],
    risks: [{ id: "R1", title: "Nobody comes", impact: "high", likelihood: "low", mitigation: "invite *all*", line: 1 }],
    cadence: [{ words: "Monday 10:00 UTC: plan review", line: 1 }],
  };
  for (const form of ["yaml", "markdown"] as const) {
    const { milestones, risks, cadence, tasks } = again(whole, form);
    expect({ milestones, risks, cadence }).toEqual({
      milestones: whole.milestones.map((one) => ({ ...one, line: expect.any(Number) })),
      risks: whole.risks.map((one) => ({ ...one, line: expect.any(Number) })),
      cadence: whole.cadence.map((one) => ({ ...one, line: expect.any(Number) })),
    });
    expect(tasks).toHaveLength(3);
  }
});

test("steps for a runner go along in YAML", () => {
  const step = {
    id: "s1",
    title: "Add it",
    tests: ["npm test"],
    edits: ["src/a.ts"],
    verify: ["npm run check"],
    commit: "feat: add it",
    line: 0,
  };
  const stepped: Plan = { ...plan, tasks: plan.tasks.map((task) => ({ ...task, steps: [step] })) };

  expect(again(stepped, "yaml").tasks.map(({ steps }) => steps)).toEqual(plan.tasks.map(() => [{ ...step, line: expect.any(Number) }]));
});

test("a column that is named like a field of ours stays what it was", () => {
  const odd = found("x.csv", "id,task,status,due,target,summary\nA-1,One,todo,,2026-01-02,short\n");

  expect(odd.tasks[0]).toMatchObject({ due: null, extra: { target: "2026-01-02", summary: "short" } });
  expect(again(odd, "csv").tasks[0]).toMatchObject({ due: null, extra: { target: "2026-01-02", summary: "short" } });
});

test("an empty plan stays one", () => {
  const empty: Plan = { ...plan, tasks: [] };

  expect(again(empty, "csv").tasks).toEqual([]);
  expect(again(empty, "yaml").tasks).toEqual([]);
});

// Addresses in Markdown are links, of which a table's cell keeps nothing.
const word = fc
  .oneof(
    fc.constantFrom(
      "ann",
      "Bob B.",
      "one, two",
      'say "so"',
      "a;b: c",
      "=1+1",
      "#x",
      "a | b",
      "`code`",
      "*x*",
      "<b>",
      "- [ ] x",
      "1. x",
      "yes",
      "~",
      "0x10",
      "&a *b",
      "é🚀",
      "'q'",
      "\\|",
      "[a](b)",
    ),
    fc.string({ maxLength: 10 }),
  )
  .map((text) => text.trim().replace(/\s+/g, " "))
  .filter(
    (text) => /\p{L}.*\p{L}.*\p{L}/u.test(text) && !/^(?:none|nil|tbd|n\/a)\.?$/i.test(text) && !/\(optional\)|@|www\.|:\/\//.test(text),
  );
const day = fc.option(fc.constantFrom("2026-01-02", "2027-12-31"));
const text = fc.option(word);

const tasks = fc
  .array(
    fc.record({
      title: word,
      state: fc.constantFrom(
        { status: "todo", recurring: false } as const,
        { status: "in-progress", recurring: true } as const,
        { status: "in-progress", recurring: false } as const,
        { status: "completed", recurring: false } as const,
        { status: "blocked", recurring: false } as const,
        { status: "deferred", recurring: false } as const,
      ),
      owner: text,
      priority: fc.option(fc.nat(4)),
      hours: fc.option(fc.constantFrom(1, 2.5, 40)),
      start: day,
      due: day,
      completed: day,
      phase: text,
      milestone: text,
      notes: text,
      below: fc.boolean(),
      waits: fc.boolean(),
      extra: fc.dictionary(fc.constantFrom("artifacts", "codex_hints", "Team lead", "risk level"), word),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((rows) =>
    rows.map(({ state, below, waits, ...row }, index): PlannedTask => {
      const id = `T-${String(index + 1).padStart(3, "0")}`;
      const before = index === 0 ? null : `T-${index}`;
      return {
        ...row,
        ...state,
        id,
        token: `T-${index + 1}`,
        scope: "p",
        parent: below ? before : null,
        writtenStatus: "",
        dependencies: waits && before !== null ? [before] : [],
        optional: false,
        steps: [],
        file: "p",
        line: 1,
      };
    }),
  );

test.each(strictForms)("any plan as %s reads as the tasks that it was", (form) => {
  fc.assert(
    fc.property(tasks, (all) => {
      expect(again({ ...plan, scope: "p", tasks: all }, form).tasks.map((task) => said(task, form))).toEqual(
        all.map((task) => said(task, form)),
      );
    }),
    { numRuns: 100 },
  );
});

/** What a form can say of a task. */
function said({ line: _l, file: _f, scope: _s, writtenStatus: _w, notes, extra, ...task }: PlannedTask, form: StrictForm): object {
  const oneLine = (words: string): string => (form === "markdown" ? words.replace(/\s+/g, " ") : words);
  return {
    ...task,
    notes: notes && oneLine(notes),
    extra: Object.fromEntries(Object.entries(extra).map(([name, words]) => [name, oneLine(words)])),
  };
}
