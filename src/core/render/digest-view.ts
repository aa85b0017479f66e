import type { Happened, Slip } from "../schedule/digest.ts";
import type { Found } from "../schedule/findings.ts";
import type { Board, Instant } from "../words.ts";

/** What happened to a repository's plans from one time of the schedule to the next (`until`, which names the digest). */
export type DigestView = {
  readonly web: string;
  /** The default branch, for links to lines of the plans. */
  readonly branch: string;
  /** In which days are told: `summary.timezone`. */
  readonly timezone: string;
  readonly after: Instant;
  readonly until: Instant;
  readonly plans: readonly DigestPlan[];
  readonly slipping: readonly Slip[];
};

/** `stale` = the findings of that kind. */
export type DigestPlan = { readonly board: Board; readonly happened: Happened; readonly stale: readonly Found[] };
