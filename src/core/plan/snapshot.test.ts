import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Plan } from "../words.ts";
import { readPlan } from "./read-plan.ts";
import { regenerateSnapshot, snapshotTable } from "./snapshot.ts";

function planOf(path: string, text: string): Plan {
  const { plan, because } = readPlan({ path, text, named: true });
  if (plan === null) throw new Error(because);
  return plan;
}

const csv = (...rows: readonly string[]): Plan =>
  planOf("plan.csv", `id,title,status,owner,priority,dependencies,artifacts\n${rows.map((row) => `${row}\n`).join("")}`);

/** What the block shows once it shows the plan. */
function block(before: string, plan: Plan): string {
  const { text } = regenerateSnapshot(`# P\n\n<!-- PLAN:BEGIN -->\n${before}<!-- PLAN:END -->\n`, plan);
  expect(regenerateSnapshot(text, plan)).toEqual({ text, drift: null, untouched: null });
  return text.slice(text.indexOf("BEGIN -->\n") + 10, text.indexOf("<!-- PLAN:END"));
}

test("the table keeps its columns, their order and its words, and shows the rows of the plan in their order", () => {
  const plan = csv("A-3,Three,todo,bob,P1,A-1,", "A-1,One,done,ann,P0,,", "A-4,Four | five,busy,,P2,A-1;A-3,");
  const before =
    "\n| Status | Id | Title | Check | Needs |\n|:--|--:|---|---|---|\n| Done | `A-1` | **One** | by eye |  |\n| todo | `A-2` | Two | never |  |\n";

  expect(block(before, plan)).toBe(
    "\n| Status | Id | Title | Check | Needs |\n|:--|--:|---|---|---|\n| todo | `A-3` | Three |  |  |\n| Done | `A-1` | **One** | by eye |  |\n| busy | `A-4` | Four \\| five |  |  |\n",
  );
});

test("a padded table stays aligned, and grows where it must", () => {
  const plan = csv("A-1,One,in-progress,ann,,,", "A-2,Zwei 🚀,todo,bob,,,");
  const before = "| ID  | Title | Status | Owner |\n| --- | ----- | -----: | :---: |\n| A-1 | One   |   todo |  ann  |\n";

  expect(block(before, plan)).toBe(
    [
      "| ID  | Title   |      Status | Owner |",
      "| --- | ------- | ----------: | :---: |",
      "| A-1 | One     | in-progress |  ann  |",
      "| A-2 | Zwei 🚀 |        todo |  bob  |",
      "",
    ].join("\n"),
  );
});

test("columns the plan says nothing of keep what people wrote; those it has under its own names are shown", () => {
  const plan = csv("A-1,One,todo,,,,docs/one.md", "A-2,Two,todo,,,,");
  const before = "|ID|Title|Status|Owner|Artifacts|\n|-|-|-|-|-|\n|A-2|Two|todo|bob|old.md|\n";

  expect(block(before, plan)).toBe("|ID|Title|Status|Owner|Artifacts|\n|-|-|-|-|-|\n|A-1|One|todo||docs/one.md|\n|A-2|Two|todo|bob||\n");
});

test("a row that says what the plan says in other words is left as it is written", () => {
  const plan = csv("A-001,One,in_progress,ann,high,A-2;A-3,", "A-2,Two,done,ann,low,,", "A-3,Three,done,ann,low,,");
  const before =
    "| ID | Title | Status | Owner | Priority | Depends on |\n|--|--|--|--|--|--|\n|a-1|  One | 🚧 In Progress — since Monday |ann| P1 |A-3 and A-2|\n| A-2 | Two | ✅ Done | ann | P3 | — |\n| A-3 | Three | ✅ Done | ann | P3 | — |\n";

  expect(block(before, plan)).toBe(before);
});

