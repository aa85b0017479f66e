/** What deriving works on, and what it yields. */

import type { Instant, Problem, Scope, Sha, Status, Token } from "./basic.ts";
import type { Configuration } from "./configuration.ts";
import type { Cause, History, TaskState } from "./derived.ts";
import type { Fact, PlanFact } from "./fact.ts";
import type { FactId, Thing } from "./fact-base.ts";
import type { Homes, Plan, PlannedTask, PlanReading } from "./plan.ts";

/** Which thing speaks of which token, or of which relation (`merge:<sha>`, `branch:<name>`; relations hold a colon, ids never do). */
export type Mention = { readonly token: string; readonly thing: Thing };

/** A configuration version: `configuration` is null where it was invalid, and then the one before stays in force. */
export type ConfigurationVersion = {
  readonly fact: FactId;
  readonly at: Instant;
  readonly blob: Sha | null;
  readonly configuration: Configuration | null;
  readonly problems: readonly Problem[];
};

/** A version of a plan file as read; null where the commit removed the file. */
export type PlanVersion = { readonly fact: PlanFact; readonly reading: PlanReading | null };

/** What is stored of a plan file. `fact` = its newest version that could be read. */
export type PlanRow = {
  readonly path: string;
  readonly format: string;
  readonly role: "plan" | "snapshot" | "removed";
  /** For a snapshot: the plan it shows. */
  readonly of: string | null;
  readonly fact: FactId;
  readonly watchedSince: Instant;
  readonly milestones: Plan["milestones"];
  readonly risks: Plan["risks"];
  readonly roles: Plan["roles"];
  readonly cadence: Plan["cadence"];
  readonly criteria: Plan["criteria"];
  readonly problems: readonly Problem[];
  /** Why the newest version could not be read, so that an older one stands. */
  readonly unreadable: string | null;
};

/** A status as one plan version states it for one task. */
export type RowStatement = {
  readonly fact: FactId;
  readonly scope: Scope;
  readonly token: Token;
  readonly at: Instant;
  readonly commit: Sha;
  readonly status: Status;
  readonly written: string;
  readonly line: number;
};

/** What plan files and configuration have to say to this batch: for each path the versions that matter, oldest first (see `absorb`). */
export type PlanMaterial = {
  readonly configurations: readonly ConfigurationVersion[];
  readonly defaultBranch: string;
  readonly stored: readonly PlanRow[];
  readonly versions: ReadonlyMap<string, readonly PlanVersion[]>;
  /** What is stored was made by other rules: all of it is declared again. `versions` then holds every version. */
  readonly anew?: boolean;
};

/** What became of the plans. */
export type Planned = {
  readonly configurations: readonly ConfigurationVersion[];
  readonly configuration: Configuration;
  readonly defaultBranch: string;
  /** Rows that are new or differ from what is stored. */
  readonly plans: readonly PlanRow[];
  /** What versions state; each entry replaces what is stored for the same fact. */
  readonly statements: readonly { readonly path: string; readonly fact: FactId; readonly rows: readonly RowStatement[] }[];
  /** The tasks that each changed path now declares, in its order; none once it is removed or shown to be a snapshot. */
  readonly declared: ReadonlyMap<string, readonly PlannedTask[]>;
  /** Tasks that only older versions declare, as far as these came now: kept as removed, for their history. */
  readonly former: ReadonlyMap<string, readonly PlannedTask[]>;
  /** Tokens whose tasks must be derived anew for the plan's sake; "all" after a change of configuration. */
  readonly touched: ReadonlySet<Token> | "all";
  readonly audit: readonly AuditEntry[];
};

/** When a task was finished and when it was not, holds left aside: what other tasks wait for. */
export type Track = readonly { readonly at: Instant; readonly finished: boolean }[];

/** A task as folded from all that bears on it. */
export type FoldedTask = {
  readonly state: TaskState;
  readonly history: History;
  readonly track: Track;
  readonly waitsFor: readonly Token[];
};

