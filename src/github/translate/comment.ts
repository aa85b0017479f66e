import { z } from "zod";
import { makeFact } from "../fact.ts";
import { moment, person, repositoryId, text, textOrEmpty } from "./fields.ts";
import { isOwn, viaApp } from "./own.ts";
import { timeOf } from "./times.ts";
import { type Occasion, type Told, toldTo } from "./told.ts";

const payload = z.object({
  action: z.string(),
  comment: z.object({
    id: z.int(),
    body: textOrEmpty,
    user: person,
    created_at: moment,
    updated_at: moment,
    performed_via_github_app: viaApp,
  }),
  changes: z.object({ body: z.object({ from: text }).optional() }).optional(),
  issue: z.object({ number: z.int(), pull_request: z.unknown().optional() }),
  repository: repositoryId,
  sender: person.optional(),
});

/**
 * What a person said in a comment. The one who speaks is whoever sent it: with write access one can edit another's comment, and a
 * command put into it must not count as said by its first author, who may be allowed more. Bots, we among them, say nothing.
 */
export function commentFacts(body: unknown, { appId }: Occasion): Told {
  const { action, comment, changes, issue, repository, sender } = payload.parse(body);
  const author = sender ?? comment.user;
  if (author.bot || isOwn(appId, comment.performed_via_github_app)) return [];
  if (action === "edited" && changes?.body === undefined) return [];
  const fact = makeFact({
    kind: "comment",
    thing: `comment:${comment.id}`,
    at: timeOf.comment(action, comment),
    comment: comment.id,
    issue: issue.number,
    onPull: issue.pull_request !== undefined && issue.pull_request !== null,
    author,
    text: comment.body,
    before: changes?.body?.from ?? null,
  });
  return toldTo(repository.id, [fact]);
}
