import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dates, words, writtenPlans } from "../../../../test/written-yaml.ts";
import { yamlSamples } from "../../../../test/yaml-samples.ts";
import { type Plan, type PlannedTask, statuses } from "../../words.ts";
import type { Change, NewValues, Unwritten } from "../change.ts";
import { editPlan } from "../edit.ts";
import { readPlan } from "../read-plan.ts";
import { normalise } from "../token.ts";

const path = "plans/tasks.yaml";

const newValues: fc.Arbitrary<NewValues> = fc.record(
  { status: fc.constantFrom(...statuses), completed: fc.option(dates), owner: fc.option(words), notes: fc.option(words) },
  { requiredKeys: [] },
);

/** Changes of a plan that holds `count` tasks, each task's at most once. */
const changesOf = (count: number): fc.Arbitrary<readonly Change[]> => {
  const token = fc.integer({ min: 1, max: count }).map((number) => `T-${number}`);
  const change: fc.Arbitrary<Change> = fc.oneof(
    { weight: 4, arbitrary: fc.record({ kind: fc.constant("set" as const), scope: fc.constant(path), token, to: newValues }) },
    { weight: 1, arbitrary: fc.record({ kind: fc.constant("remove" as const), scope: fc.constant(path), token }) },
    {
      weight: 2,
      arbitrary: fc.record({
        kind: fc.constant("add" as const),
        scope: fc.constant(path),
        task: fc.record(
          {
            id: fc.integer({ min: 100, max: 999 }).map((number) => `N-${number}`),
            title: words,
            status: fc.constantFrom(...statuses),
            owner: fc.option(words),
            priority: fc.option(fc.integer({ min: 0, max: 4 })),
            hours: fc.option(fc.constantFrom(1, 2.5)),
            due: fc.option(dates),
            notes: fc.option(words),
          },
          { requiredKeys: ["id", "title"] },
        ),
        after: fc.option(token),
      }),
    },
  );
  return fc.uniqueArray(change, { maxLength: 4, selector: (one) => (one.kind === "add" ? one.task.id : one.token) });
};

/** The plan with the changes applied, as far as they were written; tasks by token. */
function applied(plan: Plan, changes: readonly Change[], unwritten: readonly Unwritten[]): ReadonlyMap<string, object> {
  const tasks = new Map(plan.tasks.map((task) => [task.token, compared(task)]));
  for (const change of changes) {
    const lost = unwritten.filter((one) => one.change === change).map(({ field }) => field);
    if (lost.includes(null)) continue;
    if (change.kind === "remove") tasks.delete(change.token);
    if (change.kind === "add") tasks.set(normalise(change.task.id), { ...change.task, added: true });
    if (change.kind === "set") {
      const to = Object.fromEntries(
        Object.entries(change.to).filter(([field, value]) => value !== undefined && !lost.some((one) => one === field)),
      );
      const old = tasks.get(change.token) ?? {};
      const recurring = "status" in old && "status" in to && old.status !== to.status ? { recurring: false } : {};
      tasks.set(change.token, { ...old, ...to, ...recurring });
    }
  }
  return new Map(
    [...tasks].map(([token, task]) => [
      token,
      "dependencies" in task && Array.isArray(task.dependencies)
        ? { ...task, dependencies: task.dependencies.filter((one) => tasks.has(String(one))) }
        : task,
    ]),
  );
}

const compared = ({ line: _l, writtenStatus: _w, ...task }: PlannedTask): object => ({
  ...task,
  steps: task.steps.map(({ line: _s, ...step }) => step),
});

function agree(text: string, changes: readonly Change[]): { readonly written: number; readonly unwritten: readonly Unwritten[] } {
  const before = readPlan({ path, text, named: true }).plan;
  if (before === null) throw new Error("the sample is no plan");
  const { text: after, unwritten } = editPlan({ path, text, named: true }, changes);
  const plan = readPlan({ path, text: after, named: true }).plan;
  const expected = applied(before, changes, unwritten);
  const found = new Map((plan?.tasks ?? []).map((task) => [task.token, compared(task)]));
  expect([...found.keys()].sort()).toEqual([...expected.keys()].sort());
  for (const [token, task] of expected) {
    const { added, ...rest } = { added: false, ...task };
    if (added) expect(found.get(token)).toMatchObject(rest);
    else expect(found.get(token)).toEqual(rest);
  }
  return { written: changes.length - unwritten.length, unwritten };
}

describe("plans in any layout", () => {
  test("an edit without changes is the same to the byte", () => {
    fc.assert(
      fc.property(writtenPlans, ({ text }) => {
        expect(editPlan({ path, text, named: true }, []).text).toBe(text);
      }),
    );
  });

  test("the edited text reads as the plan with the changes, and with nothing else changed", () => {
    let wholes = 0;
    let all = 0;
    fc.assert(
      fc.property(
        writtenPlans.chain(({ text, count }) => fc.tuple(fc.constant(text), changesOf(count))),
        ([text, changes]) => {
          const { unwritten } = agree(text, changes);
          all += changes.length;
          wholes += unwritten.filter(({ field }) => field === null).length;
        },
      ),
      { numRuns: 300 },
    );
    // Refusing everything would hold to the letter too.
    expect(wholes).toBeLessThan(all / 10);
  });
});

describe("samples", () => {
  const real = Object.entries(yamlSamples).filter(([name]) => name !== "syntax.yaml");

  test.each(real)("%s: any changes of its tasks read back as asked", (_, text) => {
    const tokens = readPlan({ path, text, named: true }).plan?.tasks.map((task) => task.token) ?? [];
    const changes: fc.Arbitrary<readonly Change[]> = fc.uniqueArray(
      fc.oneof(
        {
          weight: 4,
          arbitrary: fc.record({
            kind: fc.constant("set" as const),
            scope: fc.constant(path),
            token: fc.constantFrom(...tokens),
            to: newValues,
          }),
        },
        {
          weight: 1,
          arbitrary: fc.record({ kind: fc.constant("remove" as const), scope: fc.constant(path), token: fc.constantFrom(...tokens) }),
        },
      ),
      { maxLength: 3, selector: ({ token }) => token },
    );
    fc.assert(
      fc.property(changes, (some) => {
        const before = readPlan({ path, text, named: true }).plan;
        const { text: after, unwritten } = editPlan({ path, text, named: true }, some);
        const plan = readPlan({ path, text: after, named: true }).plan;
        const touched = new Set(some.map(({ kind, ...one }) => (kind === "add" ? "" : "token" in one ? one.token : "")));
        const wholes = new Set(unwritten.filter(({ field }) => field === null).map(({ change }) => change));
        for (const change of some) {
          if (wholes.has(change) || change.kind === "add") continue;
          const task = plan?.tasks.find(({ token }) => token === change.token);
          if (change.kind === "remove") expect(task).toBeUndefined();
          else
            for (const [field, value] of Object.entries(change.to))
              if (!unwritten.some((one) => one.change === change && one.field === field)) expect(task).toMatchObject({ [field]: value });
        }
        // Parents without a status of their own follow their parts.
        const others = (of: Plan | null): readonly object[] =>
          (of?.tasks ?? [])
            .filter(({ token }) => !touched.has(token))
            .map((task) => ({ ...compared(task), status: task.writtenStatus, dependencies: [] }));
        if (some.every((change) => !wholes.has(change))) expect(others(plan)).toEqual(others(before));
      }),
    );
  });
});
