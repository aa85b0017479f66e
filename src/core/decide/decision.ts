import type { Derived, Effect, Fact, FactId, Planned, PullFact, TasksMaterial } from "../words.ts";

/** All that deciding looks at: what the batch brought, what it came to, and which paths are plan files. */
export type Decision = {
  readonly fresh: readonly Fact[];
  /** Those that were fetched from the past: they are taken in, and nothing is shown or read for their sake until all of it has come. */
  readonly past: ReadonlySet<FactId>;
  /** Rows that ask for the past to be read without being facts: the command line's. */
  readonly historyAskedBy?: readonly string[];
  readonly planned: Planned;
  readonly material: TasksMaterial;
  readonly derived: Derived;
  /** About the open pull requests that name a task which depends on one that moved. */
  readonly onDependants: readonly Fact[];
  readonly planPaths: ReadonlySet<string>;
};

export const check = (sha: string): Effect => ({ kind: "check", sha, again: null });

export const isOpen = (pull: PullFact): boolean => pull.state === "open" || pull.state === "draft";
