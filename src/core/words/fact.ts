/** What happened on GitHub, in our words. */
import type { Instant, Scope, Sha, Status, Token } from "./basic.ts";
import type { Role } from "./configuration.ts";
import type { FactBase, FactId, Listable, Person, Thing } from "./fact-base.ts";
import type { IssueFact, LabelFact, PullFact, RelationFact, ReviewFact } from "./pull-and-issue-facts.ts";

/** A commit as it arrived on a branch by one push. `pushHead` is the commit the branch pointed to after that push. */
export type CommitFact = FactBase &
  Listable & {
    readonly kind: "commit";
    readonly sha: Sha;
    readonly branch: string;
    readonly pushHead: Sha;
    readonly message: string;
    readonly author: string | null;
    /** Paths added, modified or removed, as the push listed them. */
    readonly files: readonly string[];
  };

/**
 * A push, by what a branch pointed to before (null: it is new) and after. `listed` = the delivery told all its commits, which are facts of
 * their own, with all their files; else they are to be asked for.
 */
export type PushFact = FactBase & {
  readonly kind: "push";
  readonly branch: string;
  readonly before: Sha | null;
  readonly after: Sha;
  readonly forced: boolean;
  readonly listed: boolean;
  readonly actor: string | null;
};

/**
 * Commits that a push took off a branch. `as` = the commit of the same message and author that came with the same push: work that was only
 * moved onto something else lives on in it.
 */
export type VanishedFact = FactBase & {
  readonly kind: "vanished";
  readonly branch: string;
  readonly before: Sha;
  readonly after: Sha;
  readonly actor: string | null;
  readonly commits: readonly { readonly sha: Sha; readonly as: Sha | null }[];
};

/** Snapshot of a branch: where it points, or null when it is gone. */
export type BranchFact = FactBase &
  Listable & {
    readonly kind: "branch";
    readonly name: string;
    readonly head: Sha | null;
    readonly actor: string | null;
  };

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

/**
 * What GitHub said a person may do, asked for the sake of `about`: a pull request or an issue, or one saying of a comment or one act on
 * an issue by its fact, because whoever edits or closes may be somebody else, or somebody who may no longer do what he once could.
 */
export type PermissionFact = FactBase & {
  readonly kind: "permission";
  readonly about: Thing | FactId;
  readonly login: string;
  readonly role: Role;
};

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

/** A commit was deployed to an environment, and that went well. */
export type DeploymentFact = FactBase & {
  readonly kind: "deployment";
  readonly deployment: number;
  readonly sha: Sha;
  readonly ref: string;
  readonly environment: string;
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

/**
 * The pull request's own commits and changed files at one head. `texts` = plan and configuration files as they stand at that head, and
 * (`origin`) as they were where the branch set out from its base; absent where that is not known.
 */
export type PullContentFact = FactBase & {
  readonly kind: "pull-content";
  readonly number: number;
  readonly headSha: Sha;
  readonly commits: readonly { readonly sha: Sha; readonly message: string }[];
  readonly files: readonly string[];
  readonly texts: readonly { readonly path: string; readonly blob: Sha | null; readonly origin?: Sha | null }[];
  /** It has more commits or files than could be read. */
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

/** What one row of a plan was to say. `status` null = it is proposed no longer. */
export type ProposedRow = { readonly scope: Scope; readonly token: Token; readonly status: Status | null };

/** What we proposed to write into a plan file: by this commit of ours on this branch, or what we took back (`commit` is null). */
export type ProposalFact = FactBase & {
  readonly kind: "proposal";
  readonly path: string;
  readonly branch: string;
  readonly commit: Sha | null;
  readonly revision: string;
  readonly rows: readonly ProposedRow[];
};

/** The buttons of ours under a check. */
export type PressedAction = "re-read" | "ignore";

/**
 * Somebody pressed "Re-run" (`action` null) or a button on the check of this commit. `run` = the check run, null where all were asked for
 * again; it and `actor` are null in facts of old, too.
 */
export type RerequestFact = FactBase & {
  readonly kind: "rerequest";
  readonly headSha: Sha;
  readonly action: string | null;
  readonly run: number | null;
  readonly actor: string | null;
};

/** Something that happened on GitHub, in our words. Facts are added, never edited, and name no task: `derive` decides that. */
export type Fact =
  | PullFact
  | IssueFact
  | RelationFact
  | ReviewFact
  | LabelFact
  | CommitFact
  | PushFact
  | VanishedFact
  | BranchFact
  | CommentFact
  | PermissionFact
  | RunFact
  | DeploymentFact
  | PlanFact
  | ConfigurationFact
  | PullContentFact
  | RepositoryFact
  | MergeGroupFact
  | ProposalFact
  | RerequestFact;

export type FactKind = Fact["kind"];
