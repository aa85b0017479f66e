import { z } from "zod";
import { Fault, type Instant, type Sha } from "../../core/words.ts";
import type { RepositoryAddress } from "../../ports.ts";
import type { ReadCalls } from "../calls.ts";
import { place } from "../place.ts";
import { sha } from "../translate/fields.ts";

/** A regular file in a tree, with its size in bytes. */
export type TreeFile = { readonly path: string; readonly blob: Sha; readonly size: number };

/** The tree of one commit, and when GitHub told of it. */
export type Tree = {
  readonly readAt: Instant;
  /** All regular files, or as many as GitHub lists: 100 000 entries or 7 MB of them. */
  readonly files: readonly TreeFile[];
  readonly truncated: boolean;
  /** Null where the commit has no such regular file; exact also where `files` is not all there is. */
  readonly find: (path: string) => Promise<TreeFile | null>;
  /** All regular files below a folder, whose path ends with `/`, also where `files` is not all there is; null where GitHub does not list them all. */
  readonly below: (folder: string) => Promise<readonly TreeFile[] | null>;
};

const listing = z.object({
  tree: z.array(z.object({ path: z.string(), mode: z.string(), type: z.string(), sha, size: z.number().optional() })),
  truncated: z.boolean().optional(),
});
type Entry = z.infer<typeof listing>["tree"][number];

const route = "GET /repos/{owner}/{repo}/git/trees/{tree_sha}";

/** Reads what files a commit has. Links and submodules are none. */
export async function openTree(calls: ReadCalls, at: RepositoryAddress, commit: Sha): Promise<Tree> {
  const { tree, truncated = false, readAt } = await treeAt(calls, at, { tree_sha: commit, recursive: "1" });
  const files = tree.flatMap((entry) => fileOf(entry, entry.path));
  const listed = new Map(files.map((file) => [file.path, file]));
  if (truncated) return { readAt, files, truncated, ...walker(calls, at, commit) };
  const find = async (path: string) => listed.get(path) ?? null;
  const below = async (folder: string) => files.filter((file) => file.path.startsWith(folder));
  return { readAt, files, truncated, find, below };
}

/** Looks files up folder by folder. */
function walker(calls: ReadCalls, at: RepositoryAddress, commit: Sha): Pick<Tree, "find" | "below"> {
  const folders = new Map<Sha, Promise<readonly Entry[]>>();

  function folder(tree: Sha): Promise<readonly Entry[]> {
    const entries = folders.get(tree) ?? treeAt(calls, at, { tree_sha: tree }).then((listed) => listed.tree);
    folders.set(tree, entries);
    return entries;
  }

  async function treeOf(names: readonly string[]): Promise<Sha | null> {
    let tree = commit;
    for (const name of names) {
      const next = (await folder(tree)).find((entry) => entry.path === name && entry.type === "tree");
      if (next === undefined) return null;
      tree = next.sha;
    }
    return tree;
  }

  async function find(path: string): Promise<TreeFile | null> {
    const names = path.split("/");
    const tree = await treeOf(names.slice(0, -1));
    const entry = tree === null ? undefined : (await folder(tree)).find((each) => each.path === names.at(-1));
    return entry === undefined ? null : (fileOf(entry, path)[0] ?? null);
  }

  async function below(path: string): Promise<readonly TreeFile[] | null> {
    const tree = await treeOf(path.slice(0, -1).split("/"));
    if (tree === null) return [];
    const listed = await treeAt(calls, at, { tree_sha: tree, recursive: "1" });
    return listed.truncated === true ? null : listed.tree.flatMap((entry) => fileOf(entry, path + entry.path));
  }

  return { find, below };
}

/** Symbolic links and submodules are no files of this repository's own: what they point to may be anything. */
function fileOf({ mode, type, sha: blob, size }: Entry, path: string): readonly TreeFile[] {
  return type === "blob" && mode !== "120000" && isPath(path) ? [{ path, blob, size: size ?? 0 }] : [];
}

/** Longer paths do not fit into an index of the database, and each folder may cost a call. */
const longestPath = 1024;
const mostNames = 32;

/** Whether a path is one that git can hold and that we look up. */
export function isPath(path: string): boolean {
  const names = path.split("/");
  return path.length <= longestPath && names.length <= mostNames && names.every((name) => name !== "" && name !== "." && name !== "..");
}

async function treeAt(calls: ReadCalls, at: RepositoryAddress, asked: { readonly tree_sha: Sha; readonly recursive?: "1" }) {
  const { body, at: readAt } = await calls.get(route, { ...place(at), ...asked }, listing);
  // GitHub told us of this commit: the server that answered has not heard of it yet.
  if (body === null) throw new Fault(`${route} does not know ${asked.tree_sha} yet`, { next: { kind: "retry", at: null } });
  return { ...body, readAt };
}
