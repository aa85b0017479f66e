/** The narrow interfaces between the flow and the world, in our words. Types only: nothing here runs. */
import type {
  Board,
  Configuration,
  ConfigurationVersion,
  Derived,
  Effect,
  Fact,
  FinishedWork,
  Instant,
  Mode,
  Move,
  PlanMaterial,
  Planned,
  PlanRow,
  Sha,
  TaskMaterial,
  TasksMaterial,
  Token,
} from "./core/words.ts";
import type { RepositoryAddress } from "./ports/github.ts";
import type { Milestones } from "./ports/milestones.ts";
import type { Backfills, Reading } from "./ports/past.ts";

export type { EarlierText, Finder, GitHub, NewCommit, PlanStanding, Reader, RepositoryAddress, Writer } from "./ports/github.ts";
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
