import { createHash } from "node:crypto";
import { contents, isFolderPath, packFolder } from "../../core/plan/folder.ts";
import { planPathOf } from "../../core/plan/plan-path-of.ts";
import { canonicalJson, type Sha } from "../../core/words.ts";
import type { EarlierText, RepositoryAddress } from "../../ports.ts";
import type { ReadCalls } from "../calls.ts";
import { type FetchedFile, fetchText, forAll } from "./texts.ts";
import { isPath, type Tree, type TreeFile } from "./tree.ts";

/** What is fetched as one plan: a file, or a folder of task files with what it holds (`size` = of all together). */
export type PlanSource = TreeFile & { readonly parts: readonly TreeFile[] | null };

/** The plans among all files of a tree, by their paths alone. Of a folder every file, also where the tree is not listed whole. */
export async function sourcesIn(tree: Tree, named: (path: string) => boolean): Promise<readonly PlanSource[]> {
  const paths = new Map(tree.files.flatMap((file) => (planPathOf(file.path, named) === file.path ? [[file.path, file] as const] : [])));
  const folders = new Set(tree.files.flatMap(({ path }) => planPathOf(path, named) ?? []).filter(isFolderPath));
  const found = await forAll([...folders], (path) => sourceAt(tree, path));
  const single = [...paths.values()].map((file): PlanSource => ({ ...file, parts: null }));
  return [...found.filter((source) => source !== null), ...single];
}

/** The file, or the folder, with this path; null where the tree has none. A folder that cannot be listed whole is larger than any budget. */
export async function sourceAt(tree: Tree, path: string): Promise<PlanSource | null> {
  if (!isFolderPath(path)) {
    const file = await tree.find(path);
    return file === null ? null : { ...file, parts: null };
  }
  const files = await tree.below(path);
  if (files === null) return { path, blob: "", size: Number.POSITIVE_INFINITY, parts: [] };
  const parts = files.filter((file) => planPathOf(file.path, (named) => named === path) === path);
  return parts.length === 0 ? null : folderSource(path, parts);
}

/** Whether a path is one that we look up. */
export const isSourcePath = (path: string): boolean => isPath(isFolderPath(path) ? path.slice(0, -1) : path);

/** A folder changes when a file in it does; which those are is part of its name, so that other files in it change nothing. */
function folderSource(path: string, parts: readonly TreeFile[]): PlanSource {
  const named = canonicalJson(["folder", ...parts.map((part) => [part.path.slice(path.length), part.blob])]);
  const blob = createHash("sha256").update(named).digest("hex");
  return { path, blob, size: parts.reduce((sum, part) => sum + part.size, 0), parts };
}

/** Texts of files in these folders by their blobs, as far as an earlier version of a folder holds them: they need not be fetched again. */
export async function textsHeld(sources: readonly PlanSource[], earlier: EarlierText): Promise<ReadonlyMap<Sha, string>> {
  const packed = await forAll(
    sources.filter((source) => source.parts !== null),
    (source) => earlier(source.path),
  );
  return new Map(packed.flatMap((text) => [...contents(text ?? "").values()].map((content) => [blobOf(content), content] as const)));
}

/** The name git gives to a file with this content. */
function blobOf(content: string): Sha {
  const bytes = Buffer.from(content, "utf8");
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

/** The texts of plans, those of folders packed. */
export async function fetchSources(
  calls: ReadCalls,
  at: RepositoryAddress,
  { chosen, held }: { readonly chosen: readonly PlanSource[]; readonly held: ReadonlyMap<Sha, string> },
): Promise<readonly FetchedFile[]> {
  const fetched = await forAll(
    chosen.filter((source) => source.parts === null),
    (source) => fetchText(calls, at, source),
  );
  const folders: FetchedFile[] = [];
  for (const source of chosen) {
    if (source.parts === null) continue;
    const texts = await forAll(source.parts, async (part) => held.get(part.blob) ?? (await fetchText(calls, at, part)).text);
    const files = source.parts.map((part, index) => [part.path.slice(source.path.length), texts[index] ?? ""] as const);
    folders.push({ ...source, text: packFolder(new Map(files)) });
  }
  return [...fetched, ...folders];
}
