import { sizeOf } from "../git/changes.ts";
import { ok } from "../http/answer.ts";
import { page } from "../http/page.ts";
import type { Route } from "../http/router.ts";
import { renderChange, renderCommit } from "../render/commit.ts";
import { renderPull, renderPullBriefly } from "../render/pull.ts";
import { pullChanges, pullCommits } from "../state/pulls.ts";
import { isPull } from "../state/world.ts";
import { pullAsked, repositoryRoute, sorted } from "./route.ts";

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
];
