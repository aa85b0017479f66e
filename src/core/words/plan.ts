/** What a plan file says. */
import type { IsoDate, Problem, Scope, Status, Token } from "./basic.ts";

/** Where a task id lives: one of several tasks, where several scopes hold the id. `id` as its plan writes it; `present` = its row still stands. */
export type Home = {
  readonly scope: Scope;
  readonly path: string;
  readonly id: string;
  readonly title: string;
  readonly present: boolean;
};

/** The homes of each token. */
export type Homes = ReadonlyMap<Token, readonly Home[]>;

/** One step of a task that a runner works through: what to test, what to edit, how to verify, and under which message to commit. */
export type Step = {
  readonly id: string;
  readonly title: string;
  readonly tests: readonly string[];
  readonly edits: readonly string[];
  readonly verify: readonly string[];
  readonly commit: string | null;
  readonly line: number;
};

/** One row of a plan as its file declares it. `null` where the file says nothing. */
export type PlannedTask = {
  readonly id: string;
  readonly token: Token;
  /** Where the id is unique: the plan's own scope, or a part of it such as a tag. Dependencies and parents are of the same scope. */
  readonly scope: Scope;
  /** The task that this one is a part of. */
  readonly parent: Token | null;
  readonly title: string;
  readonly status: Status;
  /** The status as the file spells it, kept for writing back; empty where there is no status column. */
  readonly writtenStatus: string;
  /** In progress for ever (`recurring`, `ongoing`): never completes. */
  readonly recurring: boolean;
  readonly owner: string | null;
  /** 0 (most urgent) to 4. */
  readonly priority: number | null;
  readonly dependencies: readonly Token[];
  readonly hours: number | null;
  readonly start: IsoDate | null;
  readonly due: IsoDate | null;
  readonly completed: IsoDate | null;
  readonly phase: string | null;
  readonly milestone: string | null;
  readonly notes: string | null;
  /** May be left undone (`[ ]*`, `(optional)`). */
  readonly optional: boolean;
  readonly steps: readonly Step[];
  /** What the file tells of it under names that mean nothing to us (`artifacts`, `codex_hints`), by those names. */
  readonly extra: Readonly<Record<string, string>>;
  /** The file its row stands in: the plan's path, or one file of a folder of task files. */
  readonly file: string;
  readonly line: number;
};

export type PlannedMilestone = {
  readonly id: string;
  readonly title: string;
  readonly owner: string | null;
  readonly start: IsoDate | null;
  readonly due: IsoDate | null;
  readonly notes: string | null;
  readonly line: number;
};

export type PlannedRisk = {
  readonly id: string;
  readonly title: string;
  readonly impact: string;
  readonly likelihood: string;
  readonly mitigation: string;
  readonly line: number;
};

/** Who does what in one kind of work, by the heads of the table's columns (a RACI table, or any table of roles). */
export type PlannedRole = { readonly what: string; readonly people: Readonly<Record<string, string>>; readonly line: number };

/** When people meet or report (`Monday 10:00 UTC: plan review`), as the file words it. */
export type Cadence = { readonly words: string; readonly line: number };

/** What one plan file, or one folder of task files (then `path` ends with `/`), says. `tasks` holds each (scope, token) once. */
export type Plan = {
  readonly path: string;
  readonly format: string;
  /** The scope of tasks that name no narrower one. */
  readonly scope: Scope;
  readonly tasks: readonly PlannedTask[];
  readonly milestones: readonly PlannedMilestone[];
  readonly risks: readonly PlannedRisk[];
  readonly roles: readonly PlannedRole[];
  readonly cadence: readonly Cadence[];
  /** Unchecked and checked success boxes without ids: criteria of the plan, not tasks. */
  readonly criteria: { readonly open: number; readonly done: number };
  /** The tasks came from a table between PLAN:BEGIN and PLAN:END, so the file may be a snapshot of another plan. */
  readonly block: boolean;
};

/** A file read as a plan: `plan` is null when it is none (then a problem says why, unless the file was never meant as one). */
export type PlanReading = { readonly plan: Plan | null; readonly problems: readonly Problem[]; readonly because: string };
