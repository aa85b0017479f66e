import { announce } from "../hooks/announce.ts";
import type { Json } from "../render/account.ts";
import { renderComment, renderIssue } from "../render/issue.ts";
import type { Account, Comment, Issue, Reaction, Repository, World } from "../state/world.ts";
import { longestBody, touch } from "./issues.ts";
import { invalid } from "./refusal.ts";

export function addComment(
  world: World,
  repository: Repository,
  { issue, body, by }: Pick<Comment, "issue" | "body"> & { by: Account },
): Comment {
  checkBody(body);
  const now = world.clock.now();
  const id = world.nextId();
  const comment: Comment = { id, issue, author: by, viaApp: by === world.app.bot, body, createdAt: now, updatedAt: now, reactions: [] };
  repository.comments.set(id, comment);
  touch(world, issue);
  announceComment(world, repository, comment, { action: "created", by });
  return comment;
}

export function editComment(
  world: World,
  repository: Repository,
  comment: Comment,
  { body, by }: { readonly body: string; readonly by: Account },
): void {
  checkBody(body);
  const { body: from } = comment;
  comment.body = body;
  touch(world, comment);
  if (from !== body) announceComment(world, repository, comment, { action: "edited", by, fields: { changes: { body: { from } } } });
}

export function deleteComment(world: World, repository: Repository, comment: Comment, by: Account): void {
  repository.comments.delete(comment.id);
  announceComment(world, repository, comment, { action: "deleted", by });
}

/** Nobody is told of reactions: GitHub has no event for them. The same reaction twice is one. */
export function react(
  world: World,
  comment: Comment,
  { content, by }: { readonly content: string; readonly by: Account },
): { readonly reaction: Reaction; readonly fresh: boolean } {
  const known = comment.reactions.find((one) => one.by === by && one.content === content);
  if (known !== undefined) return { reaction: known, fresh: false };
  const reaction = { id: world.nextId(), content, by, at: world.clock.now() };
  comment.reactions.push(reaction);
  return { reaction, fresh: true };
}

export function commentsOn(repository: Repository, issue: Issue): Comment[] {
  return [...repository.comments.values()].filter((comment) => comment.issue === issue);
}

function announceComment(
  world: World,
  repository: Repository,
  comment: Comment,
  { action, by, fields = {} }: { readonly action: string; readonly by: Account; readonly fields?: Json },
): void {
  const told = {
    action,
    ...fields,
    issue: renderIssue(world, repository, comment.issue),
    comment: renderComment(world, repository, comment),
  };
  announce(world, repository, { event: "issue_comment", by, fields: told });
}

function checkBody(body: string): void {
  const wrong = (code: string, field: string, message: string) => invalid({ resource: "IssueComment", code, field, message });
  if (body.trim() === "") throw wrong("custom", "body", "body can't be blank");
  if (body.length > longestBody) throw wrong("unprocessable", "data", `Body is too long (maximum is ${longestBody} characters)`);
}
