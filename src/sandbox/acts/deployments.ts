import { iso } from "../clock.ts";
import type { Sha } from "../git/objects.ts";
import { announce } from "../hooks/announce.ts";
import { renderAccount } from "../render/account.ts";
import { apiUrl, nodeId } from "../render/urls.ts";
import type { Account, Repository, World } from "../state/world.ts";

/** A deployment of one commit, and how it went. */
export function deploy(
  world: World,
  repository: Repository,
  asked: { readonly sha: Sha; readonly ref: string; readonly environment: string; readonly state: string; readonly by: Account },
): void {
  const [id, statusId] = [world.nextId(), world.nextId()];
  const url = apiUrl(world, repository, `/deployments/${id}`);
  const now = iso(world.clock.now());
  const common = { creator: renderAccount(world, asked.by), description: "", created_at: now, updated_at: now };
  const told = { ...common, environment: asked.environment, repository_url: apiUrl(world, repository), performed_via_github_app: null };
  const deployment = {
    ...told,
    id,
    node_id: nodeId("Deployment", id),
    url,
    sha: asked.sha,
    ref: asked.ref,
    task: "deploy",
    payload: {},
    original_environment: asked.environment,
    statuses_url: `${url}/statuses`,
    transient_environment: false,
    production_environment: asked.environment === "production",
  };
  const status = {
    ...told,
    id: statusId,
    node_id: nodeId("DeploymentStatus", statusId),
    url: `${url}/statuses/${statusId}`,
    state: asked.state,
    target_url: "",
    deployment_url: url,
  };
  const fields = { action: "created", deployment_status: status, deployment, check_run: null, workflow: null, workflow_run: null };
  announce(world, repository, { event: "deployment_status", by: asked.by, fields });
}
