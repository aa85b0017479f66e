/** Readings, and how what happened before the app was there is read: the part of `ports.ts` that concerns the past. Types only. */
import type { Backfill, BackfillKind, Effect, Instant, IssueFact, PullFact, RelationFact, Sha, Thing } from "../core/words.ts";

/** A reading to be put into the inbox: unique by `id`, so that the same read told twice is one row. */
export type Reading = { readonly id: string; readonly kind: string; readonly body: unknown };

/** What of the past is known already and need not be read again. */
export type PastKnown = {
  /** Files and folders that are plans. */
  planPaths(): Promise<readonly string[]>;
  /** The commits whose version of a plan or configuration file is known. */
  versionsOf(path: string): Promise<ReadonlySet<Sha>>;
  /** Whether the commits and files of a pull request at this head are. */
  hasContent(pull: number, head: Sha): Promise<boolean>;
  /** Issues and pull requests that were open when they were last told of. */
  openThings(): Promise<readonly Thing[]>;
  /** An issue or a pull request as it was last told of; null where it never was. */
  issue(number: number): Promise<IssueFact | null>;
  pull(number: number): Promise<PullFact | null>;
  /** What issues wait for and consist of, as far as it stands. */
  edges(): Promise<readonly RelationFact[]>;
  /** Branches as they were last told of, and when, by name. */
  branches(): Promise<ReadonlyMap<string, KnownBranch>>;
};

export type KnownBranch = { readonly at: Instant; readonly live: boolean };

/** `cursor` = what the page before it answered; null for the first one. */
export type PastAsk = {
  readonly kind: Exclude<BackfillKind, "statuses">;
  readonly cursor: unknown;
  readonly since: Instant;
  readonly known: PastKnown;
};

/** `cursor` null = it was the last one. `restUntil` = only GitHub's quota for daily work is left until then. */
export type PastPage = {
  readonly readings: readonly Reading[];
  readonly cursor: unknown;
  readonly items: number;
  readonly left: number | null;
  readonly restUntil: Instant | null;
};

/** Where a backfill goes on: its first kind that is not done, from the cursor on. */
export type BackfillStep = { readonly kind: BackfillKind; readonly cursor: unknown; readonly since: Instant };

/** How far the reading of a repository's past has come. What moves it on moves it in one transaction. */
export interface Backfills {
  /** Null where none was ever asked for. */
  of(repository: number): Promise<Backfill | null>;
  /** Begins one, unless one is running (then whoever asked is only remembered), this request had one, or (without a request) there ever was one. */
  begin(repository: number, ask: { readonly request: string | null; readonly since: Instant }): Promise<void>;
  /** Null where there is nothing to be done. */
  next(repository: number): Promise<BackfillStep | null>;
  /** Stores a page and moves on behind it. False where another process did so before. */
  advance(repository: number, step: BackfillStep, page: PastPage): Promise<boolean>;
  /** What went wrong; `final`: this kind is left at that. `notBefore` = when it goes on, where that is known. */
  stumble(
    repository: number,
    step: BackfillStep,
    trouble: { readonly error: string | null; readonly final: boolean; readonly notBefore: Instant | null },
  ): Promise<void>;
  /** Whether what was read waits to be drained. */
  isWaiting(repository: number): Promise<boolean>;
  openHeads(repository: number): Promise<readonly Sha[]>;
  openThings(repository: number): Promise<readonly Thing[]>;
  edges(repository: number): Promise<readonly RelationFact[]>;
  branches(repository: number): Promise<ReadonlyMap<string, KnownBranch>>;
  /** Ends it, and asks for what is to be shown. */
  finish(repository: number, effects: readonly Effect[]): Promise<void>;
}
