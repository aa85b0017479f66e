import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { configuration, problem, task } from "../../../test/board.ts";
import { completing, edit, pull, reference, row, view, withRows } from "../../../test/check-views.ts";
import { matchesGolden } from "../../../test/golden.ts";
import { offences, tablesOf } from "../../../test/markdown.ts";
import { anyText, nastyTexts } from "../../../test/nasty.ts";
import { samplePlan, sampleTask, web } from "../../../test/sample-plan.ts";
import { impactOf, noImpact } from "../schedule/impact.ts";
import { keyOf } from "../schedule/task-key.ts";
import { places, statuses } from "../words.ts";
import { renderCheck } from "./check-run.ts";
import type { CheckView } from "./views.ts";

const keptAs = (name: string, shown: CheckView): ReturnType<typeof renderCheck> => {
  const check = renderCheck(shown);
  const notes = check.annotations.map(({ path, line, level, title, message }) => `${path}:${line} ${level} — ${title}: ${message}`);
  matchesGolden(
    `render/check-${name}.md`,
    [
      `title: ${check.title}`,
      `conclusion: ${check.conclusion}`,
      "",
      check.summary,
      "",
      "─── text ───",
      "",
      check.text,
      "",
      "─── annotations ───",
      "",
      ...notes,
      "",
    ].join("\n"),
  );
  for (const text of [check.summary, check.text]) expect(offences(text, web)).toEqual([]);
  return check;
};

