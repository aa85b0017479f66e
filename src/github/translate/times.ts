import type { Instant } from "../../core/words.ts";

type Repository = { readonly pushed_at?: Instant | null | undefined; readonly updated_at?: Instant | null | undefined };

/**
 * The one table of where the time of each event comes from: always GitHub's clock, never the time of receipt, which says only how
 * late a delivery was.
 */
export const timeOf = {
  /** `updated_at` is the time of the change told; a closing is dated by itself, so that a later touch cannot move it. */
  pull: (action: string, pull: { readonly updated_at: Instant; readonly closed_at: Instant | null }): Instant =>
    action === "closed" ? earliest(pull.updated_at, pull.closed_at) : pull.updated_at,

  issue: (issue: { readonly updated_at: Instant }): Instant => issue.updated_at,

  /** An edge has no time: the newest of its two ends, which both its deliveries show, was touched by making or ending it. */
  relation: (of: { readonly updated_at: Instant }, other: { readonly updated_at: Instant }): Instant =>
    Math.max(of.updated_at, other.updated_at),

  /** A dismissed review keeps the time at which it was given; the pull request shows when it was dismissed. */
  review: (
    action: string,
    review: { readonly submitted_at?: Instant | null | undefined },
    pull: { readonly updated_at: Instant },
  ): Instant => (action === "dismissed" ? pull.updated_at : (review.submitted_at ?? pull.updated_at)),

  comment: (action: string, comment: { readonly created_at: Instant; readonly updated_at: Instant }): Instant =>
    action === "created" ? comment.created_at : comment.updated_at,

  /** Branches have no times of their own; `pushed_at` is that of the newest push when GitHub wrote the payload. */
  push: (repository: Repository): Instant => required(repository.pushed_at ?? repository.updated_at),
  create: (repository: Repository): Instant => required(repository.pushed_at ?? repository.updated_at),
  delete: (repository: Repository): Instant => required(repository.pushed_at ?? repository.updated_at),

  /** A commit's own time is its writer's to choose, but it was not there after the push that brought it. */
  commit: (timestamp: Instant | null, pushed: Instant): Instant => earliest(pushed, timestamp),

  /** The payload shows no more than the repository's newest push; a reading of the label tells when it was found changed. */
  label: (repository: Repository): Instant => required(repository.pushed_at ?? repository.updated_at),

  run: (run: { readonly updated_at: Instant }): Instant => run.updated_at,

  deployment: (status: { readonly created_at: Instant }): Instant => status.created_at,

  /** A group that is gone is told with the same commit as when it came, so the repository's newest push says when. */
  mergeGroup: (action: string, group: { readonly head_commit: { readonly timestamp: Instant } }, repository: Repository): Instant =>
    action === "destroyed" ? Math.max(group.head_commit.timestamp, repository.pushed_at ?? 0) : group.head_commit.timestamp,

  /** A press has no time; the check it was pressed on does. */
  checkRun: (run: { readonly completed_at?: Instant | null | undefined; readonly started_at?: Instant | null | undefined }): Instant =>
    required(run.completed_at ?? run.started_at),
  checkSuite: (suite: { readonly updated_at: Instant }): Instant => suite.updated_at,

  installation: (installation: { readonly updated_at: Instant; readonly suspended_at?: Instant | null | undefined }): Instant =>
    Math.max(installation.updated_at, installation.suspended_at ?? 0),

  repository: (repository: { readonly updated_at: Instant }): Instant => repository.updated_at,
} as const;

const earliest = (sure: Instant, other: Instant | null): Instant => (other === null ? sure : Math.min(sure, other));

function required(at: Instant | null | undefined): Instant {
  if (at === null || at === undefined) throw new TypeError("the payload names no time");
  return at;
}
