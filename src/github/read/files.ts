import { createHash } from "node:crypto";
import { canonicalJson, type Instant, type Sha } from "../../core/words.ts";
import type { EarlierText, Reading, RepositoryAddress } from "../../ports.ts";
import type { ReadCalls } from "../calls.ts";
import type { FilesReading } from "../reading.ts";
import { fetchSources, isSourcePath, sourceAt, textsHeld } from "./plan-source.ts";
import { branchBudget, choose, forAll } from "./texts.ts";
import { openTree } from "./tree.ts";

type Ask = { readonly commit: Sha; readonly time: Instant; readonly paths: readonly string[] };

/** The named files and folders at one commit. One that the commit does not have is told as such; one too large to read is left out. */
export async function readFiles(calls: ReadCalls, at: RepositoryAddress, ask: Ask, earlier: EarlierText): Promise<Reading> {
  const body = await filesAtCommit(calls, at, ask, earlier);
  const paths = [...new Set(ask.paths)].filter(isSourcePath).sort();
  const hash = createHash("sha256").update(canonicalJson(paths)).digest("hex").slice(0, 16);
  return { id: `files:${at.repository}:${ask.commit}:${hash}`, kind: "files", body };
}

/** As `readFiles`, to be part of another reading. */
export async function filesAtCommit(calls: ReadCalls, at: RepositoryAddress, ask: Ask, earlier: EarlierText): Promise<FilesReading> {
  const paths = [...new Set(ask.paths)].filter(isSourcePath).sort();
  const tree = await openTree(calls, at, ask.commit);
  const found = await forAll(paths, async (path) => ({ path, source: await sourceAt(tree, path) }));
  const sources = found.flatMap(({ source }) => source ?? []);
  const held = await textsHeld(sources, earlier);
  const { chosen } = choose(sources, () => true, { ...branchBudget, held });
  const fetched = await fetchSources(calls, at, { chosen, held });
  return {
    repository: at.repository,
    commit: ask.commit,
    time: ask.time,
    readAt: tree.readAt,
    files: [
      ...found.filter(({ source }) => source === null).map(({ path }) => ({ path, blob: null, text: null })),
      ...fetched.map(({ path, blob, text }) => ({ path, blob, text })),
    ],
  };
}
