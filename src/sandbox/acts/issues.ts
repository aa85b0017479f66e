import { announce } from "../hooks/announce.ts";
import { type Json, renderAccount } from "../render/account.ts";
import { renderIssue, renderLabel, renderMilestone } from "../render/issue.ts";
import { renderPull } from "../render/pull.ts";
import { addLabel, nextNumber } from "../state/repositories.ts";
import { type Account, type Issue, isPull, type Label, type Milestone, type Repository, type World } from "../state/world.ts";
import { invalid } from "./refusal.ts";

/** GitHub's limit for bodies of issues and comments, in characters. */
export const longestBody = 65_536;

export type NewIssue = {
  readonly title: string;
  readonly body: string | null;
  readonly labels: readonly string[];
  readonly milestone: Milestone | null;
  readonly by: Account;
  /** What it was before, where it came from another repository. */
  readonly changes?: Json;
};

export type IssueEdit = { readonly title?: string; readonly body?: string | null; readonly by: Account };

export function openIssue(world: World, repository: Repository, { title, body, labels, milestone, by, changes }: NewIssue): Issue {
  checkTexts(title, body);
  const now = world.clock.now();
  const issue: Issue = {
    id: world.nextId(),
    number: nextNumber(repository),
    author: by,
    viaApp: by === world.app.bot,
    title,
    body,
    state: "open",
    reason: null,
    labels: [],
    milestone,
    assignees: [],
    createdAt: now,
    updatedAt: now,
    closedAt: null,
    closedBy: null,
    acts: [],
    waitsFor: [],
    parts: [],
    pull: null,
  };
  repository.issues.set(issue.number, issue);
  const given = [...new Set(labels)].map((name) => labelNamed(world, repository, { name, by }));
  issue.labels = given;
  announceIssue(world, repository, issue, { action: "opened", by, fields: changes === undefined ? {} : { changes } });
  for (const label of given)
    announceIssue(world, repository, issue, { action: "labeled", by, fields: { label: renderLabel(world, repository, label) } });
  return issue;
}

/** Title and body of an issue or pull request. What stays the same is no edit. */
export function editIssue(
  world: World,
  repository: Repository,
  issue: Issue,
  { title = issue.title, body = issue.body, by }: IssueEdit,
): void {
  checkTexts(title, body);
  const changes: Json = {
    ...(title === issue.title ? {} : { title: { from: issue.title } }),
    ...(body === issue.body ? {} : { body: { from: issue.body ?? "" } }),
  };
  if (Object.keys(changes).length === 0) return;
  issue.title = title;
  issue.body = body;
  touch(world, issue);
  announceIssue(world, repository, issue, { action: "edited", by, fields: { changes } });
}

/** Closes or reopens. `reason` is GitHub's `state_reason`; pull requests have none. */
export function setState(
  world: World,
  repository: Repository,
  issue: Issue,
  { state, reason, by }: { readonly state: "open" | "closed"; readonly reason?: string | null; readonly by: Account },
): void {
  if (issue.state === state) return;
  const now = world.clock.now();
  issue.state = state;
  issue.reason = issue.pull !== null ? null : state === "open" ? "reopened" : (reason ?? "completed");
  issue.closedAt = state === "closed" ? now : null;
  issue.closedBy = state === "closed" ? by : null;
  const event = state === "closed" ? "closed" : "reopened";
  issue.acts.push({ id: world.nextId(), event, at: now, by });
  touch(world, issue);
  announceIssue(world, repository, issue, { action: event, by });
}

/** The issue is gone with all that was said in it. */
export function deleteIssue(world: World, repository: Repository, issue: Issue, by: Account): void {
  repository.issues.delete(issue.number);
  for (const [id, comment] of repository.comments) if (comment.issue === issue) repository.comments.delete(id);
  announceIssue(world, repository, issue, { action: "deleted", by });
}

export function setMilestone(
  world: World,
  repository: Repository,
  issue: Issue,
  { milestone, by }: { readonly milestone: Milestone | null; readonly by: Account },
): void {
  const before = issue.milestone;
  if (before === milestone) return;
  issue.milestone = milestone;
  touch(world, issue);
  const told = (action: string, one: Milestone) =>
    announceIssue(world, repository, issue, { action, by, fields: { milestone: renderMilestone(world, repository, one) } });
  if (before !== null) told("demilestoned", before);
  if (milestone !== null) told("milestoned", milestone);
}

