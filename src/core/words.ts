/**
 * The words every other file speaks (the glossary of ARCHITECTURE.md as types).
 * Nothing here runs but three small questions about statuses and an exhaustiveness guard.
 */

/** Milliseconds since 1970-01-01T00:00:00Z, always taken from GitHub's clock. */
export type Instant = number;
/** A calendar date without a time zone, `YYYY-MM-DD`. */
export type IsoDate = string;
/** A git object name in lower-case hexadecimal. */
export type Sha = string;
/** A task id in the one form in which ids are compared: upper case, no zero padding (`auth-005` → `AUTH-5`). Made by `normalise`. */
export type Token = string;
/** The folder, tag or plan file in which an id is unique; for a single plan file its path. */
export type Scope = string;

export const statuses = ["todo", "in-progress", "completed", "blocked", "deferred"] as const;
export type Status = (typeof statuses)[number];

/** A task that asks for no more work. */
export const isFinished = (status: Status): boolean => status === "completed" || status === "deferred";

// ── problems ──────────────────────────────────────────────────────────────────────────────────

export type Severity = "error" | "warning" | "note";

/** Something wrong in content people wrote: collected with its place, never thrown. Lines and columns count from 1. */
export type Problem = {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly suggestion?: string;
};

// ── plans ─────────────────────────────────────────────────────────────────────────────────────

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

// ── configuration ─────────────────────────────────────────────────────────────────────────────

export const roles = ["none", "read", "triage", "write", "maintain", "admin"] as const;
export type Role = (typeof roles)[number];
/** Whether someone with role `held` may do what asks for at least `least`. */
export const mayDo = (held: Role, least: Role): boolean => roles.indexOf(held) >= roles.indexOf(least);

export type Mode = "live" | "observe";

export type Gate = { readonly workflow: string; readonly tasks: readonly string[] };
export type PlanSetting = {
  readonly path: string;
  readonly snapshot: string | null;
  readonly aliases: Readonly<Record<string, string>>;
  readonly retired: readonly string[];
};
export type MilestoneSetting = { readonly title: string | null; readonly due: IsoDate | null; readonly tasks: readonly string[] };

/** `.github/plankeeper.yml`, every key filled in. Read by `readConfiguration`. */
export type Configuration = {
  readonly mode: Mode;
  readonly plans: readonly PlanSetting[];
  readonly completion: "title" | "keyword";
  /** Globs; empty means the default branch alone. */
  readonly completionBranches: readonly string[];
  readonly completionRequires: readonly string[];
  readonly gates: readonly Gate[];
  readonly dependencies: "show" | "block";
  readonly verbs: { readonly complete: readonly string[]; readonly link: readonly string[] };
  /** Label names (lower case) that set a status while they are on a linked issue or pull request; `blocked` ones hold. */
  readonly labels: Readonly<Partial<Record<Status, readonly string[]>>>;
  readonly milestones: Readonly<Record<string, MilestoneSetting>>;
  readonly summary: { readonly issue: number | "auto" | "off"; readonly schedule: string; readonly timezone: string };
  readonly check: { readonly failOn: readonly string[] };
  readonly writeBack: "off" | "pull-request" | "commit";
  readonly commands: Readonly<Record<"status" | "block" | "plan", Role>>;
  readonly capacity: { readonly hoursPerDay: number; readonly owners: Readonly<Record<string, number>> };
};

// ── facts ─────────────────────────────────────────────────────────────────────────────────────

export type FactId = string;
/** The thing a fact is about, `kind:name` (`pull:7`, `commit:<sha>`, `issue:3`, `branch:<name>`, `plan:<path>`). */
export type Thing = string;

export type Person = { readonly login: string; readonly id: number; readonly bot: boolean };

/** Fields of every fact. The id is `thing#hash of the canonical content`, so that one happening told twice is one fact. */
type FactBase = { readonly id: FactId; readonly thing: Thing; readonly at: Instant };

export type PullState = "draft" | "open" | "closed" | "merged";

/** Snapshot of a pull request. */
export type PullFact = FactBase & {
  readonly kind: "pull";
  readonly number: number;
  readonly state: PullState;
  readonly title: string;
  readonly body: string;
  readonly branch: string;
  readonly base: string;
  readonly headSha: Sha;
  readonly mergeSha: Sha | null;
  readonly openedAt: Instant;
  readonly mergedAt: Instant | null;
  readonly author: Person;
  /** The head lives in another repository. */
  readonly fork: boolean;
  readonly labels: readonly string[];
};

