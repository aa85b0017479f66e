import { createHash } from "node:crypto";
import { canonicalJson, type Instant, type Sha } from "../../core/words.ts";
import type { Reading, RepositoryAddress } from "../../ports.ts";
import type { ReadCalls } from "../calls.ts";
import type { FilesReading } from "../reading.ts";
import { branchBudget, choose, fetchText, forAll } from "./texts.ts";
import { isPath, openTree } from "./tree.ts";

type Ask = { readonly commit: Sha; readonly time: Instant; readonly paths: readonly string[] };

/** The named files at one commit. One that the commit does not have is told as such; one that is too large to read is left out. */
export async function readFiles(calls: ReadCalls, at: RepositoryAddress, ask: Ask): Promise<Reading> {
  const paths = [...new Set(ask.paths)].filter(isPath).sort();
  const { readAt, find } = await openTree(calls, at, ask.commit);
  const found = await forAll(paths, async (path) => ({ path, file: await find(path) }));
  const { chosen } = choose(
    found.flatMap(({ file }) => (file === null ? [] : [file])),
    () => true,
    branchBudget,
  );
  const fetched = await forAll(chosen, (file) => fetchText(calls, at, file));
  const body: FilesReading = {
    repository: at.repository,
    commit: ask.commit,
    time: ask.time,
    readAt,
    files: [
      ...found.filter(({ file }) => file === null).map(({ path }) => ({ path, blob: null, text: null })),
      ...fetched.map(({ path, blob, text }) => ({ path, blob, text })),
    ],
  };
  const hash = createHash("sha256").update(canonicalJson(paths)).digest("hex").slice(0, 16);
  return { id: `files:${at.repository}:${ask.commit}:${hash}`, kind: "files", body };
}
