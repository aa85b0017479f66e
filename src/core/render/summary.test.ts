import fc from "fast-check";
import { expect, test } from "vitest";
import { at, board, cause, configuration, hold, milestone, problem, task } from "../../../test/board.ts";
import { matchesGolden } from "../../../test/golden.ts";
import { offences, seen, tablesOf } from "../../../test/markdown.ts";
import { diagramIn, drawn } from "../../../test/mermaid.ts";
import { anyText, nastyTexts } from "../../../test/nasty.ts";
import { samplePlan, web } from "../../../test/sample-plan.ts";
import { findingsOn } from "../schedule/findings.ts";
import { finishedDays } from "../schedule/finished-days.ts";
import { progressOf } from "../schedule/milestones.ts";
import { scheduleOf } from "../schedule/schedule.ts";
import { noSpread, type Spread } from "../schedule/spread.ts";
import { keyOf } from "../schedule/task-key.ts";
import { calendarOf } from "../schedule/working-time.ts";
import { type Board, type Finding, type FinishedWork, findings, isFindingCode, statuses } from "../words.ts";
import { bytesOf } from "./fitted.ts";
import { hasMarker } from "./marker.ts";
import { renderSummary, summaryIssue, summaryIssueMarker, summaryMarker } from "./summary.ts";
import type { SummaryView } from "./views.ts";

/** Seen in progress three days before it was completed. */
const begun: readonly FinishedWork[] = [
  {
    task: { scope: "docs/plan.csv", token: "AUTH-1", hours: 6 },
    history: [
      { at: at(200 - 3 * 24 * 60), after: "in-progress" },
      { at: at(200), after: "completed" },
    ],
  },
];

const view = (shown: Board, change: Partial<SummaryView> = {}): SummaryView => ({
  web,
  branch: "main",
  timezone: "UTC",
  board: shown,
  milestones: progressOf([shown], configuration()),
  schedule: scheduleOf({ boards: [shown], configuration: configuration(), spread: noSpread, now: at(0), revision: "r1" }),
  finished: finishedDays([shown], begun, calendarOf(configuration())),
  pulls: new Map(),
  findings: findingsOn(shown, { at: at(0), retired: new Set(), elsewhere: [] }),
  unreadableAt: null,
  removed: null,
  ...change,
});

const keptAs = (name: string, shown: SummaryView): string => {
  const text = renderSummary(shown);
  expect(hasMarker(text, summaryMarker(shown.board.path))).toBe(true);
  expect(offences(text, web)).toEqual([]);
  matchesGolden(`render/summary-${name}.md`, `${text}\n`);
  return text;
};

test("the summary says where the plan stands, what is in the way and what comes next", () => {
  keptAs("typical", view(samplePlan));
});

/** How long tasks took this team: mostly a little longer than estimated. */
const usual: Spread = { ratios: [0.8, 0.9, 1, 1, 1.1, 1.2, 1.3, 1.5, 2.2] };

const forecast = (shown: Board, now: number, revision = "r1") =>
  scheduleOf({ boards: [shown], configuration: configuration(), spread: usual, now, revision });

const lateMilestones = [
  milestone("M1", "Login works", "2026-01-06"),
  milestone("M2", "Beta", "2026-03-01"),
  milestone("M3", "Launch", "2026-04-15"),
];

test("with enough history each milestone has a range of dates, whether it is in time, and what moves it most; the one at risk stands first", () => {
  const shown = { ...samplePlan, milestones: lateMilestones.toReversed() };
  const pulls = new Map([["docs/plan.csv#AUTH-5", [7, 14]]]);
  const text = keptAs("forecast", view(shown, { schedule: forecast(shown, at(2 * 24 * 60)), pulls }));
  const [milestones] = tablesOf(text);

  expect(milestones?.children.map((row) => seen(text.slice(row.position?.start.offset, row.position?.end.offset)))[1]).toContain(
    "Login works",
  );
  expect(text).toContain("**at risk**");
  expect(text).toContain(`[#7](${web}/pull/7) and [#14](${web}/pull/14)`);
});

