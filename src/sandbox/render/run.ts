import { iso } from "../clock.ts";
import { commitAt } from "../git/objects.ts";
import type { Repository, Run, World } from "../state/world.ts";
import { type Json, renderAccount } from "./account.ts";
import { renderHeadCommit } from "./commit.ts";
import { renderPullsOf } from "./pull.ts";
import { renderRepositoryBriefly } from "./repository.ts";
import { apiUrl, encodePath, nodeId, pageUrl } from "./urls.ts";

export function renderRun(world: World, repository: Repository, run: Run): Json {
  const { id, workflow, sha } = run;
  const url = apiUrl(world, repository, `/actions/runs/${id}`);
  const commit = commitAt(world.objects, sha);
  return {
    id,
    name: workflow.name,
    node_id: nodeId("WorkflowRun", id),
    head_branch: run.branch,
    head_sha: sha,
    path: workflow.file,
    display_title: commit.message.split("\n")[0] ?? "",
    run_number: run.number,
    event: run.event,
    status: run.status,
    conclusion: run.conclusion,
    workflow_id: workflow.id,
    check_suite_id: id,
    check_suite_node_id: nodeId("CheckSuite", id),
    url,
    html_url: pageUrl(world, repository, `/actions/runs/${id}`),
    pull_requests: run.headRepository === repository ? renderPullsOf(world, repository, sha) : [],
    created_at: iso(run.createdAt),
    updated_at: iso(run.updatedAt),
    actor: renderAccount(world, run.actor),
    run_attempt: run.attempt,
    referenced_workflows: [],
    run_started_at: iso(run.startedAt),
    triggering_actor: renderAccount(world, run.actor),
    jobs_url: `${url}/jobs`,
    logs_url: `${url}/logs`,
    check_suite_url: apiUrl(world, repository, `/check-suites/${id}`),
    artifacts_url: `${url}/artifacts`,
    cancel_url: `${url}/cancel`,
    rerun_url: `${url}/rerun`,
    previous_attempt_url: run.attempt > 1 ? `${url}/attempts/${run.attempt - 1}` : null,
    workflow_url: apiUrl(world, repository, `/actions/workflows/${workflow.id}`),
    head_commit: renderHeadCommit(commit),
    repository: renderRepositoryBriefly(world, repository),
    head_repository: renderRepositoryBriefly(world, run.headRepository),
  };
}

export function renderWorkflow(world: World, repository: Repository, { workflow, createdAt }: Run): Json {
  const { id, name, file } = workflow;
  const url = apiUrl(world, repository, `/actions/workflows/${id}`);
  const at = iso(createdAt);
  return {
    id,
    node_id: nodeId("Workflow", id),
    name,
    path: file,
    state: "active",
    created_at: at,
    updated_at: at,
    url,
    html_url: pageUrl(world, repository, `/blob/${repository.defaultBranch}/${encodePath(file)}`),
    badge_url: pageUrl(world, repository, `/workflows/${encodeURIComponent(name)}/badge.svg`),
  };
}
