/** The narrow interfaces between the flow and the world, in our words. Types only: nothing here runs. */
import type {
  Board,
  CheckAction,
  CheckText,
  Configuration,
  ConfigurationVersion,
  Derived,
  Effect,
  Fact,
  FactId,
  FinishedWork,
  Instant,
  LabelFact,
  Mode,
  Move,
  PlanMaterial,
  Planned,
  PlanRow,
  PushAsked,
  Sha,
  SnapshotAsked,
  TaskMaterial,
  TasksMaterial,
  Token,
} from "./core/words.ts";
import type { Milestones } from "./ports/milestones.ts";
import type { Backfills, PastAsk, PastPage, Reading } from "./ports/past.ts";

export type { MilestoneComment, Milestones } from "./ports/milestones.ts";
export type { BackfillStep, Backfills, KnownBranch, PastAsk, PastKnown, PastPage, Reading } from "./ports/past.ts";

// ── receipt ───────────────────────────────────────────────────────────────────────────────────

/** One verified webhook, as received. `body` is kept byte for byte. */
export type Delivery = { readonly id: string; readonly event: string; readonly body: Buffer };

/** Stores deliveries durably. Resolves only after the commit; throws a Fault when the database does not answer in time. */
export interface Receipt {
  /** `known` = this delivery id was stored before (a parked one is opened again). */
  add(delivery: Delivery): Promise<"stored" | "known">;
}

// ── inbox and lanes ───────────────────────────────────────────────────────────────────────────

/** A waiting row of the inbox: a webhook (`event` is GitHub's name) or a reading of ours (`event` = `reading.<kind>`). */
export type InboxRow = {
  readonly row: number;
  readonly id: string;
  readonly event: string;
  readonly body: Buffer;
  readonly receivedAt: Instant;
  readonly attempts: number;
  /** False: fetched from the past, and drained after what happens now. */
  readonly live: boolean;
};

/**
 * An installation as a whole stopped, or began again, to be ours: it concerns every repository of it that we know. One that is `deleted` does
 * not come back (whoever installs the app again has another), so that everything known of it is to be forgotten.
 */
export type InstallationNews = {
  readonly installation: number;
  readonly present: boolean;
  readonly deleted: boolean;
  readonly at: Instant;
};

/**
 * What a row meant: facts by repository, plan texts by blob sha, where the repository is to be found (`from`: enough to ask for more),
 * and news of an installation; or why it could not be read.
 */
export type Translation =
  | {
      readonly row: number;
      readonly delivery: string;
      readonly told: readonly { readonly repository: number; readonly fact: Fact }[];
      readonly texts: ReadonlyMap<Sha, string>;
      readonly from: Omit<RepositoryAddress, "defaultBranch"> | null;
      readonly news: InstallationNews | null;
      /** What a row of ours asks for: that everything known of the repository is derived again, because other rules had a hand in it; that its past is read. */
      readonly asks?: "again" | "history";
    }
  | { readonly row: number; readonly delivery: string; readonly unreadable: string };

export interface Translator {
  /** GitHub's words → facts. Never touches the network or the clock. One answer a row, in the rows' order. */
  translate(rows: readonly InboxRow[]): Promise<readonly Translation[]>;
}

// ── GitHub ────────────────────────────────────────────────────────────────────────────────────

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

/** A locked lane, inside one transaction: what it yields and takes is seen by nobody else until `commit` has resolved. */
export interface LockedLane {
  readonly rows: readonly InboxRow[];
  /** Stores texts, facts and mentions, hands other repositories their facts, and answers with the facts that are new here. */
  remember(translations: readonly Translation[]): Promise<readonly Fact[]>;
  plans(fresh: readonly Fact[]): Promise<PlanMaterial>;
  /** Writes what the plans now declare, so that `tasks` sees it. */
  declare(planned: Planned): Promise<void>;
  tasks(planned: Planned, fresh: readonly Fact[]): Promise<{ readonly material: TasksMaterial; readonly planPaths: ReadonlySet<string> }>;
  /** Facts about open pull requests that name a task which depends on one of these. */
  pullsOnDependants(planned: Planned, tasks: readonly TaskMaterial[]): Promise<readonly Fact[]>;
  /** Statuses, histories, audit, effects, and the rows marked done: all or nothing. */
  commit(outcome: { readonly derived: Derived; readonly planned: Planned; readonly effects: readonly Effect[] }): Promise<void>;
}

