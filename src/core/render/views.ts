/** The plain records that rendering takes: everything a text needs, loaded and decided by others. */
import type { Explanation } from "../evidence/explain-reading.ts";
import type { ConfigurationChange } from "../plan/configuration-change.ts";
import type { EditMeaning } from "../plan/edit-meaning.ts";
import type { Found } from "../schedule/findings.ts";
import type { Impact } from "../schedule/impact.ts";
import type { MilestoneProgress } from "../schedule/milestones.ts";
import type { Released } from "../schedule/released.ts";
import type { Schedule } from "../schedule/schedule.ts";
import type { Reverts } from "../schedule/taken-back.ts";
import type { Days } from "../schedule/timetable.ts";
import type { Why } from "../status/why.ts";
import type {
  Backfill,
  Board,
  BoardTask,
  Finding,
  History,
  IdWarning,
  Place,
  Problem,
  Reference,
  Role,
  Sha,
  Status,
  Token,
} from "../words.ts";

// ── the check run ─────────────────────────────────────────────────────────────────────────────

export type CheckView = {
  readonly kind: "pulls" | "merge-group";
  readonly sha: Sha;
  /** The repository's address for people, such as `https://github.com/o/r`. */
  readonly web: string;
  /** The open pull requests whose head this is, or those of the merge group. */
  readonly pulls: readonly PullView[];
  /** Why the newest version of a plan could not be read, so that an older state of it is reckoned with; null when all could. */
  readonly unreadable: string | null;
  readonly hasPlan: boolean;
  /** `check.fail_on` of the configuration: any of plan-errors, blocked-task, unknown-task, no-task. */
  readonly failOn: readonly string[];
};

export type PullView = {
  readonly number: number;
  readonly title: string;
  readonly base: string;
  /** A merge into the base can complete tasks. */
  readonly baseCompletes: boolean;
  /** The branches and globs where it can. */
  readonly completionBranches: readonly string[];
  /** The branch that plans and configuration are read from. */
  readonly planBranch: string;
  readonly draft: boolean;
  readonly fork: boolean;
  /** From a fork, by someone whose words do not count before a merge. */
  readonly stranger: boolean;
  /** Who asked to ignore what the check says of it; null where nobody did. */
  readonly ignoredBy: string | null;
  /** `[no-plan]` or `plan: ignore`. */
  readonly optedOut: boolean;
  readonly rows: readonly CheckRow[];
  readonly impact: Impact;
  /** What merging takes back, or gives back; among it tasks that it does not name. */
  readonly reverts: Reverts;
  /** Tasks whose holds end with the merge. */
  readonly released: readonly Released[];
  readonly warnings: readonly IdWarning[];
  readonly findings: readonly Finding[];
  readonly planEdits: readonly PlanEdit[];
  /** Null where it edits none that can be read. */
  readonly configurationEdit: ConfigurationEdit | null;
  readonly configurationProblems: readonly Problem[];
  /** Its commits and files have not been read. */
  readonly unread: boolean;
  /** How much of it was read, where it has more commits or files than can be; null where all was. */
  readonly truncated: { readonly commits: number; readonly files: number } | null;
};

/**
 * One task that a pull request names. `edit` = it adds the task itself, so that `before` is what the row says, or takes it out of the plan, so
 * that `after` says nothing. `note` = what keeps `after` from being what the words ask for, or what else bears on it; `why` = the
 * account of what it is now.
 */
export type CheckRow = {
  readonly task: BoardTask;
  readonly edit: "adds" | "removes" | null;
  readonly before: Status;
  readonly after: Status;
  readonly place: Place;
  readonly reference: Reference;
  readonly note: string | null;
  readonly why: Why;
};

/**
 * What a pull request does to one plan file. `shows` = the plan that the file only shows, so that its rows state nothing. `old` = those of
 * its problems that the file has already. `unreadable` = the plan stays as it is, because nobody can tell what this version says.
 */
