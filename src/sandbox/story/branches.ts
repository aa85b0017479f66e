import { moveBranch, removeBranch } from "../acts/branches.ts";
import { writeCommits } from "../acts/commits.ts";
import { mergeBase } from "../git/history.ts";
import { noCommit, type Sha } from "../git/objects.ts";
import { findCommit } from "../state/references.ts";
import type { Account, Repository, World } from "../state/world.ts";
import type { CommitAct, SandboxRepository } from "../words.ts";
import { person } from "./person.ts";

export type PushAct = {
  readonly branch: string;
  readonly commits: readonly CommitAct[];
  readonly force?: boolean | undefined;
  readonly from?: string | undefined;
};

export function branchActs(world: World, repository: Repository): Pick<SandboxRepository, "push" | "deleteBranch"> {
  return {
    async push(act) {
      const by = person(world, repository, { by: act.by, least: "write", to: `push to ${act.branch}` });
      const before = repository.branches.get(act.branch) ?? noCommit;
      const shas = pushCommits(world, repository, act, by);
      await world.hooks.sent();
      return { before, after: repository.branches.get(act.branch) ?? noCommit, shas };
    },
    async deleteBranch(act) {
      const by = person(world, repository, { by: act.by, least: "write", to: `delete ${act.branch}` });
      removeBranch(world, repository, { branch: act.branch, by });
      await world.hooks.sent();
    },
  };
}

export function pushCommits(world: World, repository: Repository, act: PushAct, by: Account): Sha[] {
  const onto = startOf(world, repository, act);
  const shas = writeCommits(world, repository, { onto, commits: act.commits, by });
  moveBranch(world, repository, { branch: act.branch, to: shas.at(-1) ?? onto, by });
  return shas;
}

/** The commit that the pushed commits stand on. */
function startOf(world: World, repository: Repository, { branch, force = false, from }: PushAct): Sha {
  const main = repository.branches.get(repository.defaultBranch) ?? noCommit;
  const tip = repository.branches.get(branch);
  if (tip !== undefined && !force) {
    if (from !== undefined) throw new Error(`${branch} exists: "from" is for new branches and forced pushes`);
    return tip;
  }
  if (from !== undefined) return named(world, repository, from);
  if (branch === repository.defaultBranch) throw new Error(`a forced push to ${branch} needs "from"`);
  return tip === undefined ? main : (mergeBase(world.objects, main, tip) ?? main);
}

function named(world: World, repository: Repository, reference: string): Sha {
  const commit = findCommit(world, repository, reference);
  if (commit === null) throw new Error(`there is no branch or commit ${reference}`);
  return commit.sha;
}
