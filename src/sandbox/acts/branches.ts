import { between, isAncestor } from "../git/history.ts";
import { type Commit, commitAt, type Sha } from "../git/objects.ts";
import { announce } from "../hooks/announce.ts";
import { announcePush } from "../hooks/push.ts";
import { openPulls } from "../state/references.ts";
import type { Account, PullIssue, Repository, World } from "../state/world.ts";
import { requestSuite } from "./checks.ts";
import { announceIssue, setState, touch } from "./issues.ts";

export type Move = {
  readonly branch: string;
  readonly to: Sha;
  readonly by: Account;
  /** Pull requests that this move merges, and the commit that did it. Those whose head arrives with the move land without being named. */
  readonly landing?: ReadonlyMap<PullIssue, Sha>;
};

/** Lets a branch point to a commit, with everything GitHub does about it: events, checks, pull requests that follow or land, issues that close. */
export function moveBranch(world: World, repository: Repository, move: Move): void {
  const { branch, to, by } = move;
  const before = repository.branches.get(branch) ?? null;
  if (before === to) return;
  repository.branches.set(branch, to);
  const fresh = learn(world, repository, to);
  repository.pushedAt = world.clock.now();
  if (branch === repository.defaultBranch) touch(world, repository);
  if (before === null) announceRef(world, repository, { event: "create", branch, by });
  const forced = before !== null && !isAncestor(world.objects, before, to);
  announcePush(world, repository, { branch, before, after: to, by, forced, fresh });
  requestSuite(world, repository, { sha: to, branch, before, by });
  followHead(world, repository, move);
  if (before !== null) land(world, repository, { ...move, before });
}

/** Open pull requests from a deleted branch are closed. */
export function removeBranch(
  world: World,
  repository: Repository,
  { branch, by }: { readonly branch: string; readonly by: Account },
): void {
  const before = repository.branches.get(branch);
  if (before === undefined) throw new Error(`there is no branch ${branch}`);
  if (branch === repository.defaultBranch) throw new Error("the default branch cannot be deleted");
  repository.branches.delete(branch);
  repository.pushedAt = world.clock.now();
  announceRef(world, repository, { event: "delete", branch, by });
  announcePush(world, repository, { branch, before, after: null, by, forced: false, fresh: new Set() });
  for (const { target, issue } of pullsFrom(repository, branch)) setState(world, target, issue, { state: "closed", by });
}

/** Adds a commit and all before it to what this repository knows; answers with those that are new. */
export function learn(world: World, repository: Repository, sha: Sha): Set<Sha> {
  const fresh = new Set<Sha>();
  const waiting = [sha];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    if (repository.commits.has(one)) continue;
    repository.commits.add(one);
    fresh.add(one);
    waiting.push(...commitAt(world.objects, one).parents);
  }
  return fresh;
}

function followHead(world: World, repository: Repository, { branch, to, by }: Move): void {
  for (const { target, issue } of pullsFrom(repository, branch)) {
    const before = issue.pull.head.sha;
    issue.pull.head.sha = to;
    issue.pull.base.sha = target.branches.get(issue.pull.base.ref) ?? issue.pull.base.sha;
    learn(world, target, to);
    touch(world, issue);
    announceIssue(world, target, issue, { action: "synchronize", by, fields: { before, after: to } });
    // A head that has nothing more than its base leaves nothing to propose: GitHub closes the pull request at once.
    const base = target.branches.get(issue.pull.base.ref);
    if (base !== undefined && isAncestor(world.objects, to, base)) setState(world, target, issue, { state: "closed", by });
  }
}

/** What arrives on a branch merges the pull requests it belongs to; on the default branch it closes the issues it names. */
function land(world: World, repository: Repository, { branch, to, by, before, landing }: Move & { readonly before: Sha }): void {
  const arrived = between(world.objects, before, to);
  const texts = arrived.map(({ message }) => message);
  for (const issue of openPulls(repository)) {
    const mergeSha = landing?.get(issue) ?? mergingCommit(arrived, issue.pull.head.sha);
    if (mergeSha === null || issue.pull.base.ref !== branch) continue;
    issue.pull.base.sha = before;
    issue.pull.mergedAt = world.clock.now();
    issue.pull.mergedBy = by;
    issue.pull.mergeSha = mergeSha;
    setState(world, repository, issue, { state: "closed", by });
    texts.push(issue.body ?? "");
  }
  if (branch === repository.defaultBranch) for (const text of texts) closeNamed(world, repository, { text, by });
}

/** The commit that brought a head along: the one that has it as a parent, or itself. */
function mergingCommit(arrived: readonly Commit[], head: Sha): Sha | null {
  if (!arrived.some(({ sha }) => sha === head)) return null;
  return arrived.find(({ parents }) => parents.indexOf(head) > 0)?.sha ?? head;
}

function closeNamed(world: World, repository: Repository, { text, by }: { readonly text: string; readonly by: Account }): void {
  for (const [, number] of text.matchAll(/\b(?:close[sd]?|fix(?:e[sd])?|resolve[sd]?):? #(\d{1,9})\b/gi)) {
    const issue = repository.issues.get(Number(number));
    if (issue !== undefined && issue.pull === null) setState(world, repository, issue, { state: "closed", reason: "completed", by });
  }
}

/** Open pull requests with this head, here or in the repository this one was forked from. */
function pullsFrom(repository: Repository, branch: string): { readonly target: Repository; readonly issue: PullIssue }[] {
  const targets = repository.parent === null ? [repository] : [repository, repository.parent];
  return targets.flatMap((target) =>
    openPulls(target)
      .filter(({ pull }) => pull.head.repository === repository && pull.head.ref === branch)
      .map((issue) => ({ target, issue })),
  );
}

function announceRef(
  world: World,
  repository: Repository,
  ref: { readonly event: "create" | "delete"; readonly branch: string; readonly by: Account },
): void {
  const made = ref.event === "create" ? { master_branch: repository.defaultBranch, description: null } : {};
  const fields = { ref: ref.branch, ref_type: "branch", ...made, pusher_type: "user" };
  announce(world, repository, { event: ref.event, by: ref.by, fields });
}
