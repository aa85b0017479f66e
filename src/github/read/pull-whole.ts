import { configurationPaths } from "../../core/plan/configuration.ts";
import type { Sha } from "../../core/words.ts";
import type { RepositoryAddress } from "../../ports.ts";
import type { ReadCalls } from "../calls.ts";
import { compare } from "./compare.ts";
import { isSourcePath, sourceAt } from "./plan-source.ts";
import { forAll } from "./texts.ts";
import { openTree, type Tree } from "./tree.ts";

/** As GitHub lists a pull request: at most 250 commits and 3000 files. `more` = it has more of them. */
export type Listed = {
  readonly commits: readonly { readonly sha: Sha; readonly message: string }[];
  readonly files: readonly string[];
  readonly more: { readonly commits: boolean; readonly files: boolean };
};

/** `plans` = known plans and configuration files that differ, where not all files can be told. `truncated` = something could not be read. */
export type Whole = Pick<Listed, "commits" | "files"> & { readonly plans: readonly string[]; readonly truncated: boolean };

/** Anyone can open a pull request: so many commits of it are read, a hundred with a call. */
const mostPages = 10;

type Ask = { readonly base: string; readonly headSha: Sha; readonly plans: () => Promise<readonly string[]> };

/**
 * A pull request beyond what GitHub lists of it: its commits by comparison of base and head, its files by what the trees of both sides hold.
 * Where a tree is too large to be listed, plans that are known and the configuration are looked up in it all the same.
 */
export async function wholePull(calls: ReadCalls, at: RepositoryAddress, listed: Listed, ask: Ask): Promise<Whole> {
  const { more, files, commits } = listed;
  const asListed = { commits, files, plans: [], truncated: more.commits || more.files };
  if (!asListed.truncated) return asListed;
  const compared = await compare(calls, at, { base: ask.base, head: ask.headSha, mostPages: more.commits ? mostPages : 1 });
  if (compared === null) return asListed;
  const changed = more.files ? await changesSince(calls, at, compared.mergeBase, ask) : { files: [], plans: [], isAll: true };
  const brought = more.commits ? compared.commits.map(({ sha, commit }) => ({ sha, message: commit.message })) : commits;
  // Oldest first: the head is among them only if all are.
  const isCut = more.commits && brought.at(-1)?.sha !== ask.headSha;
  return {
    commits: brought,
    files: [...new Set([...files, ...changed.files])],
    plans: changed.plans,
    truncated: isCut || !changed.isAll,
  };
}

/** The files that differ between two commits; where a tree is not listed whole, known plans and the configuration alone. */
async function changesSince(calls: ReadCalls, at: RepositoryAddress, mergeBase: Sha, { headSha, plans }: Ask) {
  const [before, after] = [await openTree(calls, at, mergeBase), await openTree(calls, at, headSha)];
  if (!before.truncated && !after.truncated) return { files: differing(before, after), plans: [], isAll: true };
  const known = [...new Set([...configurationPaths, ...(await plans())])].filter(isSourcePath);
  const looked = await forAll(known, async (path) => {
    const [old, now] = [await sourceAt(before, path), await sourceAt(after, path)];
    return old?.blob === now?.blob ? [] : [path];
  });
  return { files: [], plans: looked.flat(), isAll: false };
}

function differing(before: Tree, after: Tree): readonly string[] {
  const blobs = new Map(before.files.map(({ path, blob }) => [path, blob]));
  const there = new Set(after.files.map(({ path }) => path));
  const written = after.files.filter(({ path, blob }) => blobs.get(path) !== blob);
  return [...written, ...before.files.filter(({ path }) => !there.has(path))].map(({ path }) => path);
}
