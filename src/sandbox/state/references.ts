import { type Commit, commitAt } from "../git/objects.ts";
import type { PullIssue, Repository, World } from "./world.ts";
import { isPull } from "./world.ts";

/** The commit that a branch, `heads/…`, `pull/7/head`, `HEAD`, or a full or shortened commit name stands for; null where there is none. */
export function findCommit(world: World, repository: Repository, reference: string): Commit | null {
  const name = reference.replace(/^refs\//, "");
  const branch = repository.branches.get(name === "HEAD" ? repository.defaultBranch : name.replace(/^heads\//, ""));
  if (branch !== undefined) return commitAt(world.objects, branch);
  const pull = /^pull\/(\d+)\/head$/.exec(name);
  const issue = pull === null ? undefined : repository.issues.get(Number(pull[1]));
  if (issue !== undefined && isPull(issue)) return commitAt(world.objects, issue.pull.head.sha);
  const sha = fullCommitName(repository, name);
  return sha === null ? null : commitAt(world.objects, sha);
}

export function openPulls(repository: Repository): PullIssue[] {
  return [...repository.issues.values()].filter(isPull).filter(({ state }) => state === "open");
}

function fullCommitName(repository: Repository, name: string): string | null {
  if (repository.commits.has(name)) return name;
  if (!/^[0-9a-f]{7,39}$/.test(name)) return null;
  const fitting = [...repository.commits].filter((sha) => sha.startsWith(name));
  return fitting.length === 1 ? (fitting[0] ?? null) : null;
}
