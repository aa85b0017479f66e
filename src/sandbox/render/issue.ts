import { iso, isoOrNull } from "../clock.ts";
import { associationOf } from "../state/people.ts";
import type { Comment, Issue, Label, Milestone, Reaction, Repository, StateAct, World } from "../state/world.ts";
import { type Json, renderAccount, renderAccountOrNull } from "./account.ts";
import { renderApp } from "./app.ts";
import { apiUrl, nodeId, pageUrl } from "./urls.ts";

export const reactionContents = ["+1", "-1", "laugh", "confused", "heart", "hooray", "rocket", "eyes"] as const;

/** An issue, or a pull request as the issues API tells it. */
export function renderIssue(world: World, repository: Repository, issue: Issue): Json {
  const { id, number, pull } = issue;
  const url = apiUrl(world, repository, `/issues/${number}`);
  const page = issuePage(world, repository, issue);
  const comments = [...repository.comments.values()].filter((comment) => comment.issue === issue).length;
  return {
    url,
    repository_url: apiUrl(world, repository),
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    html_url: page,
    id,
    node_id: nodeId(pull === null ? "Issue" : "PullRequest", id),
    number,
    title: issue.title,
    user: renderAccount(world, issue.author),
    labels: issue.labels.map((label) => renderLabel(world, repository, label)),
    state: issue.state,
    locked: false,
    assignee: renderAccountOrNull(world, issue.assignees[0] ?? null),
    assignees: issue.assignees.map((person) => renderAccount(world, person)),
    milestone: issue.milestone === null ? null : renderMilestone(world, repository, issue.milestone),
    comments,
    created_at: iso(issue.createdAt),
    updated_at: iso(issue.updatedAt),
    closed_at: isoOrNull(issue.closedAt),
    closed_by: renderAccountOrNull(world, issue.closedBy),
    author_association: associationOf(repository, issue.author),
    active_lock_reason: null,
    ...(pull === null
      ? renderSummaries(repository, issue)
      : { draft: pull.draft, pull_request: renderPullLinks(world, repository, issue) }),
    body: issue.body,
    reactions: renderReactionCounts(url, []),
    timeline_url: `${url}/timeline`,
    performed_via_github_app: issue.viaApp ? renderApp(world, world.app) : null,
    state_reason: issue.reason,
  };
}

/** How many issues it waits for, how many wait for it (of this repository), and how many parts it has. */
function renderSummaries({ issues }: Repository, issue: Issue): Json {
  const isOpen = (end: { readonly issue: Issue }) => end.issue.state === "open";
  const waiting = [...issues.values()].filter(({ waitsFor }) => waitsFor.some((end) => end.issue === issue));
  const closed = issue.parts.filter((end) => !isOpen(end)).length;
  return {
    issue_dependencies_summary: {
      blocked_by: issue.waitsFor.filter(isOpen).length,
      blocking: issue.state === "open" ? waiting.length : 0,
      total_blocked_by: issue.waitsFor.length,
      total_blocking: waiting.length,
    },
    sub_issues_summary: {
      total: issue.parts.length,
      completed: closed,
      percent_completed: issue.parts.length === 0 ? 0 : Math.floor((100 * closed) / issue.parts.length),
    },
  };
}

/** That an issue was closed or opened again. */
export function renderStateAct(world: World, repository: Repository, { id, event, at, by }: StateAct): Json {
  return {
    id,
    node_id: nodeId(event === "closed" ? "ClosedEvent" : "ReopenedEvent", id),
    url: apiUrl(world, repository, `/issues/events/${id}`),
    actor: renderAccount(world, by),
    event,
    commit_id: null,
    commit_url: null,
    created_at: iso(at),
    performed_via_github_app: null,
  };
}

export function renderComment(world: World, repository: Repository, comment: Comment): Json {
  const { id, issue } = comment;
  const url = apiUrl(world, repository, `/issues/comments/${id}`);
  return {
    url,
    html_url: `${issuePage(world, repository, issue)}#issuecomment-${id}`,
    issue_url: apiUrl(world, repository, `/issues/${issue.number}`),
    id,
    node_id: nodeId("IssueComment", id),
    user: renderAccount(world, comment.author),
    created_at: iso(comment.createdAt),
    updated_at: iso(comment.updatedAt),
    body: comment.body,
    author_association: associationOf(repository, comment.author),
    reactions: renderReactionCounts(url, comment.reactions),
    performed_via_github_app: comment.viaApp ? renderApp(world, world.app) : null,
  };
}

export function renderLabel(world: World, repository: Repository, label: Label): Json {
  const { id, name, color, description, isDefault } = label;
  const url = apiUrl(world, repository, `/labels/${encodeURIComponent(name)}`);
  return { id, node_id: nodeId("Label", id), url, name, color, default: isDefault, description };
}

export function renderMilestone(world: World, repository: Repository, milestone: Milestone): Json {
  const { id, number, title, description } = milestone;
  const members = [...repository.issues.values()].filter((issue) => issue.milestone === milestone);
  const open = members.filter(({ state }) => state === "open").length;
  const url = apiUrl(world, repository, `/milestones/${number}`);
  return {
    url,
    html_url: pageUrl(world, repository, `/milestone/${number}`),
    labels_url: `${url}/labels`,
    id,
    node_id: nodeId("Milestone", id),
    number,
    title,
    description,
    creator: renderAccount(world, milestone.creator),
    open_issues: open,
    closed_issues: members.length - open,
    state: "open",
    created_at: iso(milestone.createdAt),
    updated_at: iso(milestone.createdAt),
    due_on: isoOrNull(milestone.dueOn),
    closed_at: null,
  };
}

export function renderReaction(world: World, { id, content, by, at }: Reaction): Json {
  return { id, node_id: nodeId("Reaction", id), user: renderAccount(world, by), content, created_at: iso(at) };
}

export function issuePage(world: World, repository: Repository, { number, pull }: Issue): string {
  return pageUrl(world, repository, `/${pull === null ? "issues" : "pull"}/${number}`);
}

function renderPullLinks(world: World, repository: Repository, issue: Issue): Json {
  const page = issuePage(world, repository, issue);
  return {
    url: apiUrl(world, repository, `/pulls/${issue.number}`),
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    merged_at: isoOrNull(issue.pull?.mergedAt ?? null),
  };
}

function renderReactionCounts(url: string, reactions: readonly Reaction[]): Json {
  const counts = reactionContents.map((content) => [content, reactions.filter((one) => one.content === content).length]);
  return { url: `${url}/reactions`, total_count: reactions.length, ...Object.fromEntries(counts) };
}
