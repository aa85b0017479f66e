/** What happened to pull requests and issues. */
import type { Instant, Sha } from "./basic.ts";
import type { Role } from "./configuration.ts";
import type { FactBase, Listable, Person, Settling } from "./fact-base.ts";

export type PullState = "draft" | "open" | "closed" | "merged";

/** Snapshot of a pull request. */
export type PullFact = FactBase &
  Listable &
  Settling & {
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
    /** Who did what brought it to this state, where the delivery says. */
    readonly actor: string | null;
    /** The head lives in another repository. */
    readonly fork: boolean;
    readonly labels: readonly string[];
  };

/** Snapshot of an issue (never of a pull request). "gone" = deleted, or transferred to another repository. */
export type IssueFact = FactBase &
  Listable &
  Settling & {
    readonly kind: "issue";
    readonly number: number;
    readonly state: "open" | "closed" | "gone";
    /** What the delivery tells that a person just did to its state; null for any other change, and for what a bot did. */
    readonly act: "closed" | "reopened" | null;
    readonly reason: string | null;
    readonly title: string;
    readonly body: string;
    readonly author: Person;
    /** Who did what brought it to this state, where the delivery says. */
    readonly actor: string | null;
    readonly labels: readonly string[];
    /** Logins, sorted. */
    readonly assignees: readonly string[];
    /** The title of its milestone. */
    readonly milestone: string | null;
  };

/** An issue that may belong to a milestone, and what its author may do; null while that was not read. */
export type Candidate = { readonly issue: IssueFact; readonly role: Role | null };

/** An issue as people write it: `#7`, or `owner/name#7` where it lives in another repository. */
export type IssueName = { readonly repository: string | null; readonly number: number };

/**
 * An issue of this repository (`of`) waits for another one, or has it as its part; or does so no longer. GitHub tells each such act twice,
 * once from each end: both are about one thing, which is named by the database ids of the two.
 */
export type RelationFact = FactBase &
  Listable & {
    readonly kind: "relation";
    readonly relation: "waits-for" | "part";
    readonly of: number;
    readonly other: IssueName;
    readonly stands: boolean;
    readonly actor: string | null;
  };

/** Somebody reviewed a pull request, or his review was dismissed. */
export type ReviewFact = FactBase &
  Listable & {
    readonly kind: "review";
    readonly review: number;
    readonly number: number;
    readonly verdict: "approved" | "changes-requested" | "commented" | "dismissed";
    readonly reviewer: Person;
  };

/**
 * A label was given another name, or taken off everything (`name` null). GitHub tells neither for each issue, and says no time: a reading
 * tells when it was so (`read`); before that nobody knows, and it changes nothing.
 */
export type LabelFact = FactBase & {
  readonly kind: "label";
  readonly label: number;
  readonly was: string;
  readonly name: string | null;
  readonly actor: string | null;
  readonly read: boolean;
};
