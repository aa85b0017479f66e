/** What can be odd about a task. A finding is said where people look, and never changes a status. */
import type { Severity, Token } from "./basic.ts";

/** `title` heads what is found, `mend` says what to do; both are Markdown of ours. The example is an id and the message made for it. */
type Entry = {
  readonly severity: Exclude<Severity, "error">;
  readonly title: string;
  readonly explanation: string;
  readonly example: string;
  readonly mend: string;
};

/** Every kind of finding, the most important first. Lists, reference page and tests are made from it. */
export const findings = {
  "id-taken-twice": {
    severity: "warning",
    title: "One new id for two tasks",
    explanation:
      "Two open pull requests add the same new id to a plan, with different titles. Once both are merged, nobody can tell which task a text means.",
    example: "AUTH-014: #7 and #8 each add a task with this id",
    mend: "Give one of them another id before both are merged.",
  },
  "retired-reused": {
    severity: "warning",
    title: "Retired ids in use",
    explanation:
      "The configuration lists an id as `retired`, but a row of the plan has it, or an open pull request or a commit of the last 10 days cites it. What was once said of the old task would count for the new one.",
    example: "AUTH-013: it is retired, but a row of the plan has it",
    mend: "Use a new id, or take this one off `retired`.",
  },
  "work-lost": {
    severity: "warning",
    title: "Completed by work that is gone",
    explanation:
      "What completed a task was reverted, or a forced push took it off the completion branch, and nobody has said since how the task stands. It is what it was before, or in progress.",
    example: "AUTH-005: what completed it was reverted by #9",
    mend: "Carry on; if the task is done all the same, `/done ID`.",
  },
  "built-on-reverted": {
    severity: "warning",
    title: "Built on reverted work",
    explanation: "A task is completed or under way, and the work on a task that it depends on was reverted.",
    example: "FE-004: it depends on AUTH-005, whose work was reverted",
    mend: "See whether it still holds without what was reverted.",
  },
  "completed-before-dependency": {
    severity: "warning",
    title: "Completed before what they depend on",
    explanation:
      "A task is completed while a task that it depends on is not. Deferred dependencies and recurring ones that are under way are let go.",
    example: "FE-004: it is completed, but AUTH-005, which it depends on, is todo",
    mend: "Complete or defer the dependency, or take it off the row.",
  },
  "merged-still-open": {
    severity: "warning",
    title: "Merged, but still open",
    explanation:
      "Work on a task was merged and nothing more is under way, yet the task is todo or in progress: the pull request only said “part of”, a keyword or a required workflow is missing, or commits that name the task came without a pull request and nothing followed for 3 days.",
    example: "AUTH-005: #7 was merged, but by its words (title: Part of AUTH-005) it completes nothing",
    mend: "If the task is finished, comment `/done ID`; if more is to come, `/start ID` says so.",
  },
  "merged-elsewhere": {
    severity: "warning",
    title: "Merged into another branch",
    explanation: "A pull request that claims a task was merged, but into a branch that is not a completion branch.",
    example: "AUTH-005: #7 was merged into a branch that completes nothing",
    mend: "The task is completed once the work reaches a completion branch by a pull request; `completion_branches` can name more of them.",
  },
  stale: {
    severity: "note",
    title: "Nothing heard for 10 days",
    explanation:
      "A task is in progress, and for 10 days (weekends counted) no commit, push, pull request, linked issue, command or edit of its status spoke of it or of a part of it. Recurring tasks are never stale. It is looked at once a day.",
    example: "AUTH-005: the last sign of work was a push on 2026-01-05",
    mend: "Carry on, or say how it stands: `/block ID why`, `/defer ID`, `/done ID`.",
  },
  "branch-and-commit-disagree": {
    severity: "note",
    title: "Commit and branch name different tasks",
    explanation:
      "The subject of a commit names one task, the branch it was pushed to is named for another. Merges, words such as “part of”, and parts of the branch's task do not count. It is said while the branch lives.",
    example: "AUTH-005: a commit names it, on a branch that is named for AUTH-003",
    mend: "Name the task that is meant in the title of the pull request: the title counts before branch and commits.",
  },
  "pull-after-completion": {
    severity: "note",
    title: "Work on completed tasks",
    explanation: "A pull request that claims a task is open, and the task is completed already.",
    example: "AUTH-005: #8 works on a task that is completed",
    mend: "If the task is not finished, comment `/reopen ID`.",
  },
  "changes-requested": {
    severity: "note",
    title: "Changes requested",
    explanation: "A review of an open pull request that names the task asks for changes, and nobody has taken that back.",
    example: "AUTH-005: #7: changes requested by mira",
    mend: "The pull request goes on once its reviewer approves it, or the review is dismissed.",
  },
  "partly-merged": {
    severity: "note",
    title: "Partly merged",
    explanation: "Of several pull requests that claim a task some are merged and some are open.",
    example: "AUTH-005: 1 of 2 pull requests merged",
    mend: "The task is completed once the others are merged or closed.",
  },
  "parts-open": {
    severity: "note",
    title: "Completed with sub-issues open",
    explanation: "A task is completed, and sub-issues of an issue that is linked to it are open.",
    example: "AUTH-005: completed, though 1 of 2 sub-issues of #3 is open",
    mend: "Close what is done, or take what is left over off the issue.",
  },
  "hold-on-finished": {
    severity: "note",
    title: "Held after they were finished",
    explanation: "Something blocks a task that was completed or deferred when that began, so its status stays.",
    example: "AUTH-005: waiting for keys, though the task was finished",
    mend: "`/reopen ID` takes the task up again; `/unblock ID` ends a hold that was said in a comment.",
  },
} as const satisfies Readonly<Record<string, Entry>>;

export type FindingCode = keyof typeof findings;

export const isFindingCode = (code: unknown): code is FindingCode => typeof code === "string" && Object.hasOwn(findings, code);

/** Where a finding stands among the others, the most important first. */
const rank: ReadonlyMap<string, number> = new Map(Object.keys(findings).map((code, index) => [code, index]));
export const rankOf = (code: FindingCode): number => rank.get(code) ?? rank.size;

/**
 * Something odd people should know of; never a status change. `link` = where a person can see it, relative to the repository, as in causes;
 * `id` = the id as written, where no row of the plan has it.
 */
export type Finding = {
  readonly code: FindingCode;
  readonly token: Token;
  readonly message: string;
  readonly link?: string;
  readonly id?: string;
};