test("an empty block gets a table of what the plan tells", () => {
  expect(block("\n\n", csv("A-1,One,todo,ann,,,", "A-2,Two,done,bob,,A-1,"))).toBe(
    "\n| ID | Title | Status | Owner | Depends on |\n| --- | --- | --- | --- | --- |\n| A-1 | One | todo | ann |  |\n| A-2 | Two | done | bob | A-1 |\n\n",
  );
  expect(snapshotTable(planOf("tasks.json.md", "- [x] A-1 One\n- [ ] A-2 Two\n"))).toBe(
    "| ID | Title | Status |\n| --- | --- | --- |\n| A-1 | One | completed |\n| A-2 | Two | todo |\n",
  );
});

test("drift is told by id and by status", () => {
  const plan = csv("A-1,One,done,,,,", "A-2,Two,todo,,,,");
  const text = "<!-- PLAN:BEGIN -->\n| ID | Title | Status |\n|-|-|-|\n| A-1 | One | todo |\n| A-9 | Nine | todo |\n<!-- PLAN:END -->\n";

  expect(regenerateSnapshot(text, plan).drift).toMatchObject({
    missing: [{ id: "A-2" }],
    extra: [{ id: "A-9" }],
    restated: [{ shown: { id: "A-1", status: "todo" }, planned: { status: "completed" } }],
  });
});

test.each([
  ["no block", "| ID | Title |\n|-|-|\n", "there is no PLAN:BEGIN"],
  ["a block without an end", "<!-- PLAN:BEGIN -->\n| ID | Title |\n|-|-|\n", "PLAN:END is missing"],
  ["a block of something else", "<!-- PLAN:BEGIN -->\n- [ ] A-1 One\n<!-- PLAN:END -->\n", "no table of tasks"],
  ["an example in code", "```md\n<!-- PLAN:BEGIN -->\n<!-- PLAN:END -->\n```\n", "there is no PLAN:BEGIN"],
])("%s is left as it is, and told", (_, text, because) => {
  expect(regenerateSnapshot(text, csv("A-1,One,done,,,,"))).toMatchObject({ text, untouched: expect.stringContaining(because) });
});

test("words right below the table stay there", () => {
  expect(block("| ID | Title | Status |\n|-|-|-|\n| A-1 | One | todo |\nSee above.\n", csv("A-1,One,done,,,,", "A-2,Two,todo,,,,"))).toBe(
    "| ID | Title | Status |\n|-|-|-|\n| A-1 | One | done |\n| A-2 | Two | todo |\nSee above.\n",
  );
});

describe("the line of status counts", () => {
  const plan = csv("A-1,One,done,,,,", "A-2,Two,busy,,,,", "A-3,Three,blocked,,,,", "A-4,Four,todo,,,,", "A-5,Five,todo,,,,");
  const regenerated = (line: string): string =>
    regenerateSnapshot(`${line}\n\n<!-- PLAN:BEGIN -->\n<!-- PLAN:END -->\n`, plan).text.split("\n\n<!--")[0] ?? "";

  test.each([
    ["Total tasks: 70 · todo 64 · busy 4 · done 2", "Total tasks: 5 · todo 2 · busy 1 · done 1 · blocked 1"],
    [
      "- Total tasks: 70\n- Status counts: todo: 64, busy: 4, done: 2",
      "- Total tasks: 5\n- Status counts: todo: 2, busy: 1, done: 1, blocked: 1",
    ],
    ["> **Total Tasks**: **9** | Done 1 | To Do 2 | Blocked 0", "> **Total Tasks**: **5** | Done 1 | To Do 2 | Blocked 1 | Busy 1"],
    ["Total tasks: 3 (1 done, 2 todo)", "Total tasks: 5 (1 done, 2 todo, 1 busy, 1 blocked)"],
    [
      "* Status counts: ✅ Done: **7**; 🕐 Todo: **1**; 🚧 Busy: 0; ⛔ Blocked: 0.",
      "* Status counts: ✅ Done: **1**; 🕐 Todo: **2**; 🚧 Busy: 1; ⛔ Blocked: 1.",
    ],
    ["Total tasks: 9 tasks", "Total tasks: 5 tasks"],
  ])("%s", (line, expected) => {
    expect(regenerated(line)).toBe(expected);
    expect(regenerated(expected)).toBe(expected);
  });

  test.each([
    "Total tasks: about 70",
    "Estimated hours: 118 completed, 240 remaining",
    "Status counts: apples 3, todo 2",
    "Total tasks: 3\nTotal tasks: 4",
    "```\nTotal tasks: 3\n```",
    "The total tasks: 3",
  ])("%s stays", (line) => {
    expect(regenerated(line)).toBe(line);
  });

  test("tasks count for the word they are spelt with, where two words mean one status", () => {
    const two = csv("A-1,One,in review,,,,", "A-2,Two,busy,,,,", "A-3,Three,wip,,,,");

    expect(regenerateSnapshot("Status counts: busy 0, in review 0\n\n<!-- PLAN:BEGIN -->\n<!-- PLAN:END -->\n", two).text).toContain(
      "Status counts: busy 2, in review 1\n",
    );
  });
});