/** Snapshot of an issue (never of a pull request). */
export type IssueFact = FactBase & {
  readonly kind: "issue";
  readonly number: number;
  readonly state: "open" | "closed";
  readonly reason: string | null;
  readonly title: string;
  readonly body: string;
  readonly author: Person;
  readonly labels: readonly string[];
};

/** A commit as it arrived on a branch by one push. `pushHead` is the commit the branch pointed to after that push. */
export type CommitFact = FactBase & {
  readonly kind: "commit";
  readonly sha: Sha;
  readonly branch: string;
  readonly pushHead: Sha;
  readonly message: string;
  readonly author: string | null;
  /** Paths added, modified or removed, as the push listed them. */
  readonly files: readonly string[];
};

/** Snapshot of a branch: where it points, or null when it is gone. */
export type BranchFact = FactBase & { readonly kind: "branch"; readonly name: string; readonly head: Sha | null };

/** A comment as created, or as edited (then `before` is the text it had). */
export type CommentFact = FactBase & {
  readonly kind: "comment";
  readonly comment: number;
  readonly issue: number;
  readonly onPull: boolean;
  readonly author: Person;
  readonly text: string;
  readonly before: string | null;
};

/** What GitHub said a person may do, asked for the sake of one thing (a comment, a pull request, an issue). */
export type PermissionFact = FactBase & { readonly kind: "permission"; readonly login: string; readonly role: Role };

/** A finished workflow run. `own` = head and base repository are this one. */
export type RunFact = FactBase & {
  readonly kind: "run";
  readonly run: number;
  readonly workflow: string;
  readonly file: string;
  readonly branch: string;
  readonly headSha: Sha;
  readonly number: number;
  readonly attempt: number;
  readonly conclusion: string;
  readonly event: string;
  readonly own: boolean;
};

/** A version of a plan file on the default branch; `blob` is null where the commit removed it. `readAt` = when GitHub answered. */
export type PlanFact = FactBase & {
  readonly kind: "plan";
  readonly path: string;
  readonly commit: Sha;
  readonly blob: Sha | null;
  readonly readAt: Instant;
};

/** A version of the configuration on the default branch; `blob` is null where there is none. */
export type ConfigurationFact = FactBase & {
  readonly kind: "configuration";
  readonly path: string;
  readonly commit: Sha;
  readonly blob: Sha | null;
};

/** The pull request's own commits and changed files at one head. `texts` = plan and configuration files as they stand at that head. */
export type PullContentFact = FactBase & {
  readonly kind: "pull-content";
  readonly number: number;
  readonly headSha: Sha;
  readonly commits: readonly { readonly sha: Sha; readonly message: string }[];
  readonly files: readonly string[];
  readonly texts: readonly { readonly path: string; readonly blob: Sha | null }[];
  /** GitHub had more commits or files than it lists. */
  readonly truncated: boolean;
};

/** Where the repository is to be found, and whether the app is still in it. */
export type RepositoryFact = FactBase & {
  readonly kind: "repository";
  readonly repository: number;
  readonly installation: number;
  readonly owner: string;
  readonly name: string;
  readonly defaultBranch: string;
  readonly private: boolean;
  readonly present: boolean;
};

/** A merge queue's group asks for a check (`open`) or is gone. */
export type MergeGroupFact = FactBase & {
  readonly kind: "merge-group";
  readonly headSha: Sha;
  readonly base: string;
  readonly pulls: readonly number[];
  readonly open: boolean;
};

/** Somebody pressed "Re-run" or a button of ours on the check of this commit. */
export type RerequestFact = FactBase & { readonly kind: "rerequest"; readonly headSha: Sha; readonly action: string | null };

/** Something that happened on GitHub, in our words. Facts are added, never edited, and name no task: `derive` decides that. */
export type Fact =
  | PullFact
  | IssueFact
  | CommitFact
  | BranchFact
  | CommentFact
  | PermissionFact
  | RunFact
  | PlanFact
  | ConfigurationFact
  | PullContentFact
  | RepositoryFact
  | MergeGroupFact
  | RerequestFact;

export type FactKind = Fact["kind"];

// ── references ────────────────────────────────────────────────────────────────────────────────

export const places = ["commit", "title", "branch", "body", "comment", "label"] as const;
export type Place = (typeof places)[number];

export type Verb = "complete" | "mention" | "start" | "reopen" | "revert" | `status:${Status}`;
/** How a mention stood. Only bare ones may claim completion from a title, label or branch. */
export type Stance = "bare" | "linked" | "negated" | "question" | "merge" | "todo";

