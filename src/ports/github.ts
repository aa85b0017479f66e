/** GitHub as the flow needs it: the part of `ports.ts` that reads, looks for and writes what is there. Types only. */
import type { CheckAction, CheckText, FactId, Instant, LabelFact, PushAsked, Sha, SnapshotAsked } from "../core/words.ts";
import type { PastAsk, PastPage, Reading } from "./past.ts";

export type RepositoryAddress = {
  readonly repository: number;
  readonly installation: number;
  readonly owner: string;
  readonly name: string;
  readonly defaultBranch: string;
};

/** The text of a folder of task files as it was read last; null where it never was. What did not change since need not be fetched again. */
export type EarlierText = (path: string) => Promise<string | null>;

/** Each call answers with a reading for the inbox. Faults: retry (with the time GitHub named), or give up. A thing that is not there is a reading that says so. */
export interface Reader {
  /** The repository, its configuration, and every plan of its default branch as they stand now. */
  repository(at: RepositoryAddress, earlier?: EarlierText): Promise<Reading>;
  /** The named plans at one commit of the default branch (`backlog/`: a folder of task files). `time` is the commit's. */
  files(
    at: RepositoryAddress,
    ask: { readonly commit: Sha; readonly time: Instant; readonly paths: readonly string[] },
    earlier?: EarlierText,
  ): Promise<Reading>;
  /** A pull request's commits, changed files, and the plans and configuration files among them, at its head. `plans` = where some are known. */
  pull(
    at: RepositoryAddress,
    ask: { readonly number: number; readonly headSha: Sha; readonly plans?: () => Promise<readonly string[]> },
    earlier?: EarlierText,
  ): Promise<Reading>;
  /** Whether a label is called so no longer, and since when that is known. */
  label(at: RepositoryAddress, ask: { readonly about: FactId } & Pick<LabelFact, "label" | "was" | "name" | "actor">): Promise<Reading>;
  /** A pull request or an issue as it stands. A Fault where GitHub still shows it as it was before the time asked about. */
  snapshot(at: RepositoryAddress, ask: SnapshotAsked): Promise<Reading>;
  /** What a push brought and took that its delivery did not tell, and the plans asked for as they stand after it. */
  push(at: RepositoryAddress, ask: PushAsked, earlier?: EarlierText): Promise<Reading>;
  /** One page of what was there before the app, or happened while it was away. */
  past(at: RepositoryAddress, ask: PastAsk, earlier?: EarlierText): Promise<PastPage>;
  /** What time it is on GitHub. */
  clock(at: RepositoryAddress): Promise<Instant>;
  /** What a person may do in the repository. */
  permission(at: RepositoryAddress, ask: { readonly login: string; readonly about: string }): Promise<Reading>;
}

/** Where a plan stands on the default branch, and what has become of our proposal for it. `at` = when GitHub answered. */
export type PlanStanding = {
  readonly at: Instant;
  readonly head: Sha;
  /** Blobs of regular files by path: what is not there, is too large, or is reached through a symbolic link or a submodule, is missing. */
  readonly blobs: ReadonlyMap<string, Sha>;
  /** The commit that our branch points to; null where there is none. */
  readonly branch: { readonly head: Sha; readonly at: Instant; readonly message: string } | null;
  /** The newest pull request from our branch into the default branch. */
  readonly pull: {
    readonly number: number;
    readonly state: "open" | "closed" | "merged";
    readonly body: string;
    readonly labels: readonly string[];
  } | null;
};

/** Looks for what we may have written before we were killed. Own writes are recognised by app identity and our marker. */
export interface Finder {
  /** Null where the default branch has no commit. */
  plan(at: RepositoryAddress, ask: { readonly paths: readonly string[]; readonly branch: string }): Promise<PlanStanding | null>;
  /** As `PlanStanding.blobs`, at any commit. */
  blobs(at: RepositoryAddress, commit: Sha, paths: readonly string[]): Promise<ReadonlyMap<string, Sha>>;
  /** The text of a blob that `plan` told of. */
  text(at: RepositoryAddress, blob: Sha): Promise<string>;
  /** The newest of the latest commits on the default branch that touched this file whose message fits. */
  commit(
    at: RepositoryAddress,
    path: string,
    fits: (message: string) => boolean,
  ): Promise<{ readonly sha: Sha; readonly at: Instant } | null>;
  /** What a branch points to; null where there is none. */
  branch(at: RepositoryAddress, name: string): Promise<Sha | null>;
  comment(at: RepositoryAddress, issue: number, marker: string): Promise<number | null>;
  check(at: RepositoryAddress, sha: Sha, externalId: string): Promise<number | null>;
  issue(at: RepositoryAddress, marker: string): Promise<number | null>;
}

/** `files`: new texts by path; null takes the file away. */
export type NewCommit = {
  readonly branch: string;
  readonly onto: Sha;
  readonly headline: string;
  readonly body: string;
  readonly files: ReadonlyMap<string, string | null>;
};

/** Creating calls are made once; a Fault with `ambiguous` says that GitHub may have done it. Updating answers false where the thing is gone. */
export interface Writer {
  createComment(at: RepositoryAddress, issue: number, body: string): Promise<number>;
  updateComment(at: RepositoryAddress, comment: number, body: string): Promise<boolean>;
  createIssue(
    at: RepositoryAddress,
    issue: { readonly title: string; readonly body: string; readonly labels: readonly string[] },
  ): Promise<number>;
  createCheck(
    at: RepositoryAddress,
    check: CheckText & { readonly actions: readonly CheckAction[]; readonly name: string; readonly sha: Sha; readonly externalId: string },
  ): Promise<number>;
  updateCheck(
    at: RepositoryAddress,
    id: number,
    check: CheckText & { readonly actions: readonly CheckAction[]; readonly name: string },
  ): Promise<boolean>;
  /** Points a branch of ours to a commit, whatever it pointed to; makes it where `exists` is false. */
  placeBranch(at: RepositoryAddress, branch: { readonly name: string; readonly sha: Sha; readonly exists: boolean }): Promise<void>;
  deleteBranch(at: RepositoryAddress, name: string): Promise<void>;
  /** One commit on a branch that must still point to `onto`; "stale" where it does not. */
  commit(at: RepositoryAddress, commit: NewCommit): Promise<{ readonly sha: Sha; readonly at: Instant } | "stale">;
  createPull(
    at: RepositoryAddress,
    pull: { readonly title: string; readonly body: string; readonly head: string; readonly base: string },
  ): Promise<number>;
  updatePull(
    at: RepositoryAddress,
    number: number,
    change: { readonly title?: string; readonly body?: string; readonly state?: "closed" },
  ): Promise<boolean>;
  addLabels(at: RepositoryAddress, issue: number, labels: readonly string[]): Promise<boolean>;
  /** Idempotent on GitHub's side. False where the comment is gone. */
  react(at: RepositoryAddress, comment: number, reaction: "eyes" | "rocket" | "confused" | "+1"): Promise<boolean>;
}

export interface GitHub {
  readonly read: Reader;
  readonly find: Finder;
  /** Null in observe mode: then there is no way to write. */
  readonly write: Writer | null;
}
