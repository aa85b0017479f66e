import { iso, isoOrNull } from "../clock.ts";
import { commitAt } from "../git/objects.ts";
import type { Check, Repository, Suite, World } from "../state/world.ts";
import type { Json } from "./account.ts";
import { renderApp } from "./app.ts";
import { renderHeadCommit } from "./commit.ts";
import { renderPullsOf } from "./pull.ts";
import { renderRepositoryBriefly } from "./repository.ts";
import { apiUrl, encodePath, nodeId, pageUrl } from "./urls.ts";

export function renderCheck(world: World, repository: Repository, check: Check): Json {
  const { id, sha } = check;
  const url = apiUrl(world, repository, `/check-runs/${id}`);
  return {
    id,
    name: check.name,
    node_id: nodeId("CheckRun", id),
    head_sha: sha,
    external_id: check.externalId,
    url,
    html_url: pageUrl(world, repository, `/runs/${id}`),
    details_url: check.detailsUrl ?? `${world.url}/apps/${world.app.slug}`,
    status: check.status,
    conclusion: check.conclusion,
    started_at: iso(check.startedAt),
    completed_at: isoOrNull(check.completedAt),
    output: {
      title: check.title,
      summary: check.summary,
      text: check.text,
      annotations_count: check.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: check.suite.id },
    app: renderApp(world, world.app),
    pull_requests: renderPullsOf(world, repository, sha),
  };
}

/** As webhooks tell it: with its suite written out. */
export function renderHookCheck(world: World, repository: Repository, check: Check): Json {
  const { latest_check_runs_count, check_runs_url, head_commit, rerequestable, runs_rerequestable, ...suite } = renderSuite(
    world,
    repository,
    check.suite,
  );
  return { ...renderCheck(world, repository, check), check_suite: { ...suite, repository: renderRepositoryBriefly(world, repository) } };
}

export function renderSuite(world: World, repository: Repository, suite: Suite): Json {
  const { id, sha } = suite;
  const checks = [...repository.checks.values()].filter((check) => check.suite === suite);
  const url = apiUrl(world, repository, `/check-suites/${id}`);
  return {
    id,
    node_id: nodeId("CheckSuite", id),
    head_branch: suite.branch,
    head_sha: sha,
    ...suiteState(repository, suite),
    url,
    before: suite.before,
    after: sha,
    pull_requests: renderPullsOf(world, repository, sha),
    app: renderApp(world, world.app),
    created_at: iso(suite.createdAt),
    updated_at: iso(suite.updatedAt),
    rerequestable: true,
    runs_rerequestable: true,
    latest_check_runs_count: checks.length,
    check_runs_url: `${url}/check-runs`,
    head_commit: renderHeadCommit(commitAt(world.objects, sha)),
  };
}

export function renderAnnotations(world: World, repository: Repository, check: Check): Json[] {
  return check.annotations.map((annotation) => ({
    path: annotation.path,
    blob_href: pageUrl(world, repository, `/blob/${check.sha}/${encodePath(annotation.path)}`),
    start_line: annotation.startLine,
    start_column: annotation.startColumn,
    end_line: annotation.endLine,
    end_column: annotation.endColumn,
    annotation_level: annotation.level,
    title: annotation.title,
    message: annotation.message,
    raw_details: annotation.rawDetails,
  }));
}

/** A suite is completed when its newest run of every name is, with the worst of their conclusions. */
export function suiteState(repository: Repository, suite: Suite): { status: string; conclusion: string | null } {
  const newest = new Map([...repository.checks.values()].filter((check) => check.suite === suite).map((check) => [check.name, check]));
  const checks = [...newest.values()];
  if (suite.reset || checks.length === 0) return { status: "queued", conclusion: null };
  if (checks.some(({ status }) => status !== "completed")) return { status: "in_progress", conclusion: null };
  const conclusions = checks.map(({ conclusion }) => conclusion);
  return { status: "completed", conclusion: worstFirst.find((one) => conclusions.includes(one)) ?? "neutral" };
}

const worstFirst = ["failure", "timed_out", "action_required", "cancelled", "success", "skipped", "neutral"] as const;
