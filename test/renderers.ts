import { renderBlockerComment } from "../src/core/render/blocker-comment.ts";
import { outcomeEssence, withOutcomes } from "../src/core/render/check-outcome.ts";
import { renderCheck } from "../src/core/render/check-run.ts";
import { renderDigest } from "../src/core/render/digest.ts";
import { allTasksOf, renderMilestoneComment } from "../src/core/render/milestone-comment.ts";
import { renderOverview } from "../src/core/render/overview.ts";
import { renderReply } from "../src/core/render/reply.ts";
import { renderSummary, summaryIssue } from "../src/core/render/summary.ts";
import type { Answer, CheckView } from "../src/core/render/views.ts";
import { commitText, pushedByOthers, refusedWriteBack, renderNothingLeft, renderWriteBack } from "../src/core/render/write-back.ts";
import { blockerAt } from "../src/core/schedule/blockers.ts";
import { happenedOn } from "../src/core/schedule/digest.ts";
import { findingsOn } from "../src/core/schedule/findings.ts";
import { finishedDays } from "../src/core/schedule/finished-days.ts";
import { impactOf } from "../src/core/schedule/impact.ts";
import { type MilestoneProgress, progressOf } from "../src/core/schedule/milestones.ts";
import { scheduleOf } from "../src/core/schedule/schedule.ts";
import { keyOf } from "../src/core/schedule/task-key.ts";
import { calendarOf } from "../src/core/schedule/working-time.ts";
import { whyOf } from "../src/core/status/why.ts";
import type { Board, BoardTask, Finding, History, Move } from "../src/core/words.ts";
import { at, board, cause, configuration, hold, problem, task } from "./board.ts";
import { edit, pull, reference, row, view } from "./check-views.ts";
import { samplePlan, web } from "./sample-plan.ts";

/** Makes another of every text of people in a record. */
export type Poison = <T>(value: T) => T;
/** What a renderer made: Markdown, and what GitHub shows as plain text. */
export type Made = { readonly markdown: readonly string[]; readonly plain: readonly string[] };

const inMarkdown = (...markdown: readonly string[]): Made => ({ markdown, plain: [] });

/** A plan in which everything that a board can hold is somewhere. */
export const richPlan: Board = {
  ...samplePlan,
  unreadable: "the header has no id column",
  tasks: [
    ...samplePlan.tasks,
    ...["on:FE-4", "depends:FE-4", "waits:octo/other#7", "waits:#9", "gate:tests.yml:main", "pull:12", "issue:3"].map((key, i) =>
      task(`HELD-${i + 1}`, {
        title: `Held ${i}`,
        owner: `team ${i}`,
        status: "blocked",
        milestone: "M2",
        phase: `Phase ${i}`,
        notes: "noted",
        line: 60 + i,
        state: {
          holds: [hold(`reason ${i}`, { key }), hold("and another", { key: "command" })],
          waits: ["#14 is open"],
          findings: [{ code: "hold-on-finished", token: `HELD-${i + 1}`, message: `odd ${i}`, link: "tree/odd-branch" }],
          cause: cause({ rule: "some-rule", actor: "mira", link: "tree/held", words: "held by words" }),
          issues: [
            {
              number: 12,
              open: true,
              assignees: ["jo", "kim"],
              milestone: "Beta of issues",
              waitsFor: [{ repository: "octo/elsewhere", number: 4 }],
              parts: { all: 3, closed: 1, unknown: 1 },
            },
          ],
        },
      }),
    ),
    task("DONE-1", {
      title: "Shipped",
      status: "completed",
      line: 80,
      state: {
        since: at(300),
        cause: cause({ rule: "pull-merged", link: "pull/5" }),
        released: [{ environment: "production", at: at(400) }],
      },
    }),
  ],
};

