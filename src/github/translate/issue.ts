import { z } from "zod";
import type { IssueFact, Person } from "../../core/words.ts";
import { makeFact } from "../fact.ts";
import { labels, moment, person, repositoryId, text, textOrEmpty } from "./fields.ts";
import { isOwn, viaApp } from "./own.ts";
import { timeOf } from "./times.ts";
import { type Occasion, type Told, toldTo } from "./told.ts";

const payload = z.object({
  action: z.string(),
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
  const { action, issue, repository, sender } = payload.parse(body);
  if (isOwn(appId, issue.performed_via_github_app)) return [];
  const fact = makeFact({
    kind: "issue",
    thing: `issue:${issue.number}`,
    at: timeOf.issue(issue),
    number: issue.number,
    state: action === "deleted" || action === "transferred" ? "gone" : issue.state,
    act: actOf(action, sender),
    reason: issue.state_reason ?? null,
    title: issue.title,
    body: issue.body,
    author: issue.user,
    actor: sender?.login ?? null,
    labels: issue.labels,
  });
  return toldTo(repository.id, [fact]);
}

/** Bots close what is stale and open what they please: no role of theirs says that somebody meant it. */
function actOf(action: string, sender: Person | undefined): IssueFact["act"] {
  if (sender === undefined || sender.bot) return null;
  return action === "closed" || action === "reopened" ? action : null;
}