/** A mention resolved to an id the plan knows. Offsets count UTF-16 units of the text as given. */
export type Reference = {
  readonly token: Token;
  readonly verb: Verb;
  readonly stance: Stance;
  /** A linking word that is bookkeeping (`auto-block`, `depends on`, `see`): no sign of work on the task. */
  readonly idle: boolean;
  readonly start: number;
  readonly end: number;
  /** The words it was read from, as written. */
  readonly words: string;
  /** A plain sentence: why it was read so. */
  readonly because: string;
};

/** An id that looks like the plan's own but is not in it, with the nearest that are. */
export type IdWarning = { readonly text: string; readonly token: Token; readonly nearest: readonly string[]; readonly because: string };

export type TextReading = { readonly references: readonly Reference[]; readonly warnings: readonly IdWarning[] };

/** A command as written in a comment. `problem` = it cannot be carried out as written, and why. */
export type Command =
  | {
      readonly kind: "status";
      readonly token: Token | null;
      readonly written: string;
      readonly status: Status | null;
      readonly reason: string;
    }
  | { readonly kind: "block"; readonly token: Token; readonly written: string; readonly on: Token | null; readonly reason: string }
  | { readonly kind: "unblock"; readonly token: Token; readonly written: string }
  | { readonly kind: "help" }
  | { readonly kind: "unknown"; readonly written: string; readonly problem: string };

// ── what is derived ───────────────────────────────────────────────────────────────────────────

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

/** What blocks a task while it lasts. */
export type Hold = { readonly key: string; readonly since: Instant; readonly reason: string; readonly cause: Cause };

/** Something odd people should know of; never a status change. */
export type Finding = { readonly code: string; readonly token: Token; readonly message: string };

/** The derived state of one task. `since` and `cause` are those of its last transition. */
export type TaskState = {
  readonly status: Status;
  readonly since: Instant;
  readonly cause: Cause;
  /** The status without holds. */
  readonly underneath: Status;
  readonly holds: readonly Hold[];
  readonly findings: readonly Finding[];
  /** Anything beyond the plan file itself spoke of the task. */
  readonly evidence: boolean;
};

/** One task of the board: what the plan declares and what was derived. */
export type BoardTask = PlannedTask & { readonly scope: Scope; readonly state: TaskState };

/** The derived state of all tasks of one plan. `problem` = the newest version could not be read, so an older one stands. */
export type Board = {
  readonly path: string;
  readonly tasks: readonly BoardTask[];
  readonly milestones: readonly PlannedMilestone[];
  readonly risks: readonly PlannedRisk[];
  readonly problems: readonly Problem[];
  readonly unreadable: string | null;
};

// ── effects ───────────────────────────────────────────────────────────────────────────────────

/** A target on GitHub to bring up to date, or something to read there. Carries no text: it is made from the state at the time of performing. */
export type Effect =
  | { readonly kind: "check"; readonly sha: Sha; readonly again: FactId | null }
  | { readonly kind: "summary" }
  | { readonly kind: "reply"; readonly comment: number; readonly issue: number }
  | { readonly kind: "read-repository" }
  | { readonly kind: "read-files"; readonly commit: Sha; readonly at: Instant; readonly paths: readonly string[] }
  | { readonly kind: "read-pull"; readonly number: number; readonly headSha: Sha }
  | { readonly kind: "read-permission"; readonly login: string; readonly about: Thing };

/** A stable name for an effect inside its repository: two effects with one key are the same work. */
export function effectKey(effect: Effect): string {
  switch (effect.kind) {
    case "check":
      return `check:${effect.sha}`;
    case "summary":
      return "summary";
    case "reply":
      return `reply:${effect.comment}`;
    case "read-repository":
      return "read-repository";
    case "read-files":
      return `read-files:${effect.commit}`;
    case "read-pull":
      return `read-pull:${effect.number}:${effect.headSha}`;
    case "read-permission":
      return `read-permission:${effect.about}`;
    default:
      return unreachable(effect);
  }
}

// ── the world failing ─────────────────────────────────────────────────────────────────────────

/** What to do after the world failed: try again (at a time, or when the worker likes), or give up. */
export type NextStep = { readonly kind: "retry"; readonly at: Instant | null } | { readonly kind: "give-up" };

/** The network, GitHub or the database failed. Thrown; caught only by the worker and the HTTP edge. `ambiguous` = the far side may have done it all the same. */
export class Fault extends Error {
  readonly next: NextStep;
  readonly ambiguous: boolean;

  constructor(message: string, options: { readonly cause?: unknown; readonly next: NextStep; readonly ambiguous?: boolean }) {
    super(message, { cause: options.cause });
    this.name = "Fault";
    this.next = options.next;
    this.ambiguous = options.ambiguous ?? false;
  }
}

/** The end of every switch over a union: a compile error when a case is missing. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
