import { type Json, renderAccount } from "../render/account.ts";
import { renderInstallation } from "../render/app.ts";
import { renderRepository } from "../render/repository.ts";
import { nodeId } from "../render/urls.ts";
import { installationOf } from "../state/repositories.ts";
import type { Account, Installation, Repository, World } from "../state/world.ts";

/** Tells the app what happened in a repository, if it is installed there and subscribed to such events. */
export function announce(
  world: World,
  repository: Repository,
  happening: { readonly event: string; readonly by: Account; readonly fields: Json; readonly repository?: Json },
): void {
  const installation = installationOf(world, repository);
  if (installation === null || !hears(world, happening.event)) return;
  const payload = {
    ...happening.fields,
    repository: happening.repository ?? renderRepository(world, repository),
    sender: renderAccount(world, happening.by),
    installation: { id: installation.id, node_id: nodeId("Installation", installation.id) },
  };
  world.hooks.announce({ event: happening.event, payload, installation: installation.id, repository: repository.id });
}

/** Tells the app what happened to its installation: every app hears that. */
export function announceInstallation(
  world: World,
  installation: Installation,
  happening: { readonly event: string; readonly fields: Json },
): void {
  const payload = {
    ...happening.fields,
    installation: renderInstallation(world, installation),
    sender: renderAccount(world, installation.account),
  };
  world.hooks.announce({ event: happening.event, payload, installation: installation.id, repository: null });
}

/** Apps that may write checks hear of them without having subscribed. */
function hears({ app }: World, event: string): boolean {
  if (event === "check_run" || event === "check_suite") return app.permissions.checks === "write";
  return app.events.includes(event);
}
