import { z } from "zod";
import { configurationPaths, readConfiguration } from "../../core/plan/configuration.ts";
import { mostFolderFiles } from "../../core/plan/folder.ts";
import { matchesGlob } from "../../core/plan/glob.ts";
import { Fault, type Sha } from "../../core/words.ts";
import type { RepositoryAddress } from "../../ports.ts";
import type { ReadCalls } from "../calls.ts";
import { isConfigurationPath } from "../configuration-path.ts";
import { place } from "../place.ts";
import type { TreeFile } from "./tree.ts";

const mega = 1_048_576;
/** How large a file may be, in bytes: one that only looks like a plan, and one that people named. */
export const limits = { bytes: mega, namedBytes: 20 * mega } as const;

/** How many plans one reading fetches, how large they may be together, and how many files of folders of task files. */
export type Budget = { readonly files: number; readonly bytes: number; readonly parts: number };
export const branchBudget: Budget = { files: 200, bytes: 64 * mega, parts: mostFolderFiles };
/** Anyone can open a pull request, and name in it what they like. */
export const pullBudget: Budget = { files: 50, bytes: 24 * mega, parts: 200 };

export type FetchedFile = TreeFile & { readonly text: string };
export type LeftFile = { readonly path: string; readonly because: "too-large" | "too-many" };

/** Which paths a configuration names as plans or snapshots, itself included. Without one, or with one that is wrong: itself alone. */
export function namedBy(configuration: FetchedFile | null): (path: string) => boolean {
  const plans = configuration === null ? [] : (readConfiguration(configuration.text, configuration.path).configuration?.plans ?? []);
  return (path) => isConfigurationPath(path) || plans.some((plan) => plan.snapshot === path || matchesGlob(plan.path, path));
}

/** What may be fetched: a file, or a folder with the files in it. */
type Choice = TreeFile & { readonly parts?: readonly TreeFile[] | null };
/** `held` = texts that need not be fetched, by their blobs. */
type Means = Budget & { readonly held?: ReadonlyMap<Sha, string> };

/** What to fetch: first what is named, then in the order given, as much and as large as the budget allows. */
export function choose<T extends Choice>(
  sources: readonly T[],
  named: (path: string) => boolean,
  { files, bytes, parts, held }: Means,
): { readonly chosen: readonly T[]; readonly left: readonly LeftFile[] } {
  const chosen: T[] = [];
  const left: LeftFile[] = [];
  let size = 0;
  let fetched = 0;
  const first = sources.filter((source) => named(source.path));
  for (const source of [...first, ...sources.filter((other) => !named(other.path))]) {
    const within = source.parts ?? null;
    const fresh = within?.filter((part) => held?.has(part.blob) !== true).length ?? 0;
    const most = within !== null || named(source.path) ? limits.namedBytes : limits.bytes;
    if (source.size > most || (within?.length ?? 0) > mostFolderFiles) left.push({ path: source.path, because: "too-large" });
    else if (chosen.length === files || size + source.size > bytes || fetched + fresh > parts)
      left.push({ path: source.path, because: "too-many" });
    else {
      chosen.push(source);
      size += source.size;
      fetched += fresh;
    }
  }
  return { chosen, left };
}

const blob = z.object({ content: z.string(), encoding: z.literal("base64") });

/** The file's text, its byte order mark kept; bytes that are no UTF-8 become U+FFFD. */
export async function fetchText(calls: ReadCalls, at: RepositoryAddress, file: TreeFile): Promise<FetchedFile> {
  const route = "GET /repos/{owner}/{repo}/git/blobs/{file_sha}";
  const { body } = await calls.get(route, { ...place(at), file_sha: file.blob }, blob);
  if (body === null) throw new Fault(`${route} does not know ${file.blob} yet`, { next: { kind: "retry", at: null } });
  return { ...file, text: Buffer.from(body.content, "base64").toString("utf8") };
}

/** The configuration as a commit has it: the first of the paths where it may lie. Null where there is none, or one too large to read. */
export async function fetchConfiguration(
  calls: ReadCalls,
  at: RepositoryAddress,
  find: (path: string) => Promise<TreeFile | null>,
): Promise<{ readonly file: FetchedFile | null; readonly left: readonly LeftFile[] }> {
  for (const path of configurationPaths) {
    const file = await find(path);
    if (file === null) continue;
    if (file.size > limits.bytes) return { file: null, left: [{ path, because: "too-large" }] };
    return { file: await fetchText(calls, at, file), left: [] };
  }
  return { file: null, left: [] };
}

/** So many calls at a time, so that few are still under way when one of them meets a rate limit. */
const together = 5;

/** Does the same for all items, a few at a time; ends with the first that fails. */
export async function forAll<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const done: R[] = [];
  for (let start = 0; start < items.length; start += together)
    done.push(...(await Promise.all(items.slice(start, start + together).map(work))));
  return done;
}
