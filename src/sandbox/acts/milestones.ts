import { announce } from "../hooks/announce.ts";
import { renderMilestone } from "../render/issue.ts";
import type { Account, Milestone, Repository, World } from "../state/world.ts";

export function addMilestone(
  world: World,
  repository: Repository,
  { by, ...asked }: Pick<Milestone, "title" | "description" | "dueOn"> & { readonly by: Account },
): Milestone {
  const number = repository.milestones.size + 1;
  const milestone: Milestone = { ...asked, id: world.nextId(), number, creator: by, createdAt: world.clock.now() };
  repository.milestones.set(number, milestone);
  announce(world, repository, {
    event: "milestone",
    by,
    fields: { action: "created", milestone: renderMilestone(world, repository, milestone) },
  });
  return milestone;
}
