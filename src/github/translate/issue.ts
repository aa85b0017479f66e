import { z } from "zod";
import type { IssueFact, Person } from "../../core/words.ts";
import { makeFact } from "../fact.ts";
import { labels, moment, person, repositoryId, text, textOrEmpty } from "./fields.ts";
import { isOwn, viaApp } from "./own.ts";
import { timeOf } from "./times.ts";
import { type Occasion, type Told, toldTo } from "./told.ts";

/** An issue as deliveries and lists show it. */
export const issueShape = z.object({
  number: z.int(),
  state: z.enum(["open", "closed"]),
  state_reason: text.nullish(),
  title: text,
  body: textOrEmpty,
  user: person,
  labels,
  updated_at: moment,
  performed_via_github_app: viaApp,
});

const payload = z.object({ action: z.string(), issue: issueShape, repository: repositoryId, sender: person.optional() });

type Issue = z.infer<typeof issueShape>;

/** An issue as it stands after what was done to it. The plan summary that we keep in an issue of our own says nothing about tasks. */
export function issueFacts(body: unknown, { appId }: Occasion): Told {
  const { action, issue, repository, sender } = payload.parse(body);
  if (isOwn(appId, issue.performed_via_github_app)) return [];
  const gone = action === "deleted" || action === "transferred";
  const content = contentOf(issue);
  const fact = makeFact({
    ...content,
    state: gone ? "gone" : content.state,
    act: actOf(action, sender),
    actor: sender?.login ?? null,
  });
  return toldTo(repository.id, [fact]);
}

/** An issue of a list, unless it is our own. Nobody is told to have just done anything to it. */
export function listedIssue(issue: Issue, appId: number): readonly IssueFact[] {
  if (isOwn(appId, issue.performed_via_github_app)) return [];
  return [makeFact({ ...contentOf(issue), act: null, actor: null, fromList: true })];
}

function contentOf(issue: Issue): Omit<IssueFact, "id" | "act" | "actor" | "fromList"> {
  return {
    kind: "issue",
    thing: `issue:${issue.number}`,
    at: timeOf.issue(issue),
    number: issue.number,
    state: issue.state,
    reason: issue.state_reason ?? null,
    title: issue.title,
    body: issue.body,
    author: issue.user,
    labels: issue.labels,
  };
}

/** Bots close what is stale and open what they please: no role of theirs says that somebody meant it. */
function actOf(action: string, sender: Person | undefined): IssueFact["act"] {
  if (sender === undefined || sender.bot) return null;
  return action === "closed" || action === "reopened" ? action : null;
}
