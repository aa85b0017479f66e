import { announce } from "../hooks/announce.ts";
import { renderOrganization } from "../render/account.ts";
import { renderIssue } from "../render/issue.ts";
import { renderRepository } from "../render/repository.ts";
import type { Account, Issue, IssueEnd, Repository, World } from "../state/world.ts";
import { openIssue, touch } from "./issues.ts";

type Told = { readonly of: IssueEnd; readonly other: IssueEnd; readonly made: boolean; readonly by: Account };

/** An issue waits for another one, or no longer: told to both, as one act. */
export function setWaiting(world: World, { of, other, made, by }: Told): void {
  of.issue.waitsFor = withEnd(of.issue.waitsFor, other, made);
  for (const { issue } of [of, other]) touch(world, issue);
  const both = {
    blocked_issue_id: of.issue.id,
    blocked_issue: renderIssue(world, of.repository, of.issue),
    blocking_issue_id: other.issue.id,
    blocking_issue: renderIssue(world, other.repository, other.issue),
  };
  const tell = (at: Repository, action: string, far: object) => {
    const fields = {
      action: `${action}_${made ? "added" : "removed"}`,
      ...both,
      ...far,
      organization: renderOrganization(world, at.owner),
    };
    announce(world, at, { event: "issue_dependencies", by, fields });
  };
  tell(of.repository, "blocked_by", { blocking_issue_repo: renderRepository(world, other.repository) });
  tell(other.repository, "blocking", { blocked_issue_repo: renderRepository(world, of.repository) });
}

/** An issue has another one as its part, or no longer: told to both, as one act. */
export function setPart(world: World, { of, other, made, by }: Told): void {
  of.issue.parts = withEnd(of.issue.parts, other, made);
  for (const { issue } of [of, other]) touch(world, issue);
  const both = {
    parent_issue_id: of.issue.id,
    parent_issue: renderIssue(world, of.repository, of.issue),
    sub_issue_id: other.issue.id,
    sub_issue: renderIssue(world, other.repository, other.issue),
  };
  const tell = (at: Repository, action: string, far: object) => {
    const fields = { action: `${action}_${made ? "added" : "removed"}`, ...both, ...far };
    announce(world, at, { event: "sub_issues", by, fields });
  };
  tell(of.repository, "sub_issue", { sub_issue_repo: renderRepository(world, other.repository) });
  tell(other.repository, "parent_issue", { parent_issue_repo: renderRepository(world, of.repository) });
}

function withEnd(ends: readonly IssueEnd[], end: IssueEnd, made: boolean): readonly IssueEnd[] {
  const others = ends.filter(({ issue }) => issue !== end.issue);
  return made ? [...others, end] : others;
}

/** An issue goes to another repository: there it is a new one, with another number and other ids. */
export function transferIssue(
  world: World,
  from: Repository,
  issue: Issue,
  { to, by }: { readonly to: Repository; readonly by: Account },
): Issue {
  const old = { old_issue: renderIssue(world, from, issue), old_repository: renderRepository(world, from) };
  const { title, body } = issue;
  const moved = openIssue(world, to, { title, body, labels: [], milestone: null, by: issue.author, changes: old });
  const changes = { new_issue: renderIssue(world, to, moved), new_repository: renderRepository(world, to) };
  touch(world, issue);
  announce(world, from, { event: "issues", by, fields: { action: "transferred", issue: renderIssue(world, from, issue), changes } });
  from.issues.delete(issue.number);
  return moved;
}
