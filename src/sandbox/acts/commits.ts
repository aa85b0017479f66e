import { merge } from "../git/merge.ts";
import { type Commit, type Files, filesAt, type Sha, type Signature, writeBlob, writeCommit, writeTree } from "../git/objects.ts";
import { findCommit } from "../state/references.ts";
import { signature } from "../state/repositories.ts";
import type { Account, Repository, World } from "../state/world.ts";
import type { CommitAct } from "../words.ts";

export type Edit = Readonly<Record<string, string | Buffer | null>>;

/** Commits on top of `onto`, one after the other; answers with their names. The branch does not move yet. */
export function writeCommits(
  world: World,
  repository: Repository,
  { onto, commits, by }: { readonly onto: Sha; readonly commits: readonly CommitAct[]; readonly by: Account },
): Sha[] {
  let tip = onto;
  return commits.map((act) => {
    const merged = act.merge === undefined ? null : theirs(world, repository, act.merge);
    const files = merged === null ? filesAt(world.objects, tip) : mergedFiles(world, tip, merged.sha, Object.keys(act.files ?? {}));
    const parents = merged === null ? [tip] : [tip, merged.sha];
    const who = signature(by, act.at ?? world.clock.now());
    const tree = writeTree(world.objects, edited(world, files, act.files ?? {}));
    tip = writeCommit(world.objects, { tree, parents, message: act.message, author: who, committer: who }, act.sha).sha;
    return tip;
  });
}

/** A folder with files written (content) and removed (null). */
export function edited(world: World, files: Files, edit: Edit): Files {
  const result = new Map(files);
  for (const [path, content] of Object.entries(edit)) {
    if (content === null) result.delete(path);
    else result.set(path, writeBlob(world.objects, content));
  }
  return result;
}

/** What both sides give together. Files that both changed differently are for a person to solve, in `files` of a commit. */
export function mergedFiles(world: World, ours: Sha, other: Sha, solved: readonly string[] = []): Files {
  const merged = merge(world.objects, ours, other);
  if (!("conflicts" in merged)) return merged.files;
  const open = merged.conflicts.filter((path) => !solved.includes(path));
  if (open.length > 0) throw new Error(`merging ${other} into ${ours} conflicts in ${open.join(", ")}`);
  return merged.rest;
}

/** Commits made in the browser are committed by GitHub itself. */
export function webFlow(at: number): Signature {
  return { name: "GitHub", email: "noreply@github.com", login: "web-flow", at };
}

function theirs(world: World, repository: Repository, reference: string): Commit {
  const commit = findCommit(world, repository, reference);
  if (commit === null) throw new Error(`there is no branch or commit ${reference} to merge`);
  return commit;
}
