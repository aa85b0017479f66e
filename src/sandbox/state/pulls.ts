import { type Change, changesBetween } from "../git/changes.ts";
import { between, mergeBase } from "../git/history.ts";
import { type Merged, merge } from "../git/merge.ts";
import { type Commit, filesAt, type Sha } from "../git/objects.ts";
import type { PullIssue, Repository, World } from "./world.ts";

/** The base branch now, while the pull request is open; as it stood at the end, afterwards. */
export function baseOf(repository: Repository, { pull, state }: PullIssue): Sha {
  return state === "open" ? (repository.branches.get(pull.base.ref) ?? pull.base.sha) : pull.base.sha;
}

export function pullCommits(world: World, repository: Repository, issue: PullIssue): Commit[] {
  return between(world.objects, baseOf(repository, issue), issue.pull.head.sha);
}

/** What merging would change: from where both parted to the head. */
export function pullChanges(world: World, repository: Repository, issue: PullIssue): Change[] {
  const { sha } = issue.pull.head;
  const base = mergeBase(world.objects, baseOf(repository, issue), sha);
  return changesBetween(base === null ? new Map() : filesAt(world.objects, base), filesAt(world.objects, sha));
}

export function tryMerge(world: World, repository: Repository, issue: PullIssue): Merged {
  return merge(world.objects, baseOf(repository, issue), issue.pull.head.sha);
}