test("on one day the clock changes nothing in a forecast, and the same revision of the plan draws the same dates", () => {
  const textAt = (minutes: number) => renderSummary(view(samplePlan, { schedule: forecast(samplePlan, at(minutes)) }));

  expect(textAt(14 * 60)).toBe(textAt(0));
  expect(textAt(7 * 24 * 60)).not.toBe(textAt(0));
});

test("what is ready is shown owner by owner, and of many the best of each owner before the second best of anybody", () => {
  const ready = (id: string, owner: string | null, priority: number) => task(id, { owner, priority });
  const many = Array.from({ length: 30 }, (_, i) => ready(`B-${i + 1}`, "backend", 0));
  const text = renderSummary(view(board([ready("N-1", null, 0), ...many, ready("F-1", "frontend", 2), ready("F-2", "Frontend", 1)])));
  const table = tablesOf(text).find(({ children }) => children[0]?.children.length === 3);
  const shown = (table?.children ?? []).slice(1).map(({ position }) => /`([^`]+)`/.exec(text.slice(position?.start.offset))?.[1]);

  expect(shown).toHaveLength(15);
  expect(shown.slice(0, 12)).toEqual(many.slice(0, 12).map(({ id }) => id));
  expect(shown.slice(12)).toEqual(["F-2", "F-1", "N-1"]);
  expect(text).toContain("… and 18 more tasks.");
});

test("what is completed is drawn as done, by the days on which it was worked on; what is not known to lie anywhere is counted", async () => {
  const text = renderSummary(view(samplePlan));
  const [chart = ""] = /```mermaid\ngantt\n.*?```/s.exec(text) ?? [];
  const read = await drawn(diagramIn(chart));

  expect(read.kind === "gantt" ? read.lines[0] : null).toEqual({
    section: "1. Login works",
    text: "✓ AUTH-001 Design auth data model",
    start: "2026-01-02",
    end: "2026-01-06",
    flags: ["done"],
  });
  expect(text).toContain("Not drawn: 1 completed task without dates.");
});

test("a plan of which nothing is left to be done has no diagram, and says of no date what it rests on", () => {
  const text = renderSummary(view(board([task("A-1", { status: "completed" }), task("A-2", { status: "completed" })])));

  expect(text).not.toContain("mermaid");
  expect(text).not.toContain("<details>");
});

test("what the dates suppose and leave out is named for people to mend", () => {
  const tasks = [
    task("A-1", { hours: 4, dependencies: ["A-2"] }),
    task("A-2", { hours: 4, dependencies: ["A-1"] }),
    task("A-3", { dependencies: ["X-9"], owner: "jo" }),
    task("A-4", { status: "deferred" }),
    task("A-5", { recurring: true }),
  ];
  const said = seen(renderSummary(view(board(tasks))));

  expect(said).toContain("1 task has no estimate and counts as 4 h, the median of the plan: A-3.");
  expect(said).toContain("2 tasks have no owner, planned one at a time unless capacity.owners.unassigned says otherwise: A-1 and A-2.");
  expect(said).toContain("In a circle, so what they say of one another is not regarded: A-1 and A-2.");
  expect(said).toContain("A-3 depends on X-9, which no plan knows.");
  expect(said).toContain("Without dates: 1 deferred task and 1 recurring task.");
});

test("a plan without tasks says so", () => {
  keptAs("empty", view(board([], { milestones: [milestone("M1", "Launch", "2026-04-15")] })));
});

test("a plan with nothing left to do is short", () => {
  const done = board([
    task("A-1", { status: "completed", phase: "MVP", state: { evidence: true } }),
    task("A-2", { status: "completed", phase: "MVP" }),
  ]);

  keptAs("done", view(done));
});

test("a plan file that cannot be read, or is gone, is said above the last good state", () => {
  const unreadable = { ...samplePlan, unreadable: "the header has no id column" };

  keptAs("unreadable", view(unreadable, { unreadableAt: "4f9d3a2b71c05e8868aa1d0cf2ab9e13b6f0d1c7" }));
  expect(renderSummary(view(unreadable))).toContain("> The plan file could not be read: the header has no id column.");
  const removed = renderSummary(view(samplePlan, { removed: { commit: "4f9d3a2b71c05e8868aa1d0cf2ab9e13b6f0d1c7" } }));
  expect(seen(removed.split("\n")[5] ?? "")).toBe("The plan file was removed by 4f9d3a2. Its tasks are kept here as they stood last.");
});

test("2000 tasks with long and costly titles fit, the most important first, with the number of what is left out", () => {
  const tasks = Array.from({ length: 2000 }, (_, i) =>
    task(`WORK-${i + 1}`, {
      title: `${["漢字", "@", "👩‍👩‍👧‍👦", "plain "][i % 4]}`.repeat(300),
      status: statuses[i % 5] ?? "todo",
      owner: "ümläut-teäm ".repeat(30),
      hours: 3,
      phase: `Phase ${i % 60}`,
      dependencies: i > 40 ? [`WORK-${i - 39}`] : [],
      state: {
        holds: i % 5 === 3 ? [hold("waiting ".repeat(80), { since: at(i) })] : [],
        findings: [{ code: "hold-on-finished", token: "x", message: "odd ".repeat(200) }],
      },
    }),
  );
  const shown = board(tasks, { problems: Array.from({ length: 400 }, (_, i) => problem("wrong ".repeat(100), { line: i + 1 })) });
  const text = renderSummary(view(shown));

  expect(bytesOf(text)).toBeLessThanOrEqual(60_000);
  expect(text).not.toContain("The rest is left out");
  expect(text.includes("Both diagrams are left out") || text.includes("```mermaid")).toBe(true);
  for (const heading of ["Milestones", "Blockers", "In progress", "Ready next", "Findings", "Problems in the plan file"]) {
    expect(text).toContain(`### ${heading}\n`);
  }
  expect(offences(text, web)).toEqual([]);
  matchesGolden("render/summary-2000-tasks.md", `${text.slice(0, 4000)}…\n\n(${bytesOf(text)} bytes in all)\n`);
});

