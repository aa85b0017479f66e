import { iso, isoOrNull } from "../clock.ts";
import { sizeOf } from "../git/changes.ts";
import { associationOf } from "../state/people.ts";
import { pullChanges, pullCommits, tryMerge } from "../state/pulls.ts";
import { openPulls } from "../state/references.ts";
import type { PullIssue, Repository, World } from "../state/world.ts";
import { type Json, renderAccount, renderAccountOrNull } from "./account.ts";
import { issuePage, renderLabel, renderMilestone } from "./issue.ts";
import { renderRepository } from "./repository.ts";
import { apiUrl, nodeId } from "./urls.ts";

/** As lists tell it. */
export function renderPullBriefly(world: World, repository: Repository, issue: PullIssue): Json {
  const { number, pull } = issue;
  const url = apiUrl(world, repository, `/pulls/${number}`);
  const page = issuePage(world, repository, issue);
  const links = {
    self: url,
    html: page,
    issue: apiUrl(world, repository, `/issues/${number}`),
    comments: apiUrl(world, repository, `/issues/${number}/comments`),
    review_comments: `${url}/comments`,
    review_comment: apiUrl(world, repository, "/pulls/comments{/number}"),
    commits: `${url}/commits`,
    statuses: apiUrl(world, repository, `/statuses/${pull.head.sha}`),
  };
  return {
    url,
    id: pull.id,
    node_id: nodeId("PullRequest", pull.id),
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: links.issue,
    number,
    state: issue.state,
    locked: false,
    title: issue.title,
    user: renderAccount(world, issue.author),
    body: issue.body,
    created_at: iso(issue.createdAt),
    updated_at: iso(issue.updatedAt),
    closed_at: isoOrNull(issue.closedAt),
    merged_at: isoOrNull(pull.mergedAt),
    merge_commit_sha: pull.mergeSha,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    // Lists of pull requests are described without labels that have no description.
    labels: issue.labels.map((label) => ({ ...renderLabel(world, repository, label), description: label.description ?? "" })),
    milestone: issue.milestone === null ? null : renderMilestone(world, repository, issue.milestone),
    draft: pull.draft,
    commits_url: links.commits,
    review_comments_url: links.review_comments,
    review_comment_url: links.review_comment,
    comments_url: links.comments,
    statuses_url: links.statuses,
    head: renderEnd(world, pull.head.repository, pull.head.ref, pull.head.sha),
    base: renderEnd(world, repository, pull.base.ref, pull.base.sha),
    _links: Object.fromEntries(Object.entries(links).map(([name, href]) => [name, { href }])),
    author_association: associationOf(repository, issue.author),
    auto_merge: null,
    active_lock_reason: null,
  };
}

/** As `GET …/pulls/{number}` and webhooks tell it. */
export function renderPull(world: World, repository: Repository, issue: PullIssue): Json {
  const open = issue.state === "open";
  const mergeable = open ? "files" in tryMerge(world, repository, issue) : null;
  const sizes = pullChanges(world, repository, issue).map((change) => sizeOf(world.objects, change));
  const comments = [...repository.comments.values()].filter((comment) => comment.issue === issue);
  return {
    ...renderPullBriefly(world, repository, issue),
    merged: issue.pull.mergedAt !== null,
    mergeable,
    rebaseable: mergeable,
    mergeable_state: mergeable === null ? "unknown" : mergeable ? (issue.pull.draft ? "draft" : "clean") : "dirty",
    merged_by: renderAccountOrNull(world, issue.pull.mergedBy),
    comments: comments.length,
    review_comments: 0,
    maintainer_can_modify: open && issue.pull.head.repository !== repository,
    commits: pullCommits(world, repository, issue).length,
    additions: sizes.reduce((sum, { additions }) => sum + additions, 0),
    deletions: sizes.reduce((sum, { deletions }) => sum + deletions, 0),
    changed_files: sizes.length,
  };
}

/** Open pull requests whose head is this commit, as checks and runs list them. GitHub looks in the check's own repository only: never at forks. */
export function renderPullsOf(world: World, repository: Repository, sha: string): Json[] {
  const repo = { id: repository.id, url: apiUrl(world, repository), name: repository.name };
  return openPulls(repository)
    .filter(({ pull }) => pull.head.sha === sha && pull.head.repository === repository)
    .map(({ number, pull }) => ({
      url: apiUrl(world, repository, `/pulls/${number}`),
      id: pull.id,
      number,
      head: { ref: pull.head.ref, sha: pull.head.sha, repo },
      base: { ref: pull.base.ref, sha: pull.base.sha, repo },
    }));
}

function renderEnd(world: World, repository: Repository, ref: string, sha: string): Json {
  const { owner } = repository;
  return { label: `${owner.login}:${ref}`, ref, sha, user: renderAccount(world, owner), repo: renderRepository(world, repository) };
}
