import type { CheckRow, CheckView, PlanEdit, PullView } from "../src/core/render/views.ts";
import { impactOf, noImpact } from "../src/core/schedule/impact.ts";
import { noReverts } from "../src/core/schedule/taken-back.ts";
import { keyOf } from "../src/core/schedule/task-key.ts";
import { whyOf } from "../src/core/status/why.ts";
import type { BoardTask, Reference, Status } from "../src/core/words.ts";
import { configuration } from "./board.ts";
import { samplePlan, sampleTask, web } from "./sample-plan.ts";

const head = "9c1185a5c5e9fc54612808977ee8f548b2258d31";

/** A check on one pull request that names nothing. */
export const view = (change: Partial<CheckView> = {}): CheckView => ({
  kind: "pulls",
  sha: head,
  web,
  pulls: [pull()],
  unreadable: null,
  hasPlan: true,
  failOn: ["plan-errors"],
  ...change,
});

/** A pull request into main that names nothing. */
export const pull = (change: Partial<PullView> = {}): PullView => ({
  number: 12,
  title: "AUTH-005: CSRF and rate-limit tests",
  base: "main",
  baseCompletes: true,
  completionBranches: ["main", "release/*"],
  planBranch: "main",
  draft: false,
  fork: false,
  stranger: false,
  ignoredBy: null,
  optedOut: false,
  rows: [],
  impact: noImpact,
  reverts: noReverts,
  released: [],
  warnings: [],
  findings: [],
  planEdits: [],
  configurationEdit: null,
  configurationProblems: [],
  unread: false,
  truncated: null,
  ...change,
});

/** A bare mention, read from these words. */
export const reference = (words: string, change: Partial<Reference> = {}): Reference => ({
  scope: null,
  token: "AUTH-5",
  verb: "mention",
  stance: "bare",
  idle: false,
  start: 0,
  end: words.length,
  words,
  because: "it is named without a verb",
  ...change,
});

/** A task named in the title, and what it becomes. */
export const row = (of: BoardTask, after: Status, change: Partial<CheckRow> = {}): CheckRow => ({
  task: of,
  edit: null,
  before: of.state.status,
  after,
  place: "title",
  reference: reference(of.id, { token: of.token }),
  note: null,
  why: whyOf(of.id, of.state, []),
  ...change,
});

/** An edit of the sample plan that changes no task. */
export const edit = (change: Partial<PlanEdit> = {}): PlanEdit => ({
  path: "docs/project-plan.csv",
  added: [],
  removed: [],
  gone: false,
  moved: [],
  restated: [],
  changed: [],
  hours: 0,
  unreadable: false,
  shows: null,
  problems: [],
  old: [],
  ...change,
});

/** A pull request whose rows come about as the sample plan has it. */
export const withRows = (rows: readonly CheckRow[], change: Partial<PullView> = {}): PullView =>
  pull({
    rows,
    impact: impactOf({
      before: [samplePlan],
      after: new Map(rows.map((one) => [keyOf(one.task), one.after])),
      configuration: configuration(),
    }),
    ...change,
  });

/** Completes one task by its title and starts another by a commit. */
export const completing = withRows([
  row(sampleTask("AUTH-005"), "completed", {
    reference: reference("AUTH-005", { because: "it is named without a verb" }),
  }),
  row(sampleTask("ORG-006"), "in-progress", {
    place: "commit",
    reference: reference("refs ORG-006", { stance: "linked", because: "“refs” stands before it" }),
  }),
]);
