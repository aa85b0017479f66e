/** What a plan file says. */
import type { IsoDate, Problem, Scope, Status, Token } from "./basic.ts";

/** One row of a plan as its file declares it. `null` where the file says nothing. */
export type PlannedTask = {
  readonly id: string;
  readonly token: Token;
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

/** What one plan file says. `tasks` holds each token once. */
export type Plan = {
  readonly path: string;
  readonly format: string;
  readonly scope: Scope;
  readonly tasks: readonly PlannedTask[];
  readonly milestones: readonly PlannedMilestone[];
  readonly risks: readonly PlannedRisk[];
  /** Unchecked and checked success boxes without ids: criteria of the plan, not tasks. */
  readonly criteria: { readonly open: number; readonly done: number };
  /** The tasks came from a table between PLAN:BEGIN and PLAN:END, so the file may be a snapshot of another plan. */
  readonly block: boolean;
};

/** A file read as a plan: `plan` is null when it is none (then a problem says why, unless the file was never meant as one). */
export type PlanReading = { readonly plan: Plan | null; readonly problems: readonly Problem[]; readonly because: string };
