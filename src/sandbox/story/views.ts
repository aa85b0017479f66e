import { commentsOn } from "../acts/comments.ts";
import { blobAt, filesAt } from "../git/objects.ts";
import { type Check, type Issue, isPull, type PullIssue, type Repository, type World } from "../state/world.ts";
import type { CheckView, CommentView, IssueView, PullView, SandboxRepository } from "../words.ts";
import { issueNumbered } from "./person.ts";

type Views = Pick<SandboxRepository, "issues" | "pulls" | "comments" | "checks" | "reactions" | "file">;

/** What stands in a repository now, for people and assertions. */
export function views(world: World, repository: Repository): Views {
  return {
    get issues() {
      return [...repository.issues.values()].filter((issue) => !isPull(issue)).map(viewIssue);
    },
    get pulls() {
      return [...repository.issues.values()].filter(isPull).map(viewPull);
    },
    comments: (issue) => commentsOn(repository, issueNumbered(repository, issue)).map(viewComment),
    checks: (sha) => [...repository.checks.values()].filter((check) => sha === undefined || check.sha === sha).map(viewCheck),
    reactions: (comment) => (repository.comments.get(comment)?.reactions ?? []).map(({ content, by }) => ({ content, by: by.login })),
    file(branch, path) {
      const tip = repository.branches.get(branch);
      const sha = tip === undefined ? undefined : filesAt(world.objects, tip).get(path);
      return sha === undefined ? null : blobAt(world.objects, sha).toString("utf8");
    },
  };
}

function viewIssue(issue: Issue): IssueView {
  const { number, title, state, reason, author, viaApp } = issue;
  const labels = issue.labels.map(({ name }) => name);
  return { number, title, body: issue.body ?? "", state, reason, labels, by: author.login, byApp: viaApp };
}

function viewPull(issue: PullIssue): PullView {
  const { head, base, draft, mergedAt, mergeSha } = issue.pull;
  return { ...viewIssue(issue), head: head.ref, headSha: head.sha, base: base.ref, draft, merged: mergedAt !== null, mergeSha };
}

function viewComment({ id, body, author, viaApp, createdAt, updatedAt }: ReturnType<typeof commentsOn>[number]): CommentView {
  return { id, body, by: author.login, byApp: viaApp, createdAt, updatedAt };
}

function viewCheck(check: Check): CheckView {
  const { id, name, sha, externalId, status, conclusion, title, summary, text } = check;
  const annotations = check.annotations.map((one) => ({
    path: one.path,
    line: one.startLine,
    level: one.level,
    title: one.title ?? "",
    message: one.message,
  }));
  return {
    id,
    name,
    headSha: sha,
    externalId,
    status,
    conclusion,
    title: title ?? "",
    summary: summary ?? "",
    text: text ?? "",
    annotations,
  };
}
