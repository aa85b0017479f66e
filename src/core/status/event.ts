import type { Cause, Fact, Instant, IssueName, PullState, ReviewFact, Sha, Status, Token } from "../words.ts";

/** What one fact means for one task. Events are sorted by (time, rank, id) and folded from left to right. */
export type TaskEvent = { readonly at: Instant; readonly rank: number; readonly id: string; readonly cause: Cause } & EventBody;

export type EventBody =
  /** A plan version states the row. */
  | { readonly kind: "row"; readonly status: Status }
  /** A command, a status line, or a commit on a completion branch states a status. `person` = said in a comment; `work` = that commit. */
  | { readonly kind: "stated"; readonly status: Status; readonly person: boolean; readonly work?: Work }
  /**
   * A commit, or a merge, on a completion branch takes work back: the one with one of these keys or, where what it names is not known, what
   * its words (`quoted`) must mean. `again` = what it takes back is a revert.
   */
  | {
      readonly kind: "reverted";
      readonly work: Work;
      readonly targets: readonly string[];
      readonly quoted: boolean;
      readonly again: boolean;
    }
  /** A push took a commit off the branch (or, `back`, brought it again). `as` = the place of the commit in which it lives on. */
  | { readonly kind: "vanished"; readonly place: string; readonly as: string | null; readonly back: boolean }
  /** A pull request as it stood; `names` = it still names the task. */
  | ({ readonly kind: "pull" } & PullEvent)
  /** A branch that names the task, or holds commits that do, exists or is gone. */
  | { readonly kind: "branch"; readonly name: string; readonly live: boolean; readonly names: boolean }
  /** A commit names the task: on a completion branch (`branch` null) for ever, elsewhere while its branch lives, while it lies there. */
  | {
      readonly kind: "touched";
      readonly branch: string | null;
      readonly work: Work;
      /** It names the task as its own work, and no pull request brought it along. */
      readonly bare: boolean;
      /** The id that the branch is named for, where the commit's subject names others alone. */
      readonly instead: string | null;
    }
  /** An issue as it stood. `links` = a label or its title names the task. */
  | {
      readonly kind: "issue";
      readonly number: number;
      readonly links: boolean;
      readonly label: Status | null;
      readonly blocked: string | null;
      readonly state: "open" | "closed" | "gone";
      readonly assignees: readonly string[];
      readonly milestone: string | null;
    }
  /** An issue that may be linked to the task waits for another or has it as its part, or does so no longer. `edge` names the pair. */
  | {
      readonly kind: "relation";
      readonly edge: string;
      readonly relation: "waits-for" | "part";
      readonly of: number;
      readonly other: IssueName;
      readonly stands: boolean;
    }
  /** The other end of such a relation, where it is an issue of this repository, as it stood. */
  | { readonly kind: "other-issue"; readonly number: number; readonly open: boolean }
  /** Someone who may reviewed a pull request. */
  | { readonly kind: "review"; readonly number: number; readonly verdict: ReviewFact["verdict"]; readonly reviewer: string }
  /** Someone who may closed an issue, or opened it again: it speaks for the task if it is linked to it, by its words or by a command before. */
  | { readonly kind: "issue-act"; readonly number: number; readonly links: boolean; readonly status: Status }
  /** From now on an issue is linked to the task whatever it says, or no longer. */
  | { readonly kind: "link"; readonly number: number; readonly linked: boolean }
  | { readonly kind: "block"; readonly on: Token | null; readonly reason: string }
  | { readonly kind: "unblock" }
  /** Whatever set the status last is taken back: `withoutUndone` finds what that was, the fold itself sees nothing. */
  | { readonly kind: "undo" }
  /** The newest result of a gate on a completion branch may have changed. */
  | {
      readonly kind: "gate";
      readonly workflow: string;
      readonly branch: string;
      readonly number: number;
      readonly attempt: number;
      readonly red: boolean | null;
    }
  /** A required workflow passed on a commit. */
  | { readonly kind: "passed"; readonly workflow: string; readonly sha: Sha }
  /** Work that names the task was deployed. */
  | { readonly kind: "released"; readonly environment: string }
  /** A task that this one waits for was finished, or opened again. */
  | { readonly kind: "blocker"; readonly token: Token; readonly finished: boolean };

/**
 * A piece of work as a branch has it: what it is called by whoever takes it back (`sha:<sha>`, `pull:<n>`), and the commit that has to lie on
 * the branch (`placeOf`; null where that is not known).
 */
export type Work = { readonly keys: readonly string[]; readonly place: string | null };

export const placeOf = (branch: string, sha: Sha): string => `${branch} ${sha}`;

export type PullEvent = {
  readonly number: number;
  readonly state: PullState;
  readonly names: boolean;
  /** Merging it is meant to complete the task. */
  readonly claims: boolean;
  /** Its base is a completion branch. */
  readonly completes: boolean;
  /** It is no stranger's, or a maintainer took it up. */
  readonly counts: boolean;
  /** The words that name the task, or no longer do, are a stranger's: once merged they stand as they were. */
  readonly strange: boolean;
  /** The naming is a sign of work, not bookkeeping. */
  readonly works: boolean;
  /** Why it claims nothing, though its title, a label or its branch names the task: its own words, or the repository's wish for a keyword. */
  readonly short: "words" | "keyword" | null;
  readonly openedAt: Instant;
  readonly mergedAt: Instant | null;
  readonly mergeSha: Sha | null;
  readonly headSha: Sha;
  readonly label: Status | null;
  readonly blocked: string | null;
  readonly work: Work;
};

/** Within one second: plan rows first, then work, then its end, then what people say. Terminal states rank last. */
export const ranks = {
  row: 0,
  branch: 1,
  commit: 2,
  issue: 3,
  opened: 4,
  closed: 5,
  merged: 6,
  gone: 6,
  run: 7,
  comment: 8,
  blocker: 9,
  released: 10,
  vanished: 11,
  returned: 12,
} as const;

/** How an issue that stands so ranks: closed after open, gone after both. */
export const rankOfIssue = (state: "open" | "closed" | "gone"): number => (state === "open" ? ranks.issue : ranks[state]);

export function inOrder(events: readonly TaskEvent[]): readonly TaskEvent[] {
  return [...events].sort((a, b) => a.at - b.at || a.rank - b.rank || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

/** Where a person can see a fact, relative to the repository's page. */
export function linkTo(fact: Fact): string | null {
  switch (fact.kind) {
    case "pull":
    case "pull-content":
    case "review":
      return `pull/${fact.number}`;
    case "issue":
      return `issues/${fact.number}`;
    case "relation":
      return `issues/${fact.of}`;
    case "comment":
      return `issues/${fact.issue}#issuecomment-${fact.comment}`;
    case "commit":
    case "deployment":
      return `commit/${fact.sha}`;
    case "push":
    case "vanished":
      return `commit/${fact.after}`;
    case "branch":
      return `tree/${fact.name}`;
    case "run":
      // A suite of another app's checks is no run of a workflow, and has no page of its own.
      return fact.event === "check_suite" ? `commit/${fact.headSha}` : `actions/runs/${fact.run}`;
    case "plan":
    case "configuration":
      return `commit/${fact.commit}`;
    default:
      return null;
  }
}
