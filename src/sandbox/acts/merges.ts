import { apply } from "../git/merge.ts";
import { commitAt, filesAt, type Sha, type Signature, writeCommit, writeTree } from "../git/objects.ts";
import { announce } from "../hooks/announce.ts";
import { renderHeadCommit } from "../render/commit.ts";
import { account } from "../state/people.ts";
import { pullCommits } from "../state/pulls.ts";
import { findCommit } from "../state/references.ts";
import { signature } from "../state/repositories.ts";
import type { Account, MergeGroup, PullIssue, Repository, World } from "../state/world.ts";
import { moveBranch, removeBranch } from "./branches.ts";
import { mergedFiles, webFlow } from "./commits.ts";
import { announceIssue } from "./issues.ts";

export type MergeMethod = "merge" | "squash" | "rebase";

/** Presses the merge button; answers with the commit that did it. */
export function mergePull(
  world: World,
  repository: Repository,
  issue: PullIssue,
  { method, message, by }: { readonly method: MergeMethod; readonly message?: string | undefined; readonly by: Account },
): Sha {
  if (issue.state !== "open") throw new Error(`#${issue.number} is not open`);
  if (issue.pull.draft) throw new Error(`#${issue.number} is a draft`);
  const branch = issue.pull.base.ref;
  const sha = writeMerge(world, repository, issue, { onto: tipOf(world, repository, branch), method, said: message, by });
  moveBranch(world, repository, { branch, to: sha, by, landing: new Map([[issue, sha]]) });
  return sha;
}

/** Puts pull requests into the merge queue as one group, on a branch of its own, and asks for its checks. */
export function formGroup(
  world: World,
  repository: Repository,
  { pulls, by }: { readonly pulls: PullIssue[]; readonly by: Account },
): MergeGroup {
  const last = pulls.at(-1);
  if (last === undefined) throw new Error("a merge group needs pull requests");
  const base = last.pull.base.ref;
  const baseSha = tipOf(world, repository, base);
  for (const issue of pulls) announceIssue(world, repository, issue, { action: "enqueued", by });
  const merges = new Map<PullIssue, Sha>();
  let headSha = baseSha;
  for (const issue of pulls) {
    headSha = writeMerge(world, repository, issue, { onto: headSha, method: "merge", by });
    merges.set(issue, headSha);
  }
  const branch = `gh-readonly-queue/${base}/pr-${last.number}-${baseSha}`;
  const group = { headSha, branch, base, baseSha, merges };
  repository.groups.set(headSha, group);
  moveBranch(world, repository, { branch, to: headSha, by: queueBot(world) });
  announceGroup(world, repository, group, { action: "checks_requested" });
  return group;
}

export function endGroup(world: World, repository: Repository, group: MergeGroup, reason: "merged" | "invalidated" | "dequeued"): void {
  const by = queueBot(world);
  const why = { merged: "MERGE", invalidated: "CI_FAILURE", dequeued: "MANUAL" }[reason];
  repository.groups.delete(group.headSha);
  if (reason === "merged") moveBranch(world, repository, { branch: group.base, to: group.headSha, by, landing: group.merges });
  for (const issue of group.merges.keys()) announceIssue(world, repository, issue, { action: "dequeued", by, fields: { reason: why } });
  announceGroup(world, repository, group, { action: "destroyed", reason });
  removeBranch(world, repository, { branch: group.branch, by });
}

type Merging = { readonly onto: Sha; readonly method: MergeMethod; readonly said?: string | undefined; readonly by: Account };

function writeMerge(world: World, repository: Repository, issue: PullIssue, { onto, method, said, by }: Merging): Sha {
  const { head } = issue.pull;
  const now = world.clock.now();
  const author = signature(by, now);
  if (method === "rebase") return rebase(world, repository, issue, { onto, committer: author });
  const squashed = pullCommits(world, repository, issue).map(({ message }) => `* ${message}`);
  const usual =
    method === "squash"
      ? `${issue.title} (#${issue.number})\n\n${squashed.join("\n\n")}`
      : `Merge pull request #${issue.number} from ${head.repository.owner.login}/${head.ref}\n\n${issue.title}`;
  const tree = writeTree(world.objects, mergedFiles(world, onto, head.sha));
  const parents = method === "squash" ? [onto] : [onto, head.sha];
  return writeCommit(world.objects, { tree, parents, message: said ?? usual, author, committer: webFlow(now) }).sha;
}

/** Every commit anew on top of the base, by its own author. */
function rebase(world: World, repository: Repository, issue: PullIssue, { onto, committer }: { onto: Sha; committer: Signature }): Sha {
  let tip = onto;
  for (const { sha, parents, message, author } of pullCommits(world, repository, issue)) {
    const [parent] = parents;
    if (parent === undefined || parents.length > 1) continue;
    const applied = apply(filesAt(world.objects, parent), filesAt(world.objects, sha), filesAt(world.objects, tip));
    if ("conflicts" in applied) throw new Error(`rebasing ${sha} conflicts in ${applied.conflicts.join(", ")}`);
    const tree = writeTree(world.objects, applied.files);
    tip = writeCommit(world.objects, { tree, parents: [tip], message, author, committer }).sha;
  }
  return tip;
}

function announceGroup(
  world: World,
  repository: Repository,
  group: MergeGroup,
  told: { readonly action: string; readonly reason?: string },
): void {
  const merge_group = {
    head_sha: group.headSha,
    head_ref: `refs/heads/${group.branch}`,
    base_sha: group.baseSha,
    base_ref: `refs/heads/${group.base}`,
    head_commit: renderHeadCommit(commitAt(world.objects, group.headSha)),
  };
  announce(world, repository, { event: "merge_group", by: queueBot(world), fields: { ...told, merge_group } });
}

function tipOf(world: World, repository: Repository, branch: string): Sha {
  const tip = findCommit(world, repository, `heads/${branch}`);
  if (tip === null) throw new Error(`there is no branch ${branch}`);
  return tip.sha;
}

const queueBot = (world: World): Account => account(world, "github-merge-queue[bot]");
