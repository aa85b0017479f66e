/** What is derived from plans and facts. */
import type { Instant, Problem, Scope, Status, Token } from "./basic.ts";
import type { FactId } from "./fact-base.ts";
import type { Finding } from "./findings.ts";
import type { Cadence, PlannedMilestone, PlannedRisk, PlannedTask } from "./plan.ts";
import type { IssueName } from "./pull-and-issue-facts.ts";

/** Why a status is what it is: one fact, one rule, and the words it was read from. */
export type Cause = {
  readonly fact: FactId;
  readonly rule: string;
  readonly actor: string | null;
  /** Where a person can see it, relative to the repository (`pull/7`, `commit/<sha>`, `issues/3#issuecomment-9`); null where there is no page. */
  readonly link: string | null;
  readonly words: string;
};

export type Transition = { readonly at: Instant; readonly before: Status | null; readonly after: Status; readonly cause: Cause };
export type History = readonly Transition[];

/** A finished task as its duration is told: its estimate, and when it changed to what. */
export type FinishedWork = {
  readonly task: Pick<PlannedTask, "scope" | "token" | "hours">;
  readonly history: readonly Pick<Transition, "at" | "after">[];
};
/** A transition, and the task that made it. */
export type Move = Transition & { readonly scope: Scope; readonly token: Token };

/** What blocks a task while it lasts. */
export type Hold = { readonly key: string; readonly since: Instant; readonly reason: string; readonly cause: Cause };

/** The last sign of work on a task. `landed` = a commit on a completion branch that names the task, came by itself and states nothing. */
export type Touch = { readonly at: Instant; readonly cause: Cause; readonly landed: boolean };

/** That the work which completed a task was deployed to an environment, and when first. */
export type Release = { readonly environment: string; readonly at: Instant };

/** An issue that speaks for a task, as it stands: shown, never a status. */
export type LinkedIssue = {
  readonly number: number;
  readonly open: boolean;
  readonly assignees: readonly string[];
  readonly milestone: string | null;
  /** The issues it waits for that are open, or of which nothing is known here; none once it is closed itself. */
  readonly waitsFor: readonly IssueName[];
  /** How many sub-issues it has, how many of them are closed, and of how many that is not known here. */
  readonly parts: { readonly all: number; readonly closed: number; readonly unknown: number };
};

/** The derived state of one task. `since` and `cause` are those of its last transition. */
export type TaskState = {
  readonly status: Status;
  readonly since: Instant;
  readonly cause: Cause;
  /** The status without holds. */
  readonly underneath: Status;
  readonly holds: readonly Hold[];
  /** What merged work still waits for before it completes the task, as clauses ("#12 is open"). */
  readonly waits: readonly string[];
  /** Those that its own facts tell; what others show is found where boards are shown. */
  readonly findings: readonly Finding[];
  /** Null where it was derived before this was remembered. */
  readonly touched: Touch | null;
  /** Anything beyond the plan file itself spoke of the task. */
  readonly evidence: boolean;
  /** By environment: shown, never a status. */
  readonly released: readonly Release[];
  /** The issues linked to it. */
  readonly issues: readonly LinkedIssue[];
};

/** One task of the board: what the plan declares and what was derived. */
export type BoardTask = PlannedTask & { readonly scope: Scope; readonly state: TaskState };

/** The derived state of all tasks of one plan. `problem` = the newest version could not be read, so an older one stands. */
export type Board = {
  readonly path: string;
  readonly tasks: readonly BoardTask[];
  readonly milestones: readonly PlannedMilestone[];
  readonly risks: readonly PlannedRisk[];
  readonly cadence: readonly Cadence[];
  readonly criteria: { readonly open: number; readonly done: number };
  readonly problems: readonly Problem[];
  readonly unreadable: string | null;
};
