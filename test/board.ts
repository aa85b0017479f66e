import type { Board, BoardTask, Cause, Configuration, Hold, PlannedMilestone, Problem, Status, TaskState } from "../src/core/words.ts";

/** 2026-01-05 09:00 UTC and so many minutes. */
export const at = (minutes: number): number => Date.UTC(2026, 0, 5, 9, 0) + minutes * 60_000;

export const cause = (change: Partial<Cause> = {}): Cause => ({
  fact: "plan:docs/plan.csv#1",
  rule: "plan-row",
  actor: null,
  link: "commit/4f9d3a2b71c05e8868aa1d0cf2ab9e13b6f0d1c7",
  words: "todo",
  ...change,
});

export const hold = (reason: string, change: Partial<Hold> = {}): Hold => ({
  key: `said:${reason}`,
  since: at(60),
  reason,
  cause: cause({ rule: "command", actor: "mira", link: "issues/3#issuecomment-901", words: `/block ${reason}` }),
  ...change,
});

type TaskChange = Partial<Omit<BoardTask, "state">> & { readonly status?: Status; readonly state?: Partial<TaskState> };

/** A task of a board as a plan with one row would give it. The token is the id without zero padding. */
export function task(id: string, change: TaskChange = {}): BoardTask {
  const status = change.status ?? "todo";
  return {
    id,
    token: id.toUpperCase().replace(/(?<![0-9])0+(?=[0-9])/g, ""),
    title: `Task ${id}`,
    writtenStatus: status,
    recurring: false,
    owner: null,
    priority: null,
    dependencies: [],
    hours: null,
    start: null,
    due: null,
    completed: null,
    phase: null,
    milestone: null,
    notes: null,
    parent: null,
    optional: false,
    steps: [],
    extra: {},
    file: "docs/plan.csv",
    line: 2,
    scope: "docs/plan.csv",
    ...change,
    status,
    state: {
      status,
      since: at(0),
      cause: cause(),
      underneath: status,
      holds: [],
      waits: [],
      findings: [],
      touched: null,
      evidence: false,
      released: [],
      issues: [],
      ...change.state,
    },
  };
}

export const board = (tasks: readonly BoardTask[], change: Partial<Board> = {}): Board => ({
  path: "docs/plan.csv",
  tasks: change.path === undefined ? tasks : tasks.map((one) => ({ ...one, file: change.path ?? one.file })),
  milestones: [],
  risks: [],
  cadence: [],
  criteria: { open: 0, done: 0 },
  problems: [],
  unreadable: null,
  ...change,
});

export const milestone = (id: string, title: string, due: string | null = null): PlannedMilestone => ({
  id,
  title,
  owner: null,
  start: null,
  due,
  notes: null,
  line: 1,
});

export const problem = (message: string, change: Partial<Problem> = {}): Problem => ({
  code: "unknown-status",
  severity: "warning",
  message,
  path: "docs/plan.csv",
  line: 7,
  column: 1,
  ...change,
});

export const configuration = (change: Partial<Configuration> = {}): Configuration => ({
  mode: "live",
  plans: [],
  completion: "title",
  completionBranches: [],
  completionRequires: [],
  gates: [],
  dependencies: "show",
  verbs: { complete: [], link: [], start: [], reopen: [], not: [], and: [] },
  labels: {},
  milestones: {},
  summary: { issue: "auto", schedule: "0 10 * * 1", timezone: "UTC" },
  comments: { blockers: "on", milestones: "on" },
  check: { failOn: [] },
  writeBack: "off",
  commands: { status: "triage", block: "triage", plan: "maintain" },
  capacity: { hoursPerDay: 6, owners: {}, holidays: [] },
  backfill: { days: 90, since: null },
  ...change,
});
