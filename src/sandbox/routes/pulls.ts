import { editIssue, setState } from "../acts/issues.ts";
import { openPull, retarget } from "../acts/pulls.ts";
import { invalid, refused } from "../acts/refusal.ts";
import { renderListedReview } from "../acts/reviews.ts";
import { sizeOf } from "../git/changes.ts";
import { created, ok } from "../http/answer.ts";
import { choiceIn, fieldsOf, type RepositoryAsked, requiredTextIn, textIn, textOrNullIn } from "../http/asked.ts";
import { page } from "../http/page.ts";
import type { Route } from "../http/router.ts";
import { renderChange, renderCommit } from "../render/commit.ts";
import { renderPull, renderPullBriefly } from "../render/pull.ts";
import { pullChanges, pullCommits } from "../state/pulls.ts";
import { isPull, type PullIssue } from "../state/world.ts";
import { botOf, pullAsked, repositoryRoute, sorted } from "./route.ts";

/** GitHub lists no more of either. */
const mostCommits = 250;
const mostFiles = 3000;

export const pullRoutes: readonly Route[] = [
  repositoryRoute("GET", "/pulls", { pull_requests: "read" }, (asked) => {
    const { world, repository, query } = asked;
    const { state = "open", head, base } = query;
    const pulls = sorted(asked, [...repository.issues.values()])
      .filter(isPull)
      .filter((issue) => state === "all" || issue.state === state)
      .filter(({ pull }) => base === undefined || pull.base.ref === base)
      .filter(({ pull }) => head === undefined || `${pull.head.repository.owner.login}:${pull.head.ref}` === head);
    return page(asked, pulls, (issue) => renderPullBriefly(world, repository, issue));
  }),

  repositoryRoute("POST", "/pulls", { pull_requests: "write" }, (asked) => {
    const { world, repository } = asked;
    const fields = fieldsOf(asked.body);
    const ref = requiredTextIn(fields, "head").replace(`${repository.owner.login}:`, "");
    const issue = openPull(world, repository, {
      title: requiredTextIn(fields, "title"),
      body: textOrNullIn(fields, "body") ?? null,
      head: { repository, ref },
      base: requiredTextIn(fields, "base"),
      draft: fields.draft === true,
      by: botOf(world),
    });
    return created(renderPull(world, repository, issue));
  }),

  repositoryRoute("PATCH", "/pulls/{pull_number}", { pull_requests: "write" }, (asked) => {
    const issue = pullAsked(asked);
    change(asked, issue);
    return ok(renderPull(asked.world, asked.repository, issue));
  }),

  repositoryRoute("GET", "/pulls/{pull_number}", { pull_requests: "read" }, (asked) =>
    ok(renderPull(asked.world, asked.repository, pullAsked(asked))),
  ),

  repositoryRoute("GET", "/pulls/{pull_number}/commits", { pull_requests: "read" }, (asked) => {
    const { world, repository } = asked;
    const commits = pullCommits(world, repository, pullAsked(asked)).slice(0, mostCommits);
    return page(asked, commits, (commit) => renderCommit(world, repository, commit));
  }),

  repositoryRoute("GET", "/pulls/{pull_number}/files", { pull_requests: "read" }, (asked) => {
    const { world, repository } = asked;
    const issue = pullAsked(asked);
    const changes = pullChanges(world, repository, issue).slice(0, mostFiles);
    const at = issue.pull.head.sha;
    return page(asked, changes, (change) => renderChange(world, repository, { change, size: sizeOf(world.objects, change), at }));
  }),

  repositoryRoute("GET", "/pulls/{pull_number}/reviews", { pull_requests: "read" }, (asked) => {
    const { world, repository } = asked;
    const issue = pullAsked(asked);
    const reviews = [...repository.reviews.values()].filter(({ pull }) => pull === issue);
    return page(asked, reviews, (review) => renderListedReview(world, repository, review));
  }),
];

function change({ world, repository, body }: RepositoryAsked, issue: PullIssue): void {
  const by = botOf(world);
  const fields = fieldsOf(body);
  const title = textIn(fields, "title");
  const text = textOrNullIn(fields, "body");
  const base = textIn(fields, "base");
  const state = choiceIn(fields, "state", ["open", "closed"]);
  if (state === "open" && issue.state === "closed") {
    if (issue.pull.mergedAt !== null) throw invalid({ resource: "PullRequest", code: "custom", field: "state", message: "it is merged" });
    if (!issue.pull.head.repository.branches.has(issue.pull.head.ref)) throw refused(422, "Validation Failed");
  }
  editIssue(world, repository, issue, { by, ...(title === undefined ? {} : { title }), ...(text === undefined ? {} : { body: text }) });
  if (base !== undefined) retarget(world, repository, issue, { base, by });
  if (state !== undefined) setState(world, repository, issue, { state, by });
}
