import { z } from "zod";
import { candidateTokens } from "../../../core/evidence/candidates.ts";
import type { Fact, Instant, IssueFact, PullFact, RelationFact } from "../../../core/words.ts";
import { makeFact } from "../../fact.ts";
import { place } from "../../place.ts";
import { moment, person, text } from "../../translate/fields.ts";
import { listedIssue, reopenedIssue } from "../../translate/issue.ts";
import type { pullShape } from "../../translate/pull.ts";
import { endedEdge, listedEdge, placedIssueShape } from "../../translate/relation.ts";
import { listedReview, listedReviewShape } from "../../translate/review.ts";
import type { PageAsk } from "./page.ts";

type Issue = z.infer<typeof placedIssueShape>;

const lists = [
  { relation: "waits-for", route: "GET /repos/{owner}/{repo}/issues/{issue_number}/dependencies/blocked_by" },
  { relation: "part", route: "GET /repos/{owner}/{repo}/issues/{issue_number}/sub_issues" },
] as const;

/**
 * What an open issue waits for and consists of, with the issues at the other end, and which of its edges are no more. Its summary says whether there
 * is anything to ask for: a call for each kind that it has, or was known to have. A server without the feature gives no summary.
 */
export async function edgesOf({ calls, at, appId }: PageAsk, issue: Issue, standing: readonly RelationFact[]): Promise<readonly Fact[]> {
  const facts: Fact[] = [];
  for (const { relation, route } of lists) {
    const count = relation === "part" ? issue.sub_issues_summary?.total : issue.issue_dependencies_summary?.total_blocked_by;
    const known = standing.filter((edge) => edge.of === issue.number && edge.relation === relation);
    if (count === undefined || (count === 0 && known.length === 0)) continue;
    const others: Issue[] = [];
    const asked = { ...place(at), issue_number: issue.number };
    if (count > 0) for await (const other of calls.list(route, asked, z.array(placedIssueShape))) others.push(other);
    // What the summary counts and the list does not show is not for us to see.
    if (count > 0 && others.length === 0) continue;
    const edges = others.map((other) => listedEdge(relation, issue, other));
    const things = new Set(edges.map(({ thing }) => thing));
    const here = others.filter((other) => other.repository_url === issue.repository_url);
    facts.push(...here.flatMap((other) => listedIssue(other, appId)), ...edges);
    facts.push(...known.filter(({ thing }) => !things.has(thing)).map((edge) => endedEdge(edge, issue)));
  }
  return facts;
}

/**
 * How an issue or a pull request stands without a label that was deleted or renamed unheard: that touches nothing, so only the time of GitHub's answer
 * says since when it is so. None where its last change tells as much.
 */
export function labelsNow(
  standing: readonly (IssueFact | PullFact)[],
  known: IssueFact | PullFact | null,
  answered: Instant,
): readonly Fact[] {
  const now = standing.at(-1);
  if (now === undefined || known === null || known.at < now.at || known.at > answered) return [];
  if (known.labels.join("\n") === now.labels.join("\n")) return [];
  const { id: _, ...content } = now;
  return [makeFact({ ...content, at: answered })];
}

const issueEvent = z.object({ event: text, created_at: moment, actor: person });

/** Who opened an issue again, and when, where that is not known: the issue itself shows only that somebody did. */
export async function reopeningOf({ calls, at }: PageAsk, issue: Issue, known: IssueFact | null): Promise<readonly Fact[]> {
  if (issue.state_reason !== "reopened" || (known !== null && known.state === "open")) return [];
  if (known === null && !maySpeak([issue.title], issue.labels)) return [];
  const route = "GET /repos/{owner}/{repo}/issues/{issue_number}/events";
  let last: z.infer<typeof issueEvent> | null = null;
  for await (const event of calls.list(route, { ...place(at), issue_number: issue.number }, z.array(issueEvent)))
    if (event.event === "reopened") last = event;
  return last === null ? [] : [reopenedIssue(issue, { at: last.created_at, by: last.actor })];
}

/** Reviews of an open pull request that may name a task: those of all others bear on none. */
export async function reviewsOf({ calls, at }: PageAsk, pull: z.infer<typeof pullShape>): Promise<readonly Fact[]> {
  const branch = candidateTokens(pull.head.ref, "branch");
  if (branch.length === 0 && !maySpeak([pull.title, pull.body], pull.labels)) return [];
  const facts: Fact[] = [];
  const asked = { ...place(at), pull_number: pull.number };
  const route = "GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews";
  for await (const review of calls.list(route, asked, z.array(listedReviewShape))) facts.push(...listedReview(review, pull));
  return facts;
}

const maySpeak = (texts: readonly string[], labels: readonly string[]): boolean =>
  texts.some((one) => candidateTokens(one, "title").length > 0) || labels.some((label) => candidateTokens(label, "label").length > 0);