/** Gives an issue to somebody, or takes it away. */
export function setAssigned(
  world: World,
  repository: Repository,
  issue: Issue,
  { to, assigned, by }: { readonly to: Account; readonly assigned: boolean; readonly by: Account },
): void {
  if (issue.assignees.includes(to) === assigned) return;
  issue.assignees = assigned ? [...issue.assignees, to] : issue.assignees.filter((one) => one !== to);
  touch(world, issue);
  const action = assigned ? "assigned" : "unassigned";
  announceIssue(world, repository, issue, { action, by, fields: { assignee: renderAccount(world, to) } });
}

/** Labels that do not exist are created, as the API does. */
export function addLabels(
  world: World,
  repository: Repository,
  issue: Issue,
  { names, by }: { readonly names: readonly string[]; readonly by: Account },
): void {
  for (const name of names) {
    const label = labelNamed(world, repository, { name, by });
    if (issue.labels.includes(label)) continue;
    issue.labels = [...issue.labels, label];
    touch(world, issue);
    announceIssue(world, repository, issue, { action: "labeled", by, fields: { label: renderLabel(world, repository, label) } });
  }
}

/** False where the issue has no such label. */
export function removeLabel(
  world: World,
  repository: Repository,
  issue: Issue,
  { name, by }: { readonly name: string; readonly by: Account },
): boolean {
  const label = repository.labels.get(name.toLowerCase());
  if (label === undefined || !issue.labels.includes(label)) return false;
  issue.labels = issue.labels.filter((one) => one !== label);
  touch(world, issue);
  announceIssue(world, repository, issue, { action: "unlabeled", by, fields: { label: renderLabel(world, repository, label) } });
  return true;
}

/** No issue is told of it, nor touched by it. */
export function renameLabel(
  world: World,
  repository: Repository,
  label: Label,
  { name, by }: { readonly name: string; readonly by: Account },
): void {
  const from = label.name;
  repository.labels.delete(from.toLowerCase());
  label.name = name;
  repository.labels.set(name.toLowerCase(), label);
  const fields = { action: "edited", label: renderLabel(world, repository, label), changes: { name: { from } } };
  announce(world, repository, { event: "label", by, fields });
}

/** It is taken off every issue, and none is told of it, nor touched by it. */
export function deleteLabel(world: World, repository: Repository, label: Label, by: Account): void {
  repository.labels.delete(label.name.toLowerCase());
  for (const issue of repository.issues.values()) issue.labels = issue.labels.filter((one) => one !== label);
  announce(world, repository, { event: "label", by, fields: { action: "deleted", label: renderLabel(world, repository, label) } });
}

export function createLabel(
  world: World,
  repository: Repository,
  label: { readonly name: string; readonly color: string; readonly description: string | null; readonly by: Account },
): Label {
  const { by, ...own } = label;
  const added = addLabel(world, repository, { ...own, isDefault: false });
  announce(world, repository, { event: "label", by, fields: { action: "created", label: renderLabel(world, repository, added) } });
  return added;
}

/** Happenings on pull requests have an event of their own, though they share everything else with issues. */
export function announceIssue(
  world: World,
  repository: Repository,
  issue: Issue,
  { action, by, fields = {} }: { readonly action: string; readonly by: Account; readonly fields?: Json },
): void {
  if (isPull(issue)) {
    const told = { action, number: issue.number, pull_request: renderPull(world, repository, issue), ...fields };
    announce(world, repository, { event: "pull_request", by, fields: told });
    return;
  }
  announce(world, repository, { event: "issues", by, fields: { action, issue: renderIssue(world, repository, issue), ...fields } });
}

export function touch(world: World, thing: { updatedAt: number }): void {
  thing.updatedAt = world.clock.now();
}

/** What GitHub demands of a title and a body. */
export function checkTexts(title: string, body: string | null): void {
  if (title.trim() === "") throw invalid({ resource: "Issue", code: "missing_field", field: "title" });
  const long = (field: string, most: number) =>
    invalid({ resource: "Issue", code: "custom", field, message: `${field} is too long (maximum is ${most} characters)` });
  if (title.length > 256) throw long("title", 256);
  if ((body ?? "").length > longestBody) throw long("body", longestBody);
}

function labelNamed(world: World, repository: Repository, { name, by }: { readonly name: string; readonly by: Account }): Label {
  const known = repository.labels.get(name.toLowerCase());
  return known ?? createLabel(world, repository, { name, color: "ededed", description: null, by });
}