test("the same state gives the same text", () => {
  expect(renderSummary(view(samplePlan))).toBe(renderSummary(structuredClone(view(samplePlan))));
});

test("a blocked task is shown with why, since its oldest reason, and what it holds up", () => {
  const tasks = [
    task("A-1", { hours: 1 }),
    task("A-2", { hours: 1, dependencies: ["A-1"] }),
    task("B-1", {
      status: "blocked",
      state: { holds: [hold("later", { since: at(90) }), hold("keys", { since: at(30), cause: cause({ link: "pull/4" }) })] },
    }),
    task("B-2", { hours: 9, dependencies: ["B-1"] }),
  ];
  const [blockers] = tablesOf(renderSummary(view(board(tasks))));

  expect(blockers?.children).toHaveLength(2);
  expect(renderSummary(view(board(tasks)))).toContain(`Task B-1 | later and keys | 2026-01-05, [#4](${web}/pull/4) | 1 task, 9 h: `);
});

test("days and times are those of the team's time zone", () => {
  const late = at(14 * 60 + 30);
  const tasks = [
    task("B-1", { status: "blocked", state: { since: late, holds: [hold("keys", { since: late, cause: cause({ link: null }) })] } }),
    task("C-1", { status: "in-progress", state: { since: late, cause: cause({ link: null }) } }),
  ];
  const text = renderSummary(view(board(tasks), { timezone: "Europe/Berlin" }));

  expect(text).toContain("Task B-1 | keys | 2026-01-06 |");
  expect(text).toContain("Task C-1 | 2026-01-06 |");
  expect(text).toContain("_Last change of a status: 2026-01-06 00:30 UTC+1,");
});

test("what is odd stands by its kind, the most important first, with what to do and where to look", () => {
  const tasks = [
    task("AUTH-003", { line: 2, status: "in-progress", state: { touched: { at: at(0), cause: cause(), landed: false } } }),
    task("FE-004", { line: 3, status: "completed", dependencies: ["AUTH-3"], state: { since: at(30), cause: cause({ link: "pull/9" }) } }),
    task("AUTH-005", { line: 4, state: { findings: exampleFindings("AUTH-5") } }),
    task("AUTH-013", { line: 5 }),
  ];
  const shown = board(tasks, { problems: [problem("FE-004 is done, but AUTH-003 is not", { code: "done-before-dependency" })] });
  const elsewhere: readonly Finding[] = [
    { code: "id-taken-twice", token: "AUTH-14", id: "AUTH-014", message: "#7 and #8 each add a task with this id", link: "pull/8" },
    { code: "retired-reused", token: "AUTH-9", id: "auth-009", message: "it is retired, but #8 cites it", link: "pull/8" },
  ];
  const found = findingsOn(shown, { at: at(10 * 24 * 60), retired: new Set(["AUTH-13"]), elsewhere });

  expect(new Set(found.map(({ finding }) => finding.code)).size).toBe(Object.keys(findings).length);
  const text = keptAs("findings", view(shown, { findings: found }));
  expect(text).not.toContain("Problems in the plan file");
});

