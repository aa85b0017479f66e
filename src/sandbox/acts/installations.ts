import { announce, announceInstallation } from "../hooks/announce.ts";
import type { Json } from "../render/account.ts";
import { renderRepositoryName } from "../render/repository.ts";
import type { Account, Installation, Repository, World } from "../state/world.ts";

/** Installs the app for the owners of these repositories, or adds the repositories to what they installed before. */
export function install(world: World, repositories: readonly Repository[]): void {
  for (const [owner, own] of byOwner(repositories)) {
    const standing = installedBy(world, owner);
    const added = own.filter((one) => !standing?.repositories.has(one));
    if (standing === null) create(world, owner, own);
    else if (added.length > 0) change(world, standing, { added, removed: [] });
  }
}

export function withdraw(world: World, repositories: readonly Repository[]): void {
  for (const [owner, own] of byOwner(repositories)) {
    const standing = installedBy(world, owner);
    const removed = own.filter((one) => standing?.repositories.has(one));
    if (standing !== null && removed.length > 0) change(world, standing, { added: [], removed });
  }
}

export function uninstall(world: World, login: string): void {
  const standing = [...world.installations.values()].find(({ account }) => account.login.toLowerCase() === login.toLowerCase());
  if (standing === undefined) throw new Error(`the app is not installed for ${login}`);
  world.installations.delete(standing.id);
  for (const [token, { installation }] of world.tokens) if (installation === standing) world.tokens.delete(token);
  const repositories = [...standing.repositories].map(renderRepositoryName);
  announceInstallation(world, standing, { event: "installation", fields: { action: "deleted", repositories, requester: null } });
}

export function rename(world: World, repository: Repository, { name, by }: { readonly name: string; readonly by: Account }): void {
  const from = repository.name;
  repository.formerNames.add(from.toLowerCase());
  repository.formerNames.delete(name.toLowerCase());
  repository.name = name;
  repository.updatedAt = world.clock.now();
  announce(world, repository, { event: "repository", by, fields: { action: "renamed", changes: { repository: { name: { from } } } } });
}

function create(world: World, owner: Account, repositories: readonly Repository[]): void {
  const installation = { id: world.nextId(), account: owner, repositories: new Set(repositories), createdAt: world.clock.now() };
  world.installations.set(installation.id, installation);
  const fields = { action: "created", repositories: repositories.map(renderRepositoryName), requester: null };
  announceInstallation(world, installation, { event: "installation", fields });
}

function change(
  world: World,
  installation: Installation,
  { added, removed }: { readonly added: readonly Repository[]; readonly removed: readonly Repository[] },
): void {
  for (const one of added) installation.repositories.add(one);
  for (const one of removed) installation.repositories.delete(one);
  const fields: Json = {
    action: added.length > 0 ? "added" : "removed",
    repository_selection: "selected",
    repositories_added: added.map(renderRepositoryName),
    repositories_removed: removed.map(renderRepositoryName),
    requester: null,
  };
  announceInstallation(world, installation, { event: "installation_repositories", fields });
}

function installedBy(world: World, owner: Account): Installation | null {
  return [...world.installations.values()].find(({ account }) => account === owner) ?? null;
}

function byOwner(repositories: readonly Repository[]): Map<Account, Repository[]> {
  const groups = new Map<Account, Repository[]>();
  for (const one of repositories) groups.set(one.owner, [...(groups.get(one.owner) ?? []), one]);
  return groups;
}
