import { z } from "zod";
import type { FactId, Instant, IssueFact, Person } from "../../core/words.ts";
import { makeFact } from "../fact.ts";
import { labels, moment, person, repositoryId, text, textOrEmpty } from "./fields.ts";
import { isOwn, viaApp } from "./own.ts";
import { timeOf } from "./times.ts";
import { type Occasion, type Told, toldTo } from "./told.ts";

/** An issue as deliveries and lists show it. */
export const issueShape = z.object({
  id: z.int(),
  number: z.int(),
  state: z.enum(["open", "closed"]),
  state_reason: text.nullish(),
  title: text,
  body: textOrEmpty,
  user: person,
  labels,
  assignees: z
    .array(z.object({ login: text }))
    .nullish()
    .transform((list) => (list ?? []).map(({ login }) => login).sort()),
  milestone: z.object({ title: text }).nullish(),
  updated_at: moment,
  closed_at: moment.nullish(),
  closed_by: person.optional(),
  performed_via_github_app: viaApp,
  pull_request: z.unknown().optional(),
  issue_dependencies_summary: z.object({ total_blocked_by: z.int() }).nullish(),
  sub_issues_summary: z.object({ total: z.int() }).nullish(),
});

const payload = z.object({
  action: z.string(),
  issue: issueShape,
  changes: z.object({ new_issue: issueShape.optional(), new_repository: repositoryId.optional() }).nullish(),
  repository: repositoryId,
  sender: person.optional(),
});

type Issue = z.infer<typeof issueShape>;
type Doing = { readonly action: string; readonly sender: Person | undefined };

/**
 * An issue as it stands after what was done to it. The plan summary that we keep in an issue of our own says nothing about tasks. One that
 * was transferred is told to the repository it went to as well.
 */
export function issueFacts(body: unknown, occasion: Occasion): Told {
  const { action, issue, changes, repository, sender } = payload.parse(body);
  const here = toldTo(repository.id, issueFact(issue, { action, sender }, occasion));
  const { new_issue: moved, new_repository: goal } = changes ?? {};
  if (action !== "transferred" || moved === undefined || goal === undefined) return here;
  return [...here, ...toldTo(goal.id, issueFact(moved, { action: "opened", sender }, occasion))];
}

/** The fact of one issue of a payload; none for a pull request, and for an issue that we opened ourselves. */
export function issueFact(issue: Issue, { action, sender }: Doing, { appId }: Pick<Occasion, "appId">): readonly IssueFact[] {
  if (isOwn(appId, issue.performed_via_github_app) || (issue.pull_request ?? null) !== null) return [];
  const content = contentOf(issue);
  const state = action === "deleted" || action === "transferred" ? "gone" : content.state;
  return [makeFact({ ...content, state, act: actOf(action, sender), actor: sender?.login ?? null })];
}

/**
 * An issue of a list, unless it is our own: as it stands, and of one that is closed that, when and by whom. What a delivery tells in the second
 * of the closing is the same fact.
 */
export function listedIssue(issue: Issue, appId: number): readonly IssueFact[] {
  if (isOwn(appId, issue.performed_via_github_app)) return [];
  const standing = { ...contentOf(issue), act: null, actor: null, fromList: true } as const;
  if (issue.state === "open" || issue.closed_at == null) return [makeFact(standing)];
  const by = issue.closed_by;
  const closing = makeFact({ ...standing, at: issue.closed_at, act: actOf("closed", by), actor: by?.login ?? null });
  return issue.updated_at > issue.closed_at ? [closing, makeFact(standing)] : [closing];
}

/** That somebody opened an issue again, which its list of events tells alone. */
export const reopenedIssue = (issue: Issue, { at, by }: { readonly at: Instant; readonly by: Person }): IssueFact =>
  makeFact({ ...contentOf(issue), at, act: actOf("reopened", by), actor: by.login, fromList: true });

/** An issue that was read by itself. What was done to it nobody tells. */
export function seenIssue(issue: Issue, appId: number, settles: readonly FactId[]): readonly IssueFact[] {
  if (isOwn(appId, issue.performed_via_github_app)) return [];
  return [makeFact({ ...contentOf(issue), act: null, actor: null, settles })];
}

function contentOf(issue: Issue): Omit<IssueFact, "id" | "act" | "actor" | "fromList" | "settles"> {
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
    assignees: issue.assignees,
    milestone: issue.milestone?.title ?? null,
  };
}

/** Bots close what is stale and open what they please: no role of theirs says that somebody meant it. */
function actOf(action: string, sender: Person | undefined): IssueFact["act"] {
  if (sender === undefined || sender.bot) return null;
  return action === "closed" || action === "reopened" ? action : null;
}
