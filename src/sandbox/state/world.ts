import type { Clock } from "../clock.ts";
import type { Objects, Sha } from "../git/objects.ts";
import type { Hooks } from "../hooks/hooks.ts";
import type { Role } from "../words.ts";
import type { Limits } from "./limits.ts";

/** Everything the sandbox remembers. The acts and the routes change it in place; nothing else does. */
export type World = {
  readonly url: string;
  readonly clock: Clock;
  readonly hooks: Hooks;
  readonly objects: Objects;
  readonly app: App;
  /** The app and whatever was registered by manifest, by id. */
  readonly apps: Map<number, App>;
  /** By code, until it is converted. */
  readonly manifests: Map<string, { readonly manifest: Readonly<Record<string, unknown>>; readonly expiresAt: number }>;
  readonly limits: Limits;
  /** By login in lower case. */
  readonly accounts: Map<string, Account>;
  readonly repositories: Map<number, Repository>;
  readonly installations: Map<number, Installation>;
  readonly tokens: Map<string, Token>;
  nextId(): number;
};

export type Account = { readonly id: number; readonly login: string; readonly type: "User" | "Bot" };

export type Permissions = Readonly<Record<string, "read" | "write">>;

export type App = {
  readonly id: number;
  readonly slug: string;
  readonly name: string;
  readonly owner: Account;
  readonly bot: Account;
  readonly publicKey: string;
  readonly permissions: Permissions;
  readonly events: readonly string[];
  readonly createdAt: number;
};

export type Installation = {
  readonly id: number;
  readonly account: Account;
  readonly repositories: Set<Repository>;
  readonly createdAt: number;
};

/** `repositories` null = all of the installation. `expiresAt` is by the machine's clock. */
export type Token = {
  readonly installation: Installation;
  readonly permissions: Permissions;
  readonly repositories: ReadonlySet<Repository> | null;
  readonly expiresAt: number;
};

export type Repository = {
  readonly id: number;
  readonly owner: Account;
  name: string;
  readonly formerNames: Set<string>;
  readonly private: boolean;
  readonly parent: Repository | null;
  readonly defaultBranch: string;
  readonly createdAt: number;
  updatedAt: number;
  pushedAt: number;
  /** By login in lower case. */
  readonly people: Map<string, Role>;
  readonly branches: Map<string, Sha>;
  /** Every commit that was ever pushed here or proposed by a pull request. */
  readonly commits: Set<Sha>;
  lastNumber: number;
  /** Pull requests are among them: they share numbers. */
  readonly issues: Map<number, Issue>;
  readonly comments: Map<number, Comment>;
  /** By name in lower case. */
  readonly labels: Map<string, Label>;
  readonly milestones: Map<number, Milestone>;
  readonly suites: Map<number, Suite>;
  readonly checks: Map<number, Check>;
  readonly runs: Run[];
  readonly groups: Map<Sha, MergeGroup>;
  readonly reviews: Map<number, Review>;
};

export type Label = { readonly id: number; name: string; color: string; description: string | null; readonly isDefault: boolean };

export type Milestone = {
  readonly id: number;
  readonly number: number;
  readonly title: string;
  readonly description: string | null;
  readonly creator: Account;
  readonly dueOn: number | null;
  readonly createdAt: number;
};

export type Issue = {
  readonly id: number;
  readonly number: number;
  readonly author: Account;
  readonly viaApp: boolean;
  title: string;
  body: string | null;
  state: "open" | "closed";
  reason: string | null;
  labels: readonly Label[];
  milestone: Milestone | null;
  assignees: readonly Account[];
  readonly createdAt: number;
  updatedAt: number;
  closedAt: number | null;
  closedBy: Account | null;
  /** Each closing and opening again, oldest first. */
  readonly acts: StateAct[];
  /** Issues that it waits for, and that are its parts. */
  waitsFor: readonly IssueEnd[];
  parts: readonly IssueEnd[];
  readonly pull: Pull | null;
};

export type StateAct = { readonly id: number; readonly event: "closed" | "reopened"; readonly at: number; readonly by: Account };
export type IssueEnd = { readonly repository: Repository; readonly issue: Issue };

export type Pull = {
  readonly id: number;
  readonly head: { readonly repository: Repository; readonly ref: string; sha: Sha };
  /** `sha` = the base branch when the pull request was last touched. */
  base: { readonly ref: string; sha: Sha };
  draft: boolean;
  mergedAt: number | null;
  mergedBy: Account | null;
  mergeSha: Sha | null;
};

/** A pull request with the issue it is. */
export type PullIssue = Issue & { readonly pull: Pull };

export type Comment = {
  readonly id: number;
  readonly issue: Issue;
  readonly author: Account;
  readonly viaApp: boolean;
  body: string;
  readonly createdAt: number;
  updatedAt: number;
  readonly reactions: Reaction[];
};

export type Review = {
  readonly id: number;
  readonly pull: PullIssue;
  readonly author: Account;
  readonly sha: Sha;
  readonly submittedAt: number;
  state: "approved" | "changes_requested" | "commented" | "dismissed";
};

export type Reaction = { readonly id: number; readonly content: string; readonly by: Account; readonly at: number };

/** The app's checks of one commit. */
export type Suite = {
  readonly id: number;
  readonly sha: Sha;
  readonly branch: string | null;
  readonly before: Sha | null;
  readonly createdAt: number;
  updatedAt: number;
  /** Asked for again: queued until the app completes a run. */
  reset: boolean;
};

export type Check = {
  readonly id: number;
  readonly suite: Suite;
  readonly sha: Sha;
  name: string;
  externalId: string;
  detailsUrl: string | null;
  status: string;
  conclusion: string | null;
  startedAt: number;
  completedAt: number | null;
  title: string | null;
  summary: string | null;
  text: string | null;
  readonly annotations: Annotation[];
};

export type Annotation = {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
  readonly startColumn: number | null;
  readonly endColumn: number | null;
  readonly level: string;
  readonly title: string | null;
  readonly message: string;
  readonly rawDetails: string | null;
};

export type Run = {
  readonly id: number;
  readonly workflow: { readonly id: number; readonly name: string; readonly file: string };
  readonly number: number;
  readonly branch: string;
  readonly sha: Sha;
  readonly event: string;
  readonly actor: Account;
  readonly headRepository: Repository;
  readonly createdAt: number;
  attempt: number;
  status: string;
  conclusion: string | null;
  startedAt: number;
  updatedAt: number;
};

/** Pull requests merged one after the other on a branch of the queue; `merges` = the commit of each. */
export type MergeGroup = {
  readonly headSha: Sha;
  readonly branch: string;
  readonly base: string;
  readonly baseSha: Sha;
  readonly merges: ReadonlyMap<PullIssue, Sha>;
};

export const isPull = (issue: Issue): issue is PullIssue => issue.pull !== null;
