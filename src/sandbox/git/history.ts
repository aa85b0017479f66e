import { type Commit, commitAt, type Objects, type Sha } from "./objects.ts";

export function reachable(objects: Objects, from: readonly Sha[]): Set<Sha> {
  const found = new Set<Sha>();
  const waiting = [...from];
  for (let sha = waiting.pop(); sha !== undefined; sha = waiting.pop()) {
    if (found.has(sha)) continue;
    found.add(sha);
    waiting.push(...commitAt(objects, sha).parents);
  }
  return found;
}

export function isAncestor(objects: Objects, ancestor: Sha, of: Sha): boolean {
  return reachable(objects, [of]).has(ancestor);
}

/** Newest first, and never a parent before its child: as `git log --date-order`. Commits reachable from `without` are left out. */
export function history(objects: Objects, from: Sha, without: readonly Sha[] = []): Commit[] {
  const left = reachable(objects, without);
  const children = new Map<Sha, number>();
  for (const sha of reachable(objects, [from]))
    if (!left.has(sha)) for (const parent of commitAt(objects, sha).parents) children.set(parent, (children.get(parent) ?? 0) + 1);

  const ready = left.has(from) ? [] : [commitAt(objects, from)];
  const order: Commit[] = [];
  for (let commit = ready.pop(); commit !== undefined; commit = ready.pop()) {
    order.push(commit);
    for (const parent of commit.parents) {
      const open = (children.get(parent) ?? 0) - 1;
      children.set(parent, open);
      if (open === 0 && !left.has(parent)) insertByTime(ready, commitAt(objects, parent));
    }
  }
  return order;
}

/** Commits that `to` has and `from` has not, oldest first. */
export function between(objects: Objects, from: Sha, to: Sha): Commit[] {
  return history(objects, to, [from]).reverse();
}

/** The newest commit both have; null where they share none. */
export function mergeBase(objects: Objects, a: Sha, b: Sha): Sha | null {
  const shared = reachable(objects, [a]);
  return history(objects, b).find(({ sha }) => shared.has(sha))?.sha ?? null;
}

/** Keeps the newest at the end; of two with one time the one that came first. */
function insertByTime(ready: Commit[], commit: Commit): void {
  const place = ready.findIndex(({ committer }) => committer.at >= commit.committer.at);
  ready.splice(place < 0 ? ready.length : place, 0, commit);
}
