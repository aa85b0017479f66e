import { rename } from "../acts/installations.ts";
import type { Repository, World } from "../state/world.ts";
import type { SandboxRepository } from "../words.ts";
import { branchActs } from "./branches.ts";
import { checkActs } from "./checks.ts";
import { commentActs, issueActs } from "./issues.ts";
import { person } from "./person.ts";
import { pullActs } from "./pulls.ts";
import { relationActs } from "./relations.ts";
import { views } from "./views.ts";

/** A repository as a story sees it: what people do there, and what stands there. */
export function storyOf(world: World, repository: Repository): SandboxRepository {
  const seen = views(world, repository);
  return {
    id: repository.id,
    owner: repository.owner.login,
    get name() {
      return repository.name;
    },
    get issues() {
      return seen.issues;
    },
    get pulls() {
      return seen.pulls;
    },
    comments: seen.comments,
    checks: seen.checks,
    reactions: seen.reactions,
    file: seen.file,
    async rename({ name, by = repository.owner.login }) {
      rename(world, repository, { name, by: person(world, repository, { by, least: "admin", to: "rename it" }) });
      await world.hooks.sent();
    },
    ...branchActs(world, repository),
    ...pullActs(world, repository),
    ...issueActs(world, repository),
    ...commentActs(world, repository),
    ...relationActs(world, repository),
    ...checkActs(world, repository),
  };
}
