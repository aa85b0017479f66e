/** The smallest words: times, names, statuses, problems. */

/** Milliseconds since 1970-01-01T00:00:00Z, always taken from GitHub's clock. */
export type Instant = number;
/** A calendar date without a time zone, `YYYY-MM-DD`. */
export type IsoDate = string;
/** A git object name in lower-case hexadecimal. */
export type Sha = string;
/** A task id in the one form in which ids are compared: upper case, no zero padding (`auth-005` → `AUTH-5`). Made by `normalise`. */
export type Token = string;
/** The folder, tag or plan file in which an id is unique; for a single plan file its path. */
export type Scope = string;

export const statuses = ["todo", "in-progress", "completed", "blocked", "deferred"] as const;
export type Status = (typeof statuses)[number];

/** A task that asks for no more work. */
export const isFinished = (status: Status): boolean => status === "completed" || status === "deferred";

export type Severity = "error" | "warning" | "note";

/** Something wrong in content people wrote: collected with its place, never thrown. Lines and columns count from 1. */
export type Problem = {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly suggestion?: string;
};

/** The end of every switch over a union: a compile error when a case is missing. */
export function unreachable(value: never): never {
  throw new Error(`unreachable: ${JSON.stringify(value)}`);
}