const taskOf = (shown: Board, id: string): BoardTask => shown.tasks[richPlan.tasks.findIndex((one) => one.id === id)] ?? fail();
const fail = (): never => {
  throw new Error("the plan has no such task");
};

const found = (shown: Board) => findingsOn(shown, { at: at(30 * 24 * 60), retired: new Set(), elsewhere: [] });
const movesOf = (shown: Board): readonly Move[] =>
  shown.tasks.flatMap(({ scope, token, state }, i) =>
    i % 3 === 0
      ? []
      : [{ scope, token, at: at(10 + i), before: i % 2 === 0 ? null : ("deferred" as const), after: state.status, cause: state.cause }],
  );

const finding: Finding = { code: "partly-merged", token: "FE-4", message: "1 of 2 pull requests merged", link: "tree/fe-004" };
const past: History = [
  { at: at(0), before: null, after: "todo", cause: cause({ rule: "unheard-of", actor: "jo", words: "first words" }) },
  {
    at: at(1),
    before: "todo",
    after: "in-progress",
    cause: cause({ rule: "branch-pushed", actor: "jo", link: "tree/work", words: "work" }),
  },
];

function checkView(poison: Poison, shown: Board): CheckView {
  const words = (id: string, text: string) => {
    const one = taskOf(shown, id);
    return row(one, "completed", {
      reference: poison(reference(text, { because: `“${text}” stands there`, stance: text.startsWith("not") ? "negated" : "bare" })),
      note: poison(`note on ${text}`),
      why: whyOf(one.id, one.state, poison(past)),
    });
  };
  const rows = [words("AUTH-005", "AUTH-005"), words("ORG-006", "not ORG-006"), words("HELD-1", "fixes HELD-1"), words("HELD-5", "HELD-5")];
  // Whose dates move hangs on the order of ids, so it is reckoned before they are poisoned.
  const impact = poison(
    impactOf({
      before: [richPlan],
      after: new Map(["AUTH-005", "ORG-006", "HELD-1", "HELD-5"].map((id) => [keyOf(taskOf(richPlan, id)), "completed"])),
      configuration: configuration(),
      now: at(0),
    }),
  );
  const problems = [problem("the row is odd", { suggestion: "mend it" }), problem("worse", { severity: "error", path: "other/plan.csv" })];
  const one = pull({
    ...poison({
      title: "AUTH-005: CSRF",
      base: "main",
      completionBranches: ["main", "release/*"],
      planBranch: "trunk",
      warnings: [{ text: "AUTH-0005", token: "AUTH-5", nearest: ["AUTH-005", "AUTH-001"], because: "no task has this id" }],
      findings: [finding],
      planEdits: [
        edit({
          path: "docs/project-plan.csv",
          added: ["NEW-1"],
          removed: ["OLD-1"],
          restated: [{ id: "AUTH-005", before: "todo", after: "blocked" }],
          changed: [
            {
              id: "ORG-006",
              fields: [
                ...(["phase", "milestone", "owner", "start", "due"] as const).map((field) => ({ field, before: "old", after: "new" })),
                { field: "dependencies", added: ["NEW-1"], removed: ["OLD-1"] },
              ],
            },
          ],
          moved: [
            { id: "MOVED-1", from: "docs/old-plan.csv", to: "docs/project-plan.csv" },
            { id: "MOVED-2", from: "docs/project-plan.csv", to: "docs/new-plan.csv" },
          ],
          shows: "docs/other-plan.csv",
          problems,
          old: problems.slice(1),
        }),
      ],
      configurationEdit: {
        path: ".github/plankeeper.yml",
        keys: ["milestones"],
        dues: [{ id: "M2", before: "2026-03-01", after: "2026-03-08" }],
      },
      released: [{ task: taskOf(richPlan, "HELD-2"), holds: [hold("waiting on AUTH-5")] }],
      configurationProblems: [problem("unknown key", { path: ".github/plankeeper.yml" })],
    }),
    rows,
    impact,
    reverts: {
      tasks: rows.slice(0, 1).map(({ task }) => ({ task, before: "completed", after: "in-progress", pulls: [7], shas: ["a".repeat(40)] })),
      builtOn: rows.slice(0, 1).map(({ task }) => ({ task, on: task })),
    },
  });
  const odd = {
    ...one,
    number: 13,
    baseCompletes: false,
    draft: true,
    stranger: true,
    truncated: { commits: 1000, files: 3000 },
    unread: true,
    ignoredBy: poison("mira"),
  };
  return view({
    pulls: [one, odd],
    unreadable: poison("the header is odd"),
    failOn: ["plan-errors", "unknown-task", "blocked-task"],
  });
}