const word = fc.stringMatching(/^[A-Za-z*_`|<&\\][A-Za-z é🚀*_`|<>&\\[\]-]{0,12}$/u);
const row = fc.record({
  n: fc.integer({ min: 1, max: 30 }),
  title: word,
  status: fc.constantFrom("todo", "Done", "in_progress", "blocked", "deferred", "recurring", "In Review"),
  owner: fc.option(word, { nil: "" }),
  priority: fc.constantFrom("", "high", "P3"),
  hours: fc.constantFrom("", "4", "1.5"),
  waits: fc.constantFrom("", "T-1", "T-2;T-3"),
});
const quoted = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const plans = fc.uniqueArray(row, { selector: ({ n }) => n, minLength: 1, maxLength: 12 }).map((rows) => {
  const lines = rows.map((r) => [`T-${r.n}`, r.title, r.status, r.owner, r.priority, r.hours, r.waits].map(quoted).join(","));
  return planOf("docs/plan.csv", `id,title,status,owner,priority,hours,depends_on\n${lines.join("\n")}\n`);
});
const columns = fc
  .shuffledSubarray(["Owner", "Priority", "Estimate", "Depends on", "Notes", "Checked by"])
  .chain((rest) => fc.shuffledSubarray(["ID", "Title", "Status", ...rest], { minLength: rest.length + 3 }));

/** A Markdown file with a block that shows some plan, its table padded or not, between narrative; LF or CRLF, with or without a BOM. */
const files = fc
  .record({
    columns,
    old: fc.option(plans, { nil: null }),
    padded: fc.boolean(),
    newline: fc.constantFrom("\n", "\r\n"),
    mark: fc.constantFrom("", "\uFEFF"),
    fence: fc.constantFrom("", "```bash\nls\n\n"),
    above: fc.constantFrom(
      "# Plan\n\nWords | and bars.\n\n",
      "| ID | Task |\n|--|--|\n| T-9 | view |\n\n",
      "Total tasks: 4 · todo 3\n\n",
      "",
    ),
    below: fc.constantFrom("", "\nMore.\n", "\n- [ ] T-3 no task\n"),
  })
  .map(({ columns: heads, old, padded, newline, mark, fence, above, below }) => {
    const cells = (old?.tasks ?? []).map((task) =>
      heads.map(
        (head) =>
          ({
            ID: task.id,
            Title: "a title",
            Status: task.writtenStatus,
            Owner: task.owner?.replace(/[^A-Za-z ]/g, "") ?? "",
            "Checked by": "eve",
          })[head] ?? "",
      ),
    );
    const widths = heads.map((head, index) => (padded ? Math.max(head.length, ...cells.map((r) => r[index]?.length ?? 0)) : 0));
    const line = (texts: readonly string[]): string =>
      `|${texts.map((text, index) => ` ${text.padEnd(widths[index] ?? 0)} `).join("|")}|\n`;
    const dashes = heads.map((_, index) => "-".repeat(Math.max(3, widths[index] ?? 0)));
    const table = old === null ? "" : [heads, dashes, ...cells].map(line).join("");
    return `${mark}${above}${fence}<!-- PLAN:BEGIN -->\n${table}<!-- PLAN:END -->\n${below}`.replaceAll("\n", newline);
  });

