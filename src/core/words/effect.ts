/** What is to be brought up to date on GitHub, or read there. */
import type { Instant, Sha } from "./basic.ts";
import { unreachable } from "./basic.ts";
import type { FactId, Thing } from "./fact-base.ts";
import type { LabelFact } from "./pull-and-issue-facts.ts";

/** A target on GitHub to bring up to date, or something to read there. Carries no text: it is made from the state at the time of performing. */
export type Effect =
  /** `fallback` = only if nothing has been written for this commit in the meantime: should what it waits for never be read. `moved` = for the sake of what the base got alone. */
  | { readonly kind: "check"; readonly sha: Sha; readonly again: FactId | null; readonly fallback?: true; readonly moved?: true }
  /** What became of promises, on the checks that made them: of this commit, or (null) wherever one is not kept yet. */
  | { readonly kind: "outcomes"; readonly sha: Sha | null }
  | { readonly kind: "summary" }
  /** What happened until a time of the schedule, once. */
  | { readonly kind: "digest"; readonly at: Instant }
  /** What the blocked tasks that an issue speaks for hold up, in that issue; or (null) wherever such a comment stands. */
  | { readonly kind: "blocker"; readonly issue: number | null }
  /** Where milestones stand, in the issues where that is told; `make` = also in those where it is not told yet. */
  | { readonly kind: "milestones"; readonly make: boolean }
  | { readonly kind: "reply"; readonly comment: number; readonly issue: number }
  /** What the board knows and a plan file does not goes back into it. */
  | { readonly kind: "write-back"; readonly path: string }
  | { readonly kind: "read-repository" }
  /** Begins to read the repository's history: because of a fact (a command, the app's return) or a row of the command line's, or where it was never read. */
  | { readonly kind: "backfill"; readonly request: string | null }
  /** Reads on: one page of it. */
  | { readonly kind: "backfill-page" }
  | { readonly kind: "read-files"; readonly commit: Sha; readonly at: Instant; readonly paths: readonly string[] }
  /** What a push did that its delivery does not tell: what it took off the branch, and what it brought unless that was `listed`. */
  | ({ readonly kind: "read-push" } & PushAsked)
  | { readonly kind: "read-pull"; readonly number: number; readonly headSha: Sha }
  /** When a label came to be called otherwise, or was gone. */
  | ({ readonly kind: "read-label"; readonly about: FactId } & Pick<LabelFact, "label" | "was" | "name" | "actor">)
  /** How a pull request or issue stands whose snapshots of one second differ. */
  | { readonly kind: "read-snapshot"; readonly of: SnapshotAsked["of"]; readonly number: number }
  | { readonly kind: "read-permission"; readonly login: string; readonly about: Thing | FactId };

/** A pull request or issue to ask GitHub about. `at` = the second in question, `settles` = its snapshots as they are known. */
export type SnapshotAsked = {
  readonly of: "pull" | "issue";
  readonly number: number;
  readonly at: Instant;
  readonly settles: readonly FactId[];
};

/** A push to ask GitHub about. `paths` = the plans that are to be read as they stand after it, and whose commits are to be told apart. */
export type PushAsked = {
  readonly branch: string;
  readonly before: Sha | null;
  readonly after: Sha;
  readonly at: Instant;
  readonly forced: boolean;
  readonly listed: boolean;
  readonly actor: string | null;
  readonly paths: readonly string[];
};

/** How long a fallback waits, in seconds: long enough for a reading to be taken and drained, short enough for people to wait. */
const fallbackSeconds = 15;

/** Of the base's changes, for how many seconds after the first one those are gathered that a check may have to tell. */
const movedSeconds = 60;

/** Changes of a plan gather until none came for so many seconds, but no longer than the most. */
const quietSeconds = 60;
const mostQuietSeconds = 600;

/** Labels come and go in the same minute, and a new comment sends mail to everybody in the issue. */
const blockerSeconds = 60;

/** Comparing the comments on milestones takes the whole plan, and a busy team moves tasks all day. */
const milestoneSeconds = 30;

/** So that the second is over, and all that happened in it told: deliveries of one act are sent one after the other. */
const snapshotSeconds = 2;

/** When an effect is performed, in seconds: `delay` after it was asked for; asked for again, `delay` after that, but at most `most` after the first time. */
export type Delay = { readonly delay: number; readonly most: number };

export function delayOf(effect: Effect): Delay {
  if (effect.kind === "write-back") return { delay: quietSeconds, most: mostQuietSeconds };
  if (effect.kind === "blocker" && effect.issue !== null) return { delay: blockerSeconds, most: blockerSeconds };
  // An issue comes to belong to a milestone as a task comes to be blocked: perhaps for a moment only.
  if (effect.kind === "milestones")
    return effect.make ? { delay: blockerSeconds, most: mostQuietSeconds } : { delay: milestoneSeconds, most: milestoneSeconds };
  const delay = effect.kind === "check" ? checkSeconds(effect) : effect.kind === "read-snapshot" ? snapshotSeconds : 0;
  return { delay, most: delay };
}

function checkSeconds({ fallback, moved }: Extract<Effect, { kind: "check" }>): number {
  if (fallback === true) return fallbackSeconds;
  return moved === true ? movedSeconds : 0;
}

/** A stable name for an effect inside its repository: two effects with one key are the same work. */
export function effectKey(effect: Effect): string {
  switch (effect.kind) {
    case "check":
      if (effect.fallback === true) return `check:${effect.sha}:fallback`;
      // A key of its own, because of two jobs with one key the later takes the earlier one's place: whoever asked for another run gets it.
      if (effect.again !== null) return `check:${effect.sha}:again`;
      // Likewise: what has to be shown at once must not wait behind what may wait.
      return effect.moved === true ? `check:${effect.sha}:moved` : `check:${effect.sha}`;
    case "outcomes":
      return effect.sha === null ? "outcomes" : `outcomes:${effect.sha}`;
    case "summary":
      return "summary";
    case "digest":
      return `digest:${effect.at}`;
    case "blocker":
      return effect.issue === null ? "blockers" : `blocker:${effect.issue}`;
    case "milestones":
      return effect.make ? "milestones:make" : "milestones";
    case "reply":
      return `reply:${effect.comment}`;
    case "write-back":
      return `write-back:${effect.path}`;
    case "read-repository":
      return "read-repository";
    case "backfill":
      return `backfill:${effect.request ?? "first"}`;
    case "backfill-page":
      return "backfill-page";
    case "read-files":
      return `read-files:${effect.commit}`;
    case "read-push":
      return `read-push:${effect.branch}:${effect.before ?? "new"}:${effect.after}:${effect.at}`;
    case "read-pull":
      return `read-pull:${effect.number}:${effect.headSha}`;
    case "read-label":
      return `read-label:${effect.about}`;
    case "read-snapshot":
      return `read-snapshot:${effect.of}:${effect.number}`;
    case "read-permission":
      return `read-permission:${effect.about}`;
    default:
      return unreachable(effect);
  }
}
