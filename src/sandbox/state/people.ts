import type { Role } from "../words.ts";
import type { Account, Repository, World } from "./world.ts";

export type Standing = Role | "none";

const standings: readonly Standing[] = ["none", "read", "triage", "write", "maintain", "admin"];

/** The account of a login; one is opened for whoever was never seen before. */
export function account(world: World, login: string): Account {
  const known = world.accounts.get(login.toLowerCase());
  if (known !== undefined) return known;
  const fresh: Account = { id: world.nextId(), login, type: login.endsWith("[bot]") ? "Bot" : "User" };
  world.accounts.set(login.toLowerCase(), fresh);
  return fresh;
}

/** What somebody may do in a repository. Bots act by the permissions of their app: as if they could write. */
export function standingOf(repository: Repository, person: Account): Standing {
  if (person === repository.owner) return "admin";
  if (person.type === "Bot") return "write";
  return repository.people.get(person.login.toLowerCase()) ?? (repository.private ? "none" : "read");
}

export const mayDo = (held: Standing, least: Standing): boolean => standings.indexOf(held) >= standings.indexOf(least);

export function associationOf(repository: Repository, person: Account): string {
  if (person === repository.owner) return "OWNER";
  if (repository.people.has(person.login.toLowerCase())) return "COLLABORATOR";
  const merged = [...repository.issues.values()].some(({ author, pull }) => author === person && pull?.mergedAt);
  return merged ? "CONTRIBUTOR" : "NONE";
}
