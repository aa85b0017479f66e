import type { Sha } from "../../../core/words.ts";

/** A commit of a list and its parents, as git orders them. */
export type Listed = { readonly sha: Sha; readonly parents: readonly Sha[] };

/**
 * Where a list of a branch's commits has come to: the next commit of the branch's own line (its first parents), and which merge brought the
 * commits beside it that are still to come, with how deep in the line that merge lies.
 */
export type Landings = {
  readonly next: Sha | null;
  readonly depth: number;
  readonly brought: Readonly<Record<Sha, { readonly by: Sha; readonly depth: number }>>;
};

export const landingsFrom = (head: Sha): Landings => ({ next: head, depth: 0, brought: {} });

/**
 * With which commit of its own line a branch got each commit of a page: itself, or the merge that brought it, of several the oldest. A push
 * tells the same by its head. Pages follow one another, children before their parents; one whose child was not listed stands for itself.
 */
export function landed(commits: readonly Listed[], from: Landings): { readonly heads: ReadonlyMap<Sha, Sha>; readonly onward: Landings } {
  const heads = new Map<Sha, Sha>();
  const brought = new Map(Object.entries(from.brought));
  let { next, depth } = from;
  const bring = (parents: readonly Sha[], by: Sha, deep: number) => {
    for (const parent of parents) if ((brought.get(parent)?.depth ?? -1) < deep) brought.set(parent, { by, depth: deep });
  };
  for (const { sha, parents } of commits) {
    const known = brought.get(sha);
    brought.delete(sha);
    if (sha === next) {
      heads.set(sha, sha);
      bring(parents.slice(1), sha, depth);
      next = parents[0] ?? null;
      depth += 1;
    } else {
      heads.set(sha, known?.by ?? sha);
      if (known !== undefined) bring(parents, known.by, known.depth);
    }
  }
  return { heads, onward: { next, depth, brought: Object.fromEntries(brought) } };
}