test("a hundred findings of one kind are a handful and a number", () => {
  const early = Array.from({ length: 100 }, (_, i) => task(`B-${i + 1}`, { status: "completed", dependencies: ["A-1"] }));
  const text = renderSummary(view(board([task("A-1"), ...early])));

  expect(text.split("which it depends on, is todo")).toHaveLength(6);
  expect(text).toContain("… and 95 more findings.");
});

/** Of every kind that a task's own facts tell, the message that the reference page gives as its example. */
const exampleFindings = (token: string): readonly Finding[] =>
  Object.entries(findings).flatMap(([code, { example }]) => {
    const message = example.replace(/^[^:]*: /, "");
    const isOwn = !["id-taken-twice", "retired-reused", "stale", "completed-before-dependency"].includes(code);
    return isOwn && isFindingCode(code) ? [{ code, token, message, link: "pull/7" }] : [];
  });

test("the issue that holds the summaries is known by its marker and asks nobody for anything", () => {
  const { title, body, labels } = summaryIssue();

  matchesGolden("render/summary-issue.md", `title: ${title}\nlabels: ${labels.join(", ")}\n\n${body}\n`);
  expect(hasMarker(body, summaryIssueMarker)).toBe(true);
  expect(offences(body, web)).toEqual([]);
});

test("whatever texts people write, a summary mentions nobody and keeps its tables whole", { timeout: 60_000 }, () => {
  const anyTask = fc.record({
    title: anyText,
    owner: fc.option(anyText),
    status: fc.constantFrom(...statuses),
    reason: anyText,
    phase: fc.option(anyText),
    link: anyText,
  });
  fc.assert(
    fc.property(fc.array(anyTask, { minLength: 1, maxLength: 6 }), anyText, (rows, text) => {
      const tasks = rows.map(({ title, owner, status, reason, phase, link }, i) =>
        task(`A-${i + 1}`, {
          title,
          owner,
          status,
          phase,
          dependencies: i > 0 ? [`A-${i}`, text] : [],
          state: {
            holds: status === "blocked" ? [hold(reason, { key: `${["on:", "waits:", "gate:", "pull:", ""][i % 5]}${reason}` })] : [],
            findings: [{ code: "hold-on-finished", token: `A-${i + 1}`, message: reason }],
            cause: cause({ link: `tree/${link}`, words: reason, actor: reason }),
          },
        }),
      );
      const shown = board(tasks, {
        path: text || "plan.csv",
        unreadable: text,
        problems: [problem(text, { path: text, suggestion: text })],
        milestones: [milestone(text, text, text)],
      });
      const summary = renderSummary(
        view(shown, { branch: text || "main", schedule: forecast(shown, at(0)), pulls: new Map(tasks.map((one) => [keyOf(one), [7, 8]])) }),
      );
      expect(offences(summary, web)).toEqual([]);
      const blocked = tasks.filter(({ status }) => status === "blocked").length;
      if (blocked > 0) expect(tablesOf(summary).some(({ children }) => children.length === blocked + 1)).toBe(true);
      for (const { children } of tablesOf(summary)) expect(new Set(children.map((line) => line.children.length)).size).toBe(1);
    }),
    { numRuns: 50 },
  );
});

test("nasty titles are shown as written", () => {
  const tasks = nastyTexts.slice(0, 12).map((title, i) => task(`N-${i + 1}`, { title, owner: title, priority: 1 }));

  const risks = nastyTexts.map((text, i) => ({ id: `R${i}`, title: text, impact: text, likelihood: text, mitigation: text, line: i }));
  const cadence = nastyTexts.map((words, line) => ({ words, line }));

  keptAs("nasty", view(board(tasks, { risks, cadence })));
});
