import { addLabels, editIssue, openIssue, removeLabel, setMilestone, setState } from "../acts/issues.ts";
import { invalid, notFound } from "../acts/refusal.ts";
import { type Answer, created, ok } from "../http/answer.ts";
import {
  choiceIn,
  type Fields,
  fieldsOf,
  integerIn,
  namesIn,
  numberParameter,
  type RepositoryAsked,
  requiredTextIn,
  textIn,
  textOrNullIn,
} from "../http/asked.ts";
import { page } from "../http/page.ts";
import type { Route } from "../http/router.ts";
import { renderIssue, renderMilestone, renderStateAct } from "../render/issue.ts";
import type { Issue, Milestone } from "../state/world.ts";
import { botOf, issueAsked, repositoryRoute, sorted } from "./route.ts";

const reading = { issues: "read", pull_requests: "read" } as const;
const writing = { issues: "write", pull_requests: "write" } as const;

export const issueRoutes: readonly Route[] = [
  repositoryRoute("GET", "/issues", { issues: "read" }, (asked) => {
    const { world, repository } = asked;
    return page(asked, issuesAsked(asked), (issue) => renderIssue(world, repository, issue));
  }),

  repositoryRoute("POST", "/issues", { issues: "write" }, (asked) => {
    const { world, repository } = asked;
    const fields = fieldsOf(asked.body);
    const issue = openIssue(world, repository, {
      title: requiredTextIn(fields, "title"),
      body: textIn(fields, "body") ?? null,
      labels: namesIn(fields, "labels") ?? [],
      milestone: milestoneIn(asked, fields) ?? null,
      by: botOf(world),
    });
    return created(renderIssue(world, repository, issue));
  }),

  repositoryRoute("GET", "/issues/{issue_number}", reading, (asked) => ok(renderIssue(asked.world, asked.repository, issueAsked(asked)))),

  repositoryRoute("GET", "/issues/{issue_number}/dependencies/blocked_by", { issues: "read" }, (asked) =>
    page(asked, issueAsked(asked).waitsFor, (end) => renderIssue(asked.world, end.repository, end.issue)),
  ),

  repositoryRoute("GET", "/issues/{issue_number}/sub_issues", { issues: "read" }, (asked) =>
    page(asked, issueAsked(asked).parts, (end) => renderIssue(asked.world, end.repository, end.issue)),
  ),

  repositoryRoute("GET", "/issues/{issue_number}/events", { issues: "read" }, (asked) =>
    page(asked, issueAsked(asked).acts, (act) => renderStateAct(asked.world, asked.repository, act)),
  ),

  repositoryRoute("PATCH", "/issues/{issue_number}", writing, (asked) => {
    const issue = issueAsked(asked);
    change(asked, issue);
    return ok(renderIssue(asked.world, asked.repository, issue));
  }),

  repositoryRoute("GET", "/milestones", reading, (asked): Answer => {
    const { world, repository, query } = asked;
    // Milestones are never closed here.
    const milestones = query.state === "closed" ? [] : [...repository.milestones.values()];
    return page(asked, milestones, (milestone) => renderMilestone(world, repository, milestone));
  }),

  repositoryRoute("GET", "/milestones/{milestone_number}", reading, (asked) => {
    const milestone = asked.repository.milestones.get(numberParameter(asked, "milestone_number"));
    if (milestone === undefined) throw notFound();
    return ok(renderMilestone(asked.world, asked.repository, milestone));
  }),
];

/** Pull requests are issues here, as on GitHub. */
function issuesAsked(asked: RepositoryAsked): Issue[] {
  const { state = "open", labels, creator, milestone } = asked.query;
  const wanted = (labels ?? "").split(",").filter((name) => name !== "");
  const has = (issue: Issue, name: string) => issue.labels.some((label) => label.name.toLowerCase() === name.toLowerCase());
  return sorted(asked, [...asked.repository.issues.values()])
    .filter((issue) => state === "all" || issue.state === state)
    .filter((issue) => wanted.every((name) => has(issue, name)))
    .filter(({ author }) => creator === undefined || author.login.toLowerCase() === creator.toLowerCase())
    .filter((issue) => milestone === undefined || milestone === "*" || String(issue.milestone?.number ?? "none") === milestone);
}

function change(asked: RepositoryAsked, issue: Issue): void {
  const { world, repository, body } = asked;
  const by = botOf(world);
  const fields = fieldsOf(body);
  const title = textOrNullIn(fields, "title") ?? undefined;
  const text = textOrNullIn(fields, "body");
  const state = choiceIn(fields, "state", ["open", "closed"]);
  const reason = choiceIn(fields.state_reason === null ? {} : fields, "state_reason", [
    "completed",
    "not_planned",
    "duplicate",
    "reopened",
  ]);
  const labels = namesIn(fields, "labels");
  const milestone = milestoneIn(asked, fields);

  editIssue(world, repository, issue, { by, ...(title === undefined ? {} : { title }), ...(text === undefined ? {} : { body: text }) });
  if (state !== undefined) setState(world, repository, issue, { state, by, ...(reason === undefined ? {} : { reason }) });
  if (milestone !== undefined) setMilestone(world, repository, issue, { milestone, by });
  if (labels === undefined) return;
  const kept = new Set(labels.map((name) => name.toLowerCase()));
  for (const { name } of issue.labels) if (!kept.has(name.toLowerCase())) removeLabel(world, repository, issue, { name, by });
  addLabels(world, repository, issue, { names: labels, by });
}

/** Null takes the milestone away, undefined leaves it. */
function milestoneIn({ repository }: RepositoryAsked, fields: Fields): Milestone | null | undefined {
  if (fields.milestone === null) return null;
  const number = integerIn(fields, "milestone");
  const milestone = number === undefined ? undefined : repository.milestones.get(number);
  if (number !== undefined && milestone === undefined) throw invalid({ resource: "Issue", code: "invalid", field: "milestone" });
  return milestone;
}