describe("the check on a pull request", () => {
  test("tells what merging completes, frees and moves", () => {
    const check = keptAs("typical", view({ pulls: [completing] }));

    expect(check.title).toBe("Completes 1 · starts 1 · unblocks 1 · Login works 70 % → 100 %");
    expect(check.conclusion).toBe("success");
  });

  test("is never silent: a pull request without a task says so", () => {
    const check = keptAs("nothing-named", view());

    expect(check.title).toBe("No task of the plan is named");
    expect(check.conclusion).toBe("neutral");
  });

  test("says that a merge into the wrong branch completes nothing", () => {
    const check = keptAs(
      "wrong-base",
      view({ pulls: [pull({ base: "develop", baseCompletes: false, rows: [row(sampleTask("AUTH-005"), "in-progress")] })] }),
    );

    expect(check.title).toBe("Names 1 task · merging into develop completes nothing");
  });

  test("names the nearest ids of one that is not in the plan", () => {
    const warnings = [
      { text: "AUTH-050", token: "AUTH-50", nearest: ["AUTH-005", "AUTH-001"], because: "no task has the id AUTH-050" },
      { text: "AUTH-013", token: "AUTH-13", nearest: [], because: "AUTH-013 is retired and names no task any more" },
    ];
    const check = keptAs("unknown-ids", view({ pulls: [pull({ warnings })] }));

    expect(check.title).toBe("No task of the plan is named · 2 unknown ids");
  });

  test("explains words that were read as a mention, and drafts, and strangers", () => {
    const negated = row(sampleTask("AUTH-005"), "in-progress", {
      place: "body",
      reference: reference("does not fix AUTH-005", { stance: "negated", because: "“not” stands before “fix”" }),
    });
    keptAs(
      "negated",
      view({ pulls: [withRows([negated], { draft: true, fork: true, stranger: true, truncated: { commits: 1000, files: 3000 } })] }),
    );
  });

  test("says which work a revert takes back, named or not, and what is built on it", () => {
    const task = sampleTask("AUTH-001");
    const reverts = {
      tasks: [
        { task, before: "completed", after: "in-progress", pulls: [3], shas: [] },
        { task: sampleTask("AUTH-002"), before: "completed", after: "todo", pulls: [], shas: ["9c1185a5c5e9fc54612808977ee8f548b2258d31"] },
      ],
      builtOn: [{ task: sampleTask("AUTH-005"), on: sampleTask("AUTH-002") }],
    } as const;
    const rows = [row(task, "in-progress", { reference: reference('Revert "AUTH-001', { verb: "revert" }) })];
    const after = new Map(reverts.tasks.map((one) => [keyOf(one.task), one.after]));
    const impact = impactOf({ before: [samplePlan], after, configuration: configuration() });
    const check = keptAs("reverts", view({ pulls: [pull({ title: 'Revert "AUTH-001: model"', rows, impact, reverts })] }));

    expect(check.title).toMatch(/^Takes back 2 · /);
    expect(check.essence).not.toBe(renderCheck(view({ pulls: [pull({ title: 'Revert "AUTH-001: model"', rows, impact })] })).essence);
  });

  test("says what an edit of the plan means and marks its problems", () => {
    const planEdits = [
      edit({
        added: ["AUTH-014", "AUTH-015"],
        removed: ["AIGW-009"],
        restated: [{ id: "AUTH-005", before: "in-progress", after: "completed" }],
        changed: [
          {
            id: "FE-004",
            fields: [
              { field: "hours", before: 4, after: 8 },
              { field: "milestone", before: "Alpha", after: "Beta" },
              { field: "dependencies", added: ["AUTH-014"], removed: ["AUTH-005", "AUTH-004"] },
            ],
          },
          {
            id: "ORG-007",
            fields: [
              { field: "owner", before: null, after: "backend" },
              { field: "due", before: "2026-03-01", after: "2026-03-08" },
              { field: "title" },
            ],
          },
        ],
        hours: 12,
        problems: [
          problem("DEVOPS-99 is no id of this plan", {
            code: "dangling-dependency",
            path: "docs/project-plan.csv",
            line: 14,
            suggestion: "DEVOPS-035",
          }),
          problem("AUTH-014 waits for itself: AUTH-014 → AUTH-015 → AUTH-014", {
            code: "dependency-cycle",
            severity: "error",
            path: "docs/project-plan.csv",
            line: 12,
          }),
        ],
      }),
      edit({ path: "docs/PLAN.md" }),
      edit({ path: "docs/broken-plan.csv", unreadable: true }),
    ];
    const configurationProblems = [
      problem("“completion_branch” is no key; unknown keys are not read", {
        code: "unknown-key",
        path: ".github/plankeeper.yml",
        line: 3,
        suggestion: "completion_branches",
      }),
    ];
    const check = keptAs("plan-edit", view({ pulls: [pull({ title: "Replan March", planEdits, configurationProblems })] }));

    expect(check.conclusion).toBe("failure");
    expect(check.annotations.map(({ level }) => level)).toEqual(["failure", "warning", "warning"]);
  });

  test("says that an edit counts only on the branch that plans are read from", () => {
    const check = keptAs(
      "edit-elsewhere",
      view({ pulls: [pull({ base: "develop", planEdits: [edit({ added: ["AUTH-014"], hours: 4 })] })] }),
    );

    expect(check.title).toBe("Adds 1 task · 4 h more");
  });

  test("tells of an edit what it comes to: what it adds and completes, what it frees, dates, and what was wrong before", () => {
    const added = { ...sampleTask("FE-004"), id: "AUTH-015", token: "AUTH-15", title: "New login", owner: null };
    const freed = { ...sampleTask("DEVOPS-035"), state: { ...sampleTask("DEVOPS-035").state, status: "in-progress" as const } };
    const dated = { before: "2026-02-27", after: "2026-03-02", days: 1.5 };
    const old = problem("DEVOPS-99 is no id of this plan", { code: "dangling-dependency", path: "docs/project-plan.csv", line: 14 });
    const check = keptAs(
      "own-edits",
      view({
        pulls: [
          pull({
            title: "AUTH-015: new login",
            rows: [row(added, "completed", { edit: "adds", before: "todo" }), row(sampleTask("OBS-036"), "todo", { edit: "removes" })],
            impact: {
              ...noImpact,
              changes: [{ task: added, before: "todo", after: "completed" }],
              completed: 1,
              added: [added],
              newlyReady: [sampleTask("ORG-007")],
              milestones: [{ id: "M2", title: "Beta", before: 41, after: 38 }],
              schedule: { milestones: [{ id: "M2", title: "Beta", due: "2026-03-01", ...dated }], plans: [] },
            },
            released: [{ task: freed, holds: sampleTask("DEVOPS-035").state.holds }],
            planEdits: [
              edit({
                added: ["AUTH-015"],
                removed: ["OBS-036"],
                moved: [{ id: "OPS-001", from: "docs/later.csv", to: "docs/project-plan.csv" }],
                changed: [{ id: "FE-004", fields: [{ field: "title" }] }],
                hours: -4,
                problems: [old],
                old: [old],
              }),
              edit({ path: "docs/later.csv", gone: true, moved: [{ id: "OPS-001", from: "docs/later.csv", to: "docs/project-plan.csv" }] }),
              edit({ path: "docs/PLAN.md", shows: "docs/project-plan.csv", added: ["AUTH-015"] }),
            ],
            configurationEdit: {
              path: ".github/plankeeper.yml",
              keys: ["milestones", "capacity"],
              dues: [{ id: "M2", before: null, after: "2026-03-01" }],
            },
          }),
        ],
      }),
    );

    expect(check.title).toBe(
      "Completes 1 · unblocks 2 · adds 1, moves 1, removes 1, edits 1 task · 4 h less · edits the configuration · Beta 41 % → 38 % · 1.5 days later",
    );
  });

  test("on a merge group has a section for each pull request", () => {
    const second = withRows([row(sampleTask("ORG-006"), "completed")], { number: 14, title: "ORG-006: memberships" });
    const check = keptAs("merge-group", view({ kind: "merge-group", pulls: [completing, second] }));

    expect(check.title).toBe("2 pull requests: completes 2 · unblocks 1");
  });

  test("says why a held task stays blocked", () => {
    const held = row(sampleTask("DEVOPS-035"), "blocked", { note: "waiting for prod keys" });
    const check = keptAs("held", view({ pulls: [withRows([held])], failOn: ["blocked-task"] }));

    expect(check.title).toBe("Names 1 task · changes nothing");
    expect(check.conclusion).toBe("failure");
  });

  test("says so where there is no plan, the plan cannot be read, or it was asked to look away", () => {
    keptAs("no-plan", view({ hasPlan: false }));
    keptAs("unreadable", view({ unreadable: "docs/project-plan.csv: the header has no id column" }));
    keptAs("opted-out", view({ pulls: [pull({ optedOut: true })] }));
  });

  test("goes by the last good state where the newest plan cannot be read, and says so", () => {
    const check = keptAs(
      "last-good-state",
      view({ pulls: [completing], unreadable: "docs/project-plan.csv: the header has no id column" }),
    );

    expect(check.title).toMatch(/^Completes 1 /);
    expect(check.conclusion).toBe("success");
  });

  test("that brings the first plan is not told that there is none", () => {
    const check = renderCheck(view({ hasPlan: false, pulls: [pull({ planEdits: [edit({ added: ["A-1"] })] })] }));

    expect(check.title).toBe("Adds 1 task");
    expect(check.summary).not.toContain("No plan was found");
  });

  test("does not say twice what a row notes already", () => {
    const note = "1 of 2 pull requests merged";
    const noted = withRows([row(sampleTask("AUTH-005"), "in-progress", { note })], {
      findings: [{ code: "partly-merged", token: "AUTH-5", message: note }],
    });

    expect(renderCheck(view({ pulls: [noted] })).summary.split(note)).toHaveLength(2);
  });

  test("stays readable with nasty titles, words and paths everywhere", () => {
    const rows = nastyTexts.map((text, i) =>
      row(task(`N-${i + 1}`, { title: text, owner: text }), "completed", {
        reference: reference(text, { because: text, stance: "negated" }),
        note: text,
      }),
    );
    const nasty = pull({
      title: nastyTexts[0] ?? "",
      base: "feature/@octocat|x",
      rows,
      impact: {
        ...noImpact,
        newlyReady: rows.map((one) => one.task),
        milestones: nastyTexts.map((text) => ({ id: text, title: text, before: 1, after: 2 })),
      },
      warnings: nastyTexts.slice(0, 6).map((text) => ({ text, token: text, nearest: [text], because: text })),
      findings: nastyTexts.slice(4, 8).map((message) => ({ code: "hold-on-finished", token: "N-1", message })),
      planEdits: nastyTexts
        .slice(0, 8)
        .map((text) => edit({ path: text, added: [text], problems: [problem(text, { path: text, suggestion: text })] })),
    });
    const check = keptAs("nasty", view({ pulls: [nasty] }));

    expect(tablesOf(check.summary).map(({ children }) => children.length)).toEqual([rows.length + 1]);
  });
});

