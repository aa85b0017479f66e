import { addComment, commentsOn, editComment, react } from "../acts/comments.ts";
import { invalid, notFound } from "../acts/refusal.ts";
import { created, noContent, ok } from "../http/answer.ts";
import { fieldsOf, numberParameter, type RepositoryAsked, requiredTextIn } from "../http/asked.ts";
import { page } from "../http/page.ts";
import type { Route } from "../http/router.ts";
import { reactionContents, renderComment, renderReaction } from "../render/issue.ts";
import type { Comment } from "../state/world.ts";
import { botOf, issueAsked, repositoryRoute } from "./route.ts";

const reading = { issues: "read", pull_requests: "read" } as const;
const writing = { issues: "write", pull_requests: "write" } as const;

export const commentRoutes: readonly Route[] = [
  repositoryRoute("GET", "/issues/{issue_number}/comments", reading, (asked) => {
    const { world, repository, query } = asked;
    const since = query.since === undefined ? Number.NEGATIVE_INFINITY : Date.parse(query.since);
    const comments = commentsOn(repository, issueAsked(asked)).filter(({ updatedAt }) => updatedAt >= since);
    return page(asked, comments, (comment) => renderComment(world, repository, comment));
  }),

  repositoryRoute("POST", "/issues/{issue_number}/comments", writing, (asked) => {
    const { world, repository } = asked;
    const issue = issueAsked(asked);
    const body = requiredTextIn(fieldsOf(asked.body), "body");
    return created(renderComment(world, repository, addComment(world, repository, { issue, body, by: botOf(world) })));
  }),

  repositoryRoute("GET", "/issues/comments/{comment_id}", reading, (asked) =>
    ok(renderComment(asked.world, asked.repository, commentAsked(asked))),
  ),

  repositoryRoute("PATCH", "/issues/comments/{comment_id}", writing, (asked) => {
    const { world, repository } = asked;
    const comment = commentAsked(asked);
    editComment(world, repository, comment, { body: requiredTextIn(fieldsOf(asked.body), "body"), by: botOf(world) });
    return ok(renderComment(world, repository, comment));
  }),

  repositoryRoute("GET", "/issues/comments/{comment_id}/reactions", { issues: "read" }, (asked) => {
    const { content } = asked.query;
    const reactions = commentAsked(asked).reactions.filter((one) => content === undefined || one.content === content);
    return page(asked, reactions, (reaction) => renderReaction(asked.world, reaction));
  }),

  repositoryRoute("POST", "/issues/comments/{comment_id}/reactions", { issues: "write" }, (asked) => {
    const { world } = asked;
    const content = requiredTextIn(fieldsOf(asked.body), "content");
    if (!reactionContents.some((one) => one === content)) throw invalid({ resource: "Reaction", code: "invalid", field: "content" });
    const { reaction, fresh } = react(world, commentAsked(asked), { content, by: botOf(world) });
    return fresh ? created(renderReaction(world, reaction)) : ok(renderReaction(world, reaction));
  }),

  repositoryRoute("DELETE", "/issues/comments/{comment_id}/reactions/{reaction_id}", { issues: "write" }, (asked) => {
    const { reactions } = commentAsked(asked);
    const id = numberParameter(asked, "reaction_id");
    const place = reactions.findIndex((one) => one.id === id && one.by === botOf(asked.world));
    if (place < 0) throw notFound();
    reactions.splice(place, 1);
    return noContent();
  }),
];

function commentAsked({ repository, ...asked }: RepositoryAsked): Comment {
  const comment = repository.comments.get(numberParameter(asked, "comment_id"));
  if (comment === undefined) throw notFound();
  return comment;
}