/** A text without its block and its line of counts. */
const around = (text: string): readonly string[] =>
  text.split(/<!-- PLAN:BEGIN -->[\s\S]*(?=<!-- PLAN:END)/).map((part) => part.replace(/^\uFEFF?Total tasks:.*$/m, ""));

test("whatever the block showed, it shows the plan afterwards, once and for all, and nothing around it moves", () => {
  fc.assert(
    fc.property(files, plans, (text, plan) => {
      const { text: after, untouched } = regenerateSnapshot(text, plan);

      expect(untouched).toBeNull();
      expect(regenerateSnapshot(after, plan)).toEqual({ text: after, drift: null, untouched: null });
      expect(around(after)).toEqual(around(text));
      expect(after.includes("\r\n") ? after.replaceAll("\r\n", "").includes("\n") : false).toBe(false);
      const shown = planOf("docs/PLAN.md", after);
      expect(shown.tasks.map(({ id, status }) => `${id} ${status}`)).toEqual(plan.tasks.map(({ id, status }) => `${id} ${status}`));
    }),
  );
});

test("no text makes it fail", () => {
  const plan = csv("A-1,One,done,,,,");
  const piece = fc.constantFrom(
    "<!-- PLAN:BEGIN -->\n",
    "<!-- PLAN:END -->\n",
    "| ID | Title |\n",
    "|-|-|\n",
    "| A-1 | x |\n",
    "```\n",
    "Total tasks: 3 | todo ",
    "\r",
    "\n",
    "- ",
  );
  fc.assert(
    fc.property(fc.array(fc.oneof(piece, fc.string({ unit: "binary" })), { maxLength: 30 }), (pieces) => {
      const once = regenerateSnapshot(pieces.join(""), plan);

      if (once.untouched !== null) expect(once.text).toBe(pieces.join(""));
      else expect(regenerateSnapshot(once.text, plan).text).toBe(once.text);
    }),
  );
});

const folder = join(import.meta.dirname, "../../../../shared/fixtures");
const fixture = (name: string): string => readFileSync(join(folder, name), "utf8");

describe.skipIf(!existsSync(folder))("real snapshots (skipped where the folder of real files is absent)", () => {
  test.each([
    ["seed-001-master-plan-with-plan-block.md", "autorisen-plan-2025-10-24-three-rows.csv", null],
    ["autorisen/autorisen-master-plan-2025-10-24.md", "autorisen-plan-2025-10-24-three-rows.csv", null],
    ["autorisen/autorisen-master-plan-2026-02-02.md", "autorisen-plan-2026-02-02.csv", null],
    ["seed-001-master-plan-with-plan-block.md", "autorisen-plan-2025-09-27.csv", [67, 0, 1]],
    ["autorisen/autorisen-master-plan-2026-02-02.md", "autorisen-plan-2026-02-13-mixed-status-case.csv", [6, 32, 14]],
  ])("%s shows %s", (name, plan, differs) => {
    const text = fixture(name);
    const source = planOf("docs/project-plan.csv", fixture(`autorisen/${plan}`));
    const { text: after, drift } = regenerateSnapshot(text, source);
    const changed = after.split("\n").filter((line) => !text.split("\n").includes(line));

    expect(drift && [drift.missing.length, drift.extra.length, drift.restated.length]).toEqual(differs);
    if (differs === null) expect(changed.every((line) => /^- (?:Total tasks|Status counts): /.test(line))).toBe(true);
    expect(regenerateSnapshot(after, source)).toEqual({ text: after, drift: null, untouched: null });
    expect(planOf("docs/PLAN.md", after).tasks.map(({ id, status }) => `${id} ${status}`)).toEqual(
      source.tasks.map(({ id, status }) => `${id} ${status}`),
    );
  });

  test("seventy rows: the counts of the seed agree with its plan and stay to the byte", () => {
    const { text } = regenerateSnapshot(
      fixture("seed-001-master-plan-with-plan-block.md"),
      planOf("p.csv", fixture("autorisen/autorisen-plan-2025-09-27.csv")),
    );

    expect(text).toContain("\n- Total tasks: 70\n- Status counts: todo: 64, busy: 4, done: 2\n");
  });
});
