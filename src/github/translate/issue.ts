import { z } from "zod";
import { makeFact } from "../fact.ts";
import { labels, moment, person, repositoryId, text, textOrEmpty } from "./fields.ts";
import { isOwn, viaApp } from "./own.ts";
import { timeOf } from "./times.ts";
import { type Occasion, type Told, toldTo } from "./told.ts";

const payload = z.object({
  issue: z.object({
    number: z.int(),
    state: z.enum(["open", "closed"]),
    state_reason: text.nullish(),
    title: text,
    body: textOrEmpty,
    user: person,
    labels,
    updated_at: moment,
    performed_via_github_app: viaApp,
  }),
  repository: repositoryId,
  sender: person.optional(),
});

/** An issue as it stands after what was done to it. The plan summary that we keep in an issue of our own says nothing about tasks. */
export function issueFacts(body: unknown, { appId }: Occasion): Told {
  const { issue, repository, sender } = payload.parse(body);
  if (isOwn(appId, issue.performed_via_github_app)) return [];
  const fact = makeFact({
    kind: "issue",
    thing: `issue:${issue.number}`,
    at: timeOf.issue(issue),
    number: issue.number,
    state: issue.state,
    reason: issue.state_reason ?? null,
    title: issue.title,
    body: issue.body,
    author: issue.user,
    actor: sender?.login ?? null,
    labels: issue.labels,
  });
  return toldTo(repository.id, [fact]);
}