// ── performing ────────────────────────────────────────────────────────────────────────────────

/** One effect to carry out for one repository. */
export type Job = { readonly repository: number; readonly effect: Effect };

/** What we wrote on GitHub. `state` = "writing": a call may have been made whose answer we never recorded. */
export type Post = {
  readonly remote: number | null;
  readonly hash: string;
  readonly again: string | null;
  /** Hash of the annotations a check run was given; null for everything else. */
  readonly annotations: string | null;
  readonly state: "writing" | "written" | "observed";
  readonly at: Instant;
  /** What was remembered with it, as it was given. */
  readonly body: unknown;
};

/** What is known of a repository as a whole. */
export type RepositoryState = {
  readonly address: RepositoryAddress;
  readonly configurations: readonly ConfigurationVersion[];
  readonly configuration: Configuration;
  readonly boards: readonly Board[];
  readonly plans: readonly PlanRow[];
  /** When it was last looked at for the sake of what falls due by the clock alone; null where it never was. */
  readonly lookedAt: Instant | null;
};

/** What an effect needs to know and to remember. Reads the present state; writes only `posts` and the inbox. */
export interface Store {
  /** Null where the app has left the repository. */
  address(repository: number): Promise<RepositoryAddress | null>;
  /** As the repository's configuration in force says. */
  mode(repository: number): Promise<Mode>;
  state(repository: number): Promise<RepositoryState | null>;
  /** Facts about these things, and of these tasks all that bears on them. */
  factsAbout(repository: number, things: readonly string[]): Promise<readonly Fact[]>;
  /** Facts about whatever names one of these ids, whether there are tasks with them or not. */
  factsNaming(repository: number, tokens: readonly Token[]): Promise<readonly Fact[]>;
  /** As `factsNaming`, of pull requests alone: of a task under way these are few. */
  pullsNaming(repository: number, tokens: readonly Token[]): Promise<readonly Fact[]>;
  pullsAt(repository: number, head: Sha): Promise<readonly number[]>;
  /** Open pull requests that edit plan files or the configuration, the newest hundred. */
  openPlanEdits(repository: number): Promise<readonly number[]>;
  materialOf(repository: number, tokens: readonly Token[]): Promise<TasksMaterial>;
  /** What is named by the work that these facts take back, and by what took it back before. */
  namedByUndone(repository: number, facts: readonly Fact[]): Promise<readonly Token[]>;
  /** The tasks with these tokens as they are stored, and perhaps a few more. */
  tasksOf(repository: number, tokens: readonly Token[]): Promise<readonly TaskMaterial[]>;
  /** Transitions of tasks that stand in a plan, after one time and until another, oldest first. */
  moves(repository: number, time: { readonly after: Instant; readonly until: Instant }): Promise<readonly Move[]>;
  texts(blobs: readonly Sha[]): Promise<ReadonlyMap<Sha, string>>;
  /** The histories of completed tasks. */
  finishedWork(repository: number): Promise<readonly FinishedWork[]>;
  post(repository: number, key: string): Promise<Post | null>;
  /** What was written on commits whose checks promised something that has not happened since the merge. */
  unkept(repository: number): Promise<readonly { readonly sha: Sha; readonly body: unknown }[]>;
  /** Issues with a comment that says what their blocked tasks hold up. */
  blockerComments(repository: number): Promise<readonly number[]>;
  rememberPost(repository: number, key: string, post: Omit<Post, "at" | "annotations">): Promise<void>;
  addReading(repository: number, reading: Reading): Promise<void>;
  readonly backfills: Backfills;
  readonly milestones: Milestones;
}
