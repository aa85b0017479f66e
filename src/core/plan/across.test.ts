import { expect, test } from "vitest";
import type { Configuration, Plan } from "../words.ts";
import { checkAcross } from "./across.ts";
import { comparePlans } from "./compare.ts";
import { defaultConfiguration, readConfiguration } from "./configuration.ts";
import { readPlan } from "./read-plan.ts";
import { rolesOf } from "./roles.ts";

function csv(path: string, ...rows: readonly string[]): Plan {
  return planOf(path, `id,task,status,owner,depends_on\n${rows.join("\n")}\n`);
}

function block(path: string, ...rows: readonly string[]): Plan {
  return planOf(
    path,
    `<!-- PLAN:BEGIN -->\n| ID | Title | Status |\n|--|--|--|\n${rows.map((row) => `| ${row} |`).join("\n")}\n<!-- PLAN:END -->\n`,
  );
}

function planOf(path: string, text: string): Plan {
  const { plan, because } = readPlan({ path, text, named: true });
  if (plan === null) throw new Error(because);
  return plan;
}

function configured(yaml: string): Configuration {
  const { configuration, problems } = readConfiguration(yaml, ".github/plankeeper.yml");
  if (configuration === null) throw new Error(problems[0]?.message);
  return configuration;
}

const source = csv("docs/plan.csv", "A-1,One,todo,ann,", "A-2,Two,done,ann,A-1", "A-3,Three,todo,ann,");

test("a block that holds tasks of the plan beside it is a snapshot of that plan", () => {
  const table = block("docs/PLAN.md", "A-1 | One | todo", "A-2 | Two | done", "B-9 | Nine | todo");

  expect(rolesOf([source, table], defaultConfiguration)).toEqual(
    new Map([
      ["docs/plan.csv", { role: "plan" }],
      ["docs/PLAN.md", { role: "snapshot", of: "docs/plan.csv" }],
    ]),
  );
});

test.each([
  ["holds less than half of its tasks", block("docs/PLAN.md", "A-1 | One | todo", "B-1 | X | todo", "B-2 | Y | todo")],
  ["stands in another folder", block("PLAN.md", "A-1 | One | todo")],
])("a block is a plan itself where the plan %s", (_, table) => {
  expect(rolesOf([source, table], defaultConfiguration).get(table.path)).toEqual({ role: "plan" });
});

test("of two plans beside a block the one that holds more of it is shown", () => {
  const old = csv("docs/a-old-plan.csv", "A-1,One,todo,ann,");
  const table = block("docs/PLAN.md", "A-1 | One | todo", "A-2 | Two | done");

  expect(rolesOf([old, source, table], defaultConfiguration).get("docs/PLAN.md")).toEqual({ role: "snapshot", of: "docs/plan.csv" });
});

test("the configuration says whose snapshot a block is, wherever it stands", () => {
  const table = block("PLAN.md", "B-1 | X | todo");
  const settings = configured("plans: [{path: docs/*.csv, snapshot: PLAN.md}]");

  expect(rolesOf([source, table], settings).get("PLAN.md")).toEqual({ role: "snapshot", of: "docs/plan.csv" });
});

test("a snapshot that lost touch is told of once, with the ids and statuses that differ", () => {
  const table = block("docs/PLAN.md", "A-1 | One | done", "A-2 | Two | done", "B-9 | Nine | todo");

  expect(checkAcross([source, table], defaultConfiguration)).toEqual([
    {
      code: "snapshot-drift",
      severity: "warning",
      path: "docs/PLAN.md",
      line: 4,
      column: 1,
      message:
        "this table differs from docs/plan.csv: 1 only in docs/plan.csv (A-3); 1 only in this table (B-9); 1 with another status (A-1 completed here, todo there)",
    },
  ]);
});

test("one id for two different tasks is told of, one title written twice is not", () => {
  const other = csv("web/plan.csv", "A-1,Paint it,todo,bob,", "a-002,two!,todo,bob,");

  expect(checkAcross([source, other], defaultConfiguration)).toMatchObject([
    { code: "id-reused", path: "web/plan.csv", line: 2, message: "A-1 is “Paint it” here and “One” in docs/plan.csv:2" },
  ]);
});

test("a retired id is told of in the plan that retired it", () => {
  const other = csv("web/plan.csv", "A-3,Three,todo,bob,");
  const settings = configured("plans: [{path: docs/plan.csv, retired: [a-003]}]");

  expect(checkAcross([source, other], settings)).toMatchObject([
    { code: "retired-id-reused", severity: "error", path: "docs/plan.csv", line: 4 },
  ]);
});

test("a first version states all its rows", () => {
  const { added, removed, restated, changed } = comparePlans(null, source);

  expect([added.length, removed.length, restated.length, changed.length]).toEqual([3, 0, 3, 0]);
  expect(restated.every(({ before }) => before === null)).toBe(true);
});

test("a later version states the rows whose status differs and those that are new", () => {
  const after = csv("docs/plan.csv", "A-001,One,In Progress,ann,", "A-3,Three,to do,bob,A-1", "A-4,Four,blocked,,");
  const change = comparePlans(source, after);

  expect(change.added.map(({ id }) => id)).toEqual(["A-4"]);
  expect(change.removed.map(({ id }) => id)).toEqual(["A-2"]);
  expect(change.restated.map(({ before, after: now }) => [now.id, before?.status ?? null, now.status])).toEqual([
    ["A-001", "todo", "in-progress"],
    ["A-4", null, "blocked"],
  ]);
  expect(change.changed.map(({ after: now }) => now.id)).toEqual(["A-001", "A-3"]);
});

test("moving rows and spelling the same status otherwise changes nothing", () => {
  const after = csv("docs/plan.csv", "A-3,Three,planned,ann,", "A-1,One,open,ann,", "A-2,Two,merged,ann,A-1");

  expect(comparePlans(source, after)).toEqual({ added: [], removed: [], restated: [], changed: [] });
});

test("two plan files whose names differ only by case are told, once, whatever they hold", () => {
  const problems = checkAcross(
    [source, csv("docs/Plan.csv", "A-1,One,todo,ann,"), csv("plan.csv", "A-1,One,todo,ann,")],
    defaultConfiguration,
  );

  expect(problems).toMatchObject([
    { code: "case-collision", path: "docs/Plan.csv", line: 1, message: expect.stringContaining("docs/plan.csv") },
  ]);
});
