import { notFound, refused } from "../acts/refusal.ts";
import { changesBetween, sizeOf } from "../git/changes.ts";
import { history, mergeBase } from "../git/history.ts";
import { type Commit, commitAt, filesAt } from "../git/objects.ts";
import { ok, plain } from "../http/answer.ts";
import { parameter, type RepositoryAsked } from "../http/asked.ts";
import { page, sliceOf } from "../http/page.ts";
import type { Route } from "../http/router.ts";
import { renderChange, renderCommit, renderCommitWithFiles, renderGitCommit } from "../render/commit.ts";
import { renderPullBriefly } from "../render/pull.ts";
import { apiUrl, encodePath, pageUrl } from "../render/urls.ts";
import { pullCommits } from "../state/pulls.ts";
import { findCommit } from "../state/references.ts";
import { isPull } from "../state/world.ts";
import { repositoryRoute } from "./route.ts";

/** GitHub lists no more files in a comparison. */
const mostFiles = 300;

export const commitRoutes: readonly Route[] = [
  repositoryRoute("GET", "/commits", { contents: "read" }, (asked) => {
    const { world, repository, query } = asked;
    const start = commitNamed(asked, query.sha ?? repository.defaultBranch, notFound());
    const time = (text: string | undefined, otherwise: number) => (text === undefined ? otherwise : Date.parse(text));
    const since = time(query.since, Number.NEGATIVE_INFINITY);
    const until = time(query.until, Number.POSITIVE_INFINITY);
    const listed = touching(asked, history(world.objects, start.sha), query.path ?? "")
      .filter(({ committer }) => committer.at >= since && committer.at <= until)
      .filter(({ author }) => query.author === undefined || query.author === author.login || query.author === author.email);
    return page(asked, listed, (commit) => renderCommit(world, repository, commit));
  }),

  repositoryRoute("GET", "/commits/{ref}", { contents: "read" }, (asked) => {
    const reference = parameter(asked, "ref");
    const commit = commitNamed(asked, reference, refused(422, `No commit found for SHA: ${reference}`));
    const shaOnly = /application\/vnd\.github(\.v3)?\.sha/.test(asked.headers.accept ?? "");
    // Here the tag is the commit's name, so that whoever knows the name can ask whether the branch moved.
    if (shaOnly) return plain("application/vnd.github.sha", commit.sha, { etag: `"${commit.sha}"` });
    return ok(renderCommitWithFiles(asked.world, asked.repository, commit));
  }),

  repositoryRoute("GET", "/commits/{commit_sha}/pulls", { pull_requests: "read", contents: "read" }, (asked) => {
    const { world, repository } = asked;
    const name = parameter(asked, "commit_sha");
    const { sha } = commitNamed(asked, name, refused(422, `No commit found for SHA: ${name}`));
    const pulls = [...repository.issues.values()].filter(isPull);
    const having = pulls.filter(
      (issue) => issue.pull.mergeSha === sha || pullCommits(world, repository, issue).some((one) => one.sha === sha),
    );
    return page(asked, having, (issue) => renderPullBriefly(world, repository, issue));
  }),

  repositoryRoute("GET", "/git/commits/{commit_sha}", { contents: "read" }, (asked) => {
    const sha = parameter(asked, "commit_sha");
    if (!asked.repository.commits.has(sha)) throw notFound();
    return ok(renderGitCommit(asked.world, asked.repository, commitAt(asked.world.objects, sha)));
  }),

  repositoryRoute("GET", "/compare/{basehead}", { contents: "read" }, (asked) => {
    const { world, repository } = asked;
    const basehead = parameter(asked, "basehead");
    const [baseName = "", headName = ""] = basehead.split("...");
    const base = commitNamed(asked, withoutOwner(baseName), notFound());
    const head = commitNamed(asked, withoutOwner(headName), notFound());
    const shared = mergeBase(world.objects, base.sha, head.sha);
    if (shared === null) throw refused(404, `No common ancestor between ${baseName} and ${headName}.`);
    const ahead = history(world.objects, head.sha, [base.sha]).reverse();
    const behind = history(world.objects, base.sha, [head.sha]);
    const { start, end, headers } = sliceOf(asked, ahead.length, 250);
    const changes = start > 0 ? [] : changesBetween(filesAt(world.objects, shared), filesAt(world.objects, head.sha)).slice(0, mostFiles);
    const page = pageUrl(world, repository, `/compare/${encodePath(basehead)}`);
    return ok(
      {
        url: apiUrl(world, repository, `/compare/${encodePath(basehead)}`),
        html_url: page,
        permalink_url: pageUrl(world, repository, `/compare/${base.sha}...${head.sha}`),
        diff_url: `${page}.diff`,
        patch_url: `${page}.patch`,
        base_commit: renderCommit(world, repository, base),
        merge_base_commit: renderCommit(world, repository, commitAt(world.objects, shared)),
        status: ahead.length === 0 ? (behind.length === 0 ? "identical" : "behind") : behind.length === 0 ? "ahead" : "diverged",
        ahead_by: ahead.length,
        behind_by: behind.length,
        total_commits: ahead.length,
        commits: ahead.slice(start, end).map((commit) => renderCommit(world, repository, commit)),
        files: changes.map((change) => renderChange(world, repository, { change, size: sizeOf(world.objects, change), at: head.sha })),
      },
      headers,
    );
  }),
];

export function commitNamed({ world, repository }: RepositoryAsked, name: string, otherwise: Error): Commit {
  const commit = findCommit(world, repository, name);
  if (commit === null) throw otherwise;
  return commit;
}

/** The commits that changed a file or folder. A merge that has it as one of its parents does changed nothing: then only that parent's side counts. */
function touching({ world }: RepositoryAsked, commits: readonly Commit[], path: string): Commit[] {
  if (path === "") return [...commits];
  const state = (sha: string) =>
    [...filesAt(world.objects, sha)]
      .filter(([name]) => name === path || name.startsWith(`${path}/`))
      .map(([name, blob]) => `${name}\0${blob}`)
      .sort()
      .join("\n");
  const followed = new Set(commits[0] === undefined ? [] : [commits[0].sha]);
  return commits.filter(({ sha, parents }) => {
    if (!followed.has(sha)) return false;
    const own = state(sha);
    const same = parents.find((parent) => state(parent) === own);
    for (const parent of same === undefined ? parents : [same]) followed.add(parent);
    return same === undefined && (parents.length > 0 || own !== "");
  });
}

/** `octo:branch`: forks share their commits' names, so the name after the colon is enough here. */
function withoutOwner(name: string): string {
  return name.replace(/^[^:]*:/, "");
}
