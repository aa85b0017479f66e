import { iso } from "../clock.ts";
import { announce } from "../hooks/announce.ts";
import { type Json, renderAccount } from "../render/account.ts";
import { issuePage } from "../render/issue.ts";
import { renderPullBriefly } from "../render/pull.ts";
import { apiUrl, nodeId } from "../render/urls.ts";
import { associationOf } from "../state/people.ts";
import type { Account, PullIssue, Repository, Review, World } from "../state/world.ts";
import { touch } from "./issues.ts";

export function reviewPull(
  world: World,
  repository: Repository,
  pull: PullIssue,
  { state, by }: { readonly state: Review["state"]; readonly by: Account },
): Review {
  if (by === pull.author && state !== "commented")
    throw new Error("nobody approves a pull request of his own, or asks himself for changes");
  const review: Review = { id: world.nextId(), pull, author: by, sha: pull.pull.head.sha, submittedAt: world.clock.now(), state };
  repository.reviews.set(review.id, review);
  touch(world, pull);
  announceReview(world, repository, review, { action: "submitted", by });
  return review;
}

/** It keeps the time at which it was given. */
export function dismissReview(world: World, repository: Repository, review: Review, by: Account): void {
  review.state = "dismissed";
  touch(world, review.pull);
  announceReview(world, repository, review, { action: "dismissed", by });
}

function announceReview(
  world: World,
  repository: Repository,
  review: Review,
  { action, by }: { readonly action: string; readonly by: Account },
): void {
  const fields = {
    action,
    review: renderReview(world, repository, review),
    pull_request: renderPullBriefly(world, repository, review.pull),
  };
  announce(world, repository, { event: "pull_request_review", by, fields });
}

/** As lists show it: its state in capitals, and a body always. */
export function renderListedReview(world: World, repository: Repository, review: Review): Json {
  const { updated_at: _, ...shown } = renderReview(world, repository, review);
  return { ...shown, body: "", state: review.state.toUpperCase() };
}

function renderReview(world: World, repository: Repository, { id, pull, author, sha, submittedAt, state }: Review): Json {
  const page = `${issuePage(world, repository, pull)}#pullrequestreview-${id}`;
  const url = apiUrl(world, repository, `/pulls/${pull.number}`);
  return {
    id,
    node_id: nodeId("PullRequestReview", id),
    user: renderAccount(world, author),
    body: null,
    commit_id: sha,
    submitted_at: iso(submittedAt),
    updated_at: iso(submittedAt),
    state,
    html_url: page,
    pull_request_url: url,
    author_association: associationOf(repository, author),
    _links: { html: { href: page }, pull_request: { href: url } },
  };
}