test("whatever texts people write, a check mentions nobody and shows a row for every task", { timeout: 60_000 }, () => {
  const anyRow = fc.record({
    title: anyText,
    words: anyText,
    because: anyText,
    note: fc.option(anyText),
    after: fc.constantFrom(...statuses),
    place: fc.constantFrom(...places),
  });
  fc.assert(
    fc.property(fc.array(anyRow, { minLength: 1, maxLength: 6 }), anyText, (rows, text) => {
      const shown = rows.map(({ title, words, because, note, after, place }, i) =>
        row(task(`A-${i + 1}`, { title, owner: text }), after, {
          place,
          note,
          reference: reference(words, { because, stance: "negated" }),
        }),
      );
      const check = renderCheck(
        view({
          pulls: [
            withRows(shown, {
              title: text,
              base: text,
              baseCompletes: false,
              findings: [{ code: "hold-on-finished", token: "A-1", message: text }],
              planEdits: [edit({ path: text, added: [text], problems: [problem(text, { path: text })] })],
            }),
          ],
        }),
      );
      expect(tablesOf(check.summary).map(({ children }) => children.length)).toEqual([rows.length + 1]);
      expect([...offences(check.summary, web), ...offences(check.text, web)]).toEqual([]);
      expect(check.title).not.toMatch(/[\n\r]/);
    }),
    { numRuns: 50 },
  );
});
