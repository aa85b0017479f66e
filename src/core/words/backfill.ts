/** Reading what happened before the app was there. */
import type { Instant } from "./basic.ts";

/** What is read of a repository's history, in this order; `statuses` = what was read is drained and shown. */
export const backfillKinds = ["plans", "merged", "closed", "open", "commits", "branches", "statuses"] as const;
export type BackfillKind = (typeof backfillKinds)[number];

/** How far one kind has come. `left` = about how many are still to be read, null where nobody knows. */
export type BackfillStage = {
  readonly kind: BackfillKind;
  readonly state: "waiting" | "done" | "failed";
  readonly done: number;
  readonly left: number | null;
  /** What went wrong last. */
  readonly error: string | null;
  /** Nothing more is read before this time, to leave GitHub's quota to daily work. */
  readonly notBefore: Instant | null;
};

/**
 * A repository's backfill. `requests` = who asked for it, and whoever did so while it was running. `stopped` = its next page failed too often:
 * nothing goes on before somebody asks again.
 */
export type Backfill = {
  readonly since: Instant;
  readonly requests: readonly string[];
  readonly stages: readonly BackfillStage[];
  readonly stopped: boolean;
};

export const isRunning = (backfill: Backfill): boolean => !backfill.stopped && backfill.stages.some((stage) => stage.state === "waiting");