export type PlanEdit = EditMeaning & {
  readonly unreadable: boolean;
  readonly shows: string | null;
  readonly problems: readonly Problem[];
  readonly old: readonly Problem[];
};

/** What a pull request does to the configuration: the keys of which the meaning differs, and milestones of it that are due on another day. */
export type ConfigurationEdit = ConfigurationChange & { readonly path: string };

// ── the plan summary ──────────────────────────────────────────────────────────────────────────

export type SummaryView = {
  readonly web: string;
  /** The default branch, for links to lines of the plan. */
  readonly branch: string;
  readonly board: Board;
  /** In which days are told: `summary.timezone`. */
  readonly timezone: string;
  /** In the order of `membersOf` this plan, as its forecasts in `schedule`. */
  readonly milestones: readonly MilestoneProgress[];
  /** Of all plans of the repository: they share their people. */
  readonly schedule: Schedule;
  /** When what is completed was worked on, where that is known, by `taskKey`. */
  readonly finished: ReadonlyMap<string, Days>;
  /** The open pull requests that name a task, by `taskKey`. */
  readonly pulls: ReadonlyMap<string, readonly number[]>;
  /** The most important first. */
  readonly findings: readonly Found[];
  /** The commit whose version of the plan could not be read, where `board.unreadable` says why. */
  readonly unreadableAt: Sha | null;
  /** The plan file is gone from the default branch (by this commit, where it is known). */
  readonly removed: { readonly commit: Sha | null } | null;
  /** What GitHub said when it refused to take the plan written back. */
  readonly notWrittenBack?: string;
};

// ── replies ───────────────────────────────────────────────────────────────────────────────────

/** The answers to the commands of one comment, in their order. */
export type ReplyView = {
  readonly comment: number;
  readonly web: string;
  readonly branch: string;
  readonly answers: readonly Answer[];
};

export type Answer =
  | { readonly kind: "accepted" }
  | { readonly kind: "plans"; readonly plans: readonly { readonly board: Board; readonly milestones: readonly MilestoneProgress[] }[] }
  | {
      readonly kind: "task";
      readonly board: Board;
      readonly task: BoardTask;
      readonly history: History;
      readonly findings: readonly Finding[];
    }
  /** `resting` = tasks under way or done that wait for this one, which is not finished any more. */
  | { readonly kind: "undone"; readonly board: Board; readonly task: BoardTask; readonly resting: readonly BoardTask[] }
  | { readonly kind: "why"; readonly board: Board; readonly task: BoardTask; readonly why: Why }
  | { readonly kind: "explained"; readonly text: string; readonly explanation: Explanation; readonly ids: ReadonlyMap<Token, string> }
  /** `backfill` null: it has been asked for, and has not begun. */
  | { readonly kind: "sync"; readonly backfill: Backfill | null }
  | { readonly kind: "help"; readonly commands: readonly CommandHelp[] }
  | { readonly kind: "refused"; readonly written: string; readonly refusal: Refusal };

/** One line of `/help`, in our own words: `does` is Markdown. `least` = the role it asks for, null for everyone. */
export type CommandHelp = { readonly usage: string; readonly does: string; readonly least: Role | null };

/** A request we decline. `written` (an id as typed) and `nearest` come from people. */
export type Refusal =
  | { readonly kind: "role"; readonly least: Role }
  | { readonly kind: "role-unknown"; readonly least: Role }
  | { readonly kind: "unknown-task"; readonly id: string; readonly nearest: readonly string[] }
  | { readonly kind: "ambiguous-task"; readonly id: string; readonly plans: readonly string[]; readonly names: readonly string[] }
  | { readonly kind: "unknown-status"; readonly status: string }
  | { readonly kind: "unknown-command"; readonly nearest: string | null }
  /** Any other reason, as a sentence. */
  | { readonly kind: "not-understood"; readonly problem: string }
  | { readonly kind: "no-plan" };

export type Reaction = "rocket" | "confused" | "eyes" | "+1";
export type Reply = { readonly text: string | null; readonly reaction: Reaction };