/** One task with what is stored of it. `declared` is its newest row; `present` = that row still stands. */
export type TaskMaterial = {
  readonly scope: Scope;
  readonly token: Token;
  readonly path: string;
  readonly watchedSince: Instant;
  readonly declared: PlannedTask;
  readonly present: boolean;
  readonly stated: readonly RowStatement[];
  /** As last derived; null for a task never derived yet. */
  readonly stored: (FoldedTask & { readonly present: boolean }) | null;
};

/**
 * How many events of a task are folded anew each time: once more than `most` are, all but the newest `outside` are put into its kept fold,
 * which remembers of branches that rest no more than `branches`.
 */
export type KeepLimits = { readonly outside: number; readonly most: number; readonly branches: number };

/** An event of a task as it is kept. `body` is read by `core/status` alone. */
export type KeptEvent = { readonly key: string; readonly body: unknown };

/**
 * What the fold of a task had come to at `at`, after `steps` transitions, and its events since. `past` = names of what earlier events spoke
 * of: all that are new in a fold to be stored, in one that was, those that the batch may speak of. `body` is read by `core/status` alone.
 */
export type KeptFold = {
  readonly at: Instant;
  readonly steps: number;
  readonly body: unknown;
  readonly tail: readonly KeptEvent[];
  readonly past: ReadonlySet<string>;
};

/** A kept fold with the batch's own events: those that came into its tail, and the keys of those that left it. */
export type CarriedFold = KeptFold & { readonly added: readonly KeptEvent[]; readonly removed: readonly string[] };

/** What is to be kept of a task's fold from now on: nothing, another fold in place of what is stored, or the stored one with a changed tail. */
export type Keeping = { readonly scope: Scope; readonly token: Token } & (
  | { readonly kind: "nothing" }
  | { readonly kind: "fold"; readonly fold: KeptFold; readonly goesOn: boolean }
  | { readonly kind: "tail"; readonly added: readonly KeptEvent[]; readonly removed: readonly string[] }
);

/** All that bears on the tasks touched. */
export type TasksMaterial = {
  readonly tasks: readonly TaskMaterial[];
  readonly facts: readonly Fact[];
  readonly mentions: readonly Mention[];
  /** The tasks that exist, or did, for every token the facts may name. */
  readonly homes: Homes;
  /** Tracks of tasks that others may wait for, by `scope token`. */
  readonly tracks: ReadonlyMap<string, Track>;
  /**
   * Folds to go on from, by `rowKey`: of these tasks `facts` hold only what the batch is about, `stored.history` begins after `steps`, and
   * nothing of theirs is stated anew. Null: one is stored and not to be used. Left out where nothing is to be kept.
   */
  readonly kept?: { readonly limits: KeepLimits; readonly folds: ReadonlyMap<string, CarriedFold | null> };
};

export type AuditEntry = {
  readonly at: Instant;
  readonly actor: string | null;
  readonly action:
    | "plan.imported"
    | "plan.removed"
    | "task.created"
    | "task.status_changed"
    | "task.history_corrected"
    | "task.removed"
    | "task.restored"
    | "command.accepted"
    | "command.refused"
    | "config.changed"
    | "config.refused";
  readonly entityType: "plan" | "task" | "comment" | "configuration";
  readonly entityId: string;
  readonly before: unknown;
  readonly after: unknown;
  readonly cause: Cause | null;
};

/** `earlier` = how many transitions stand before those of `folded` and `stored`. */
export type DerivedTask = TaskMaterial & { readonly folded: FoldedTask; readonly earlier?: number };

/** What a batch of facts came to. `tasks` holds only those that differ from what is stored. */
export type Derived = {
  readonly tasks: readonly DerivedTask[];
  readonly audit: readonly AuditEntry[];
  readonly keepings: readonly Keeping[];
};