const said = (check: ReturnType<typeof renderCheck>): Made => ({
  markdown: [check.summary, check.text],
  plain: [check.title, ...check.annotations.flatMap(({ title, message }) => [title, message])],
});

/** Every text that is written to GitHub, by the function that makes it, of a plan and other records that are poisoned. A new one has its place here: a test names it until it does. */
export const renderers: Readonly<Record<string, (poison: Poison, shown: Board) => Made>> = {
  renderCheck: (poison, shown) => {
    const both = checkView(poison, shown);
    const [one, odd] = both.pulls;
    const alone = both.pulls.map((only) => said(renderCheck({ ...both, pulls: [only] })));
    const all = [said(renderCheck(both)), said(renderCheck({ ...both, kind: "merge-group" })), ...alone];
    const ignored = said(renderCheck({ ...both, pulls: odd === undefined ? [] : [{ ...odd, baseCompletes: true }] }));
    const nothing = said(renderCheck(view({ pulls: one === undefined ? [] : [{ ...one, optedOut: true }] })));
    const told = [...all, ignored, nothing];
    return { markdown: told.flatMap(({ markdown }) => markdown), plain: told.flatMap(({ plain }) => plain) };
  },
  withOutcomes: (poison, shown) => {
    const below = renderCheck(checkView(poison, shown));
    const outcomeOf = (one: BoardTask, done: boolean) => ({
      task: {
        id: one.id,
        scope: one.scope,
        token: one.token,
        before: one.state.status,
        after: "completed" as const,
        words: poison("words"),
      },
      done,
      why: whyOf(one.id, one.state, poison(past)),
      takenBack: done ? (poison(past)[1] ?? null) : null,
    });
    const [first, ...others] = shown.tasks.slice(2, 14);
    const outcomes = [first, ...others].flatMap((one, i) => (one === undefined ? [] : [outcomeOf(one, i % 3 === 0)]));
    const gone = { ...(outcomes[1] ?? fail()), why: null };
    const checks = [
      withOutcomes(web, [{ pull: 12, tasks: outcomes }], { ...below, open: false }),
      withOutcomes(
        web,
        [
          { pull: 12, tasks: [gone] },
          { pull: 7, tasks: outcomes.slice(1, 2) },
        ],
        { ...below, open: true },
      ),
      ...outcomes.map((one) => withOutcomes(web, [{ pull: 12, tasks: [one] }], { ...below, summary: "", open: false })),
    ];
    return { markdown: checks.map(({ summary }) => summary), plain: checks.map(({ title }) => title) };
  },
  outcomeEssence: (poison, shown) => {
    const one = taskOf(shown, "HELD-2");
    const promised = {
      id: one.id,
      scope: one.scope,
      token: one.token,
      before: one.state.status,
      after: one.state.status,
      words: poison("words"),
    };
    return inMarkdown(
      outcomeEssence(web, [{ pull: 1, tasks: [{ task: promised, done: false, why: whyOf(one.id, one.state, []), takenBack: null }] }]),
    );
  },
  renderSummary: (poison, shown) => {
    const settings = poison({ ...configuration(), milestones: { Z9: { title: "By pattern", due: null, tasks: ["HELD-1"] } } });
    const summary = (now: Board, change: Partial<Parameters<typeof renderSummary>[0]>) =>
      renderSummary({
        web,
        branch: poison("main"),
        timezone: "Europe/Berlin",
        board: now,
        milestones: progressOf([now], { ...configuration(), milestones: settings.milestones }),
        schedule: scheduleOf({
          boards: [now],
          configuration: configuration(),
          spread: { ratios: [1, 1, 1, 1, 1.2, 1.3, 1.5, 2] },
          now: at(0),
          revision: "r",
        }),
        finished: finishedDays([now], [], calendarOf(configuration())),
        pulls: new Map(now.tasks.map((one) => [keyOf(one), [7, 8]])),
        findings: found(now),
        unreadableAt: "4f9d3a2b71c05e8868aa1d0cf2ab9e13b6f0d1c7",
        removed: null,
        ...change,
      });
    return inMarkdown(
      summary(shown, { notWrittenBack: poison("Resource not accessible by integration") }),
      summary({ ...shown, unreadable: null }, { removed: { commit: null } }),
    );
  },
  renderOverview: (poison, shown) =>
    inMarkdown(renderOverview({ web, branch: poison("main"), boards: [shown, { ...shown, path: poison("b.md") }] })),
  renderDigest: (poison, shown) => {
    const period = { after: at(0), until: at(7 * 24 * 60), told: new Set<string>() };
    const plans = [shown, { ...board([]), path: poison("other.md") }].map((now) => ({
      board: now,
      happened: happenedOn(now, at(-10_000), { moves: movesOf(now), period }),
      stale: found(now),
    }));
    const slipping = shown.milestones.map(({ id, title, due }) => ({
      milestone: { id, title, due, forecast: { kind: "done" } as const },
      was: "2026-01-01",
      now: "2026-02-02",
    }));
    return inMarkdown(
      renderDigest({ web, branch: poison("main"), timezone: "UTC", after: period.after, until: period.until, plans, slipping }),
    );
  },
  renderBlockerComment: (poison, shown) => {
    const milestones = progressOf([shown], configuration());
    const tasks = shown.tasks.map((one, i) => ({
      board: shown,
      task: one,
      blocker: blockerAt(shown.tasks, one),
      milestone: milestones[i % milestones.length] ?? null,
    }));
    const place = { web, branch: poison("main"), timezone: "UTC", issue: 12 };
    return inMarkdown(
      ...[0, 3, 6, 9, 12, 15].map((from) => renderBlockerComment({ ...place, tasks: tasks.slice(from, from + 4) })),
      renderBlockerComment({ ...place, tasks: tasks.filter(({ task: one }) => one.state.status !== "blocked") }),
    );
  },
  renderMilestoneComment: (poison, shown) => {
    const schedule = scheduleOf({
      boards: [shown],
      configuration: configuration(),
      spread: { ratios: [1, 1, 1, 1, 1.2, 1.3, 1.5, 2] },
      now: at(0),
      revision: "r",
    });
    const all = allTasksOf(shown.tasks);
    const comment = (milestone: MilestoneProgress, members: readonly BoardTask[], index: number): string =>
      renderMilestoneComment({
        ...{ web, branch: poison("main"), timezone: "UTC", name: milestone.id, milestone, members, all },
        forecast: schedule.milestones[index]?.forecast ?? { kind: "empty" },
        pulls: new Map(shown.tasks.map((one) => [keyOf(one), [7, 8]])),
      });
    const finished = shown.tasks.filter(({ state }) => state.status === "completed");
    return inMarkdown(
      ...progressOf([shown], configuration()).flatMap((one, i) => [
        comment(
          one,
          shown.tasks.filter((other) => one.tasks.includes(keyOf(other))),
          i,
        ),
        comment(one, shown.tasks, i),
        comment(one, finished, i),
      ]),
    );
  },
  renderReply: (poison, shown) => {
    const answer = (one: Answer): string => renderReply({ comment: 901, web, branch: poison("main"), answers: [one] }).text ?? "";
    const refused = (refusal: Extract<Answer, { kind: "refused" }>["refusal"]) =>
      answer({ kind: "refused", written: poison("/status X y"), refusal: poison(refusal) });
    return inMarkdown(
      ...shown.tasks.flatMap((one) => [
        answer({ kind: "task", board: shown, task: one, history: poison(past), findings: poison([finding]) }),
        answer({ kind: "why", board: shown, task: one, why: whyOf(one.id, one.state, poison(past)) }),
        answer({ kind: "undone", board: shown, task: one, resting: shown.tasks.slice(0, 3) }),
      ]),
      answer({ kind: "plans", plans: [{ board: shown, milestones: progressOf([shown], configuration()) }] }),
      answer({
        kind: "explained",
        text: "fixes AUTH-002",
        explanation: poison({
          references: [
            reference("fixes AUTH-002", { verb: "complete" }),
            reference("marks FE-004", { token: "FE-4", verb: "status:blocked" }),
          ],
          warnings: [{ text: "AUTH-99", token: "AUTH-99", nearest: ["AUTH-9"], because: "no task has this id" }],
          ignored: [{ text: "UTF-8", because: "no plan has such a prefix", start: 0, end: 5 }],
        }),
        ids: poison(new Map([["AUTH-5", "AUTH-005"]])),
      }),
      answer({
        kind: "sync",
        backfill: {
          since: at(0),
          requests: [],
          stages: [{ kind: "open", state: "failed", done: 1, left: 1, error: poison("GET /x answered 403"), notBefore: at(1) }],
          stopped: false,
        },
      }),
      refused({ kind: "unknown-task", id: "AUTH-99", nearest: ["AUTH-9"] }),
      refused({ kind: "ambiguous-task", id: "T1", plans: ["one/plan.md", "two/plan.md"], names: ["one#T1", "two#T1"] }),
      refused({ kind: "unknown-status", status: "bussy" }),
      refused({ kind: "unknown-command", nearest: "/status" }),
      refused({ kind: "not-understood", problem: "it names no task" }),
      refused({ kind: "role", least: "triage" }),
    );
  },
  renderWriteBack: (poison, shown) => {
    const { title, body } = renderWriteBack({
      web,
      branch: poison("main"),
      path: shown.path,
      revision: "0123456789ab",
      rows: shown.tasks.map(({ id, title: named, state }) => ({
        id,
        title: named,
        before: "todo",
        after: state.status,
        cause: state.cause,
      })),
      ...poison({
        difference: { added: ["A-1"], removed: ["B-1"], changed: [{ id: "C-1", field: "status" as const, before: "todo", after: "done" }] },
        left: [{ id: "L-1", status: "blocked" as const }],
        unwritten: [{ id: "U-1", because: "its row has no place for a status" }],
        snapshots: ["docs/master.md"],
      }),
    });
    return { markdown: [body], plain: [title] };
  },
  renderNothingLeft: (poison, shown) => inMarkdown(renderNothingLeft({ web, branch: poison("main"), path: shown.path })),
  refusedWriteBack: (poison) => inMarkdown(refusedWriteBack(poison("Resource not accessible"))),
  commitText: (_, shown) => {
    const marks = shown.tasks.map(({ id, state }) => ({ id, status: state.status }));
    const all = [commitText(marks, marks, "0123456789ab"), commitText(marks.slice(0, 1), [], "0123456789ab")];
    return { markdown: [], plain: all.flatMap(({ headline, body }) => [headline, body.replace(/Plankeeper-Sync: \w+$/, "")]) };
  },
  pushedByOthers: () => inMarkdown(pushedByOthers),
  summaryIssue: () => ({ markdown: [summaryIssue().body], plain: [summaryIssue().title] }),
};
