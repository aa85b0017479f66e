import { z } from "zod";
import { configurationPaths, readConfiguration } from "../../core/plan/configuration.ts";
import { matchesGlob } from "../../core/plan/glob.ts";
import { mayBePlan } from "../../core/plan/may-be-plan.ts";
import { Fault } from "../../core/words.ts";
import type { RepositoryAddress } from "../../ports.ts";
import type { ReadCalls } from "../calls.ts";
import { isConfigurationPath } from "../configuration-path.ts";
import { place } from "../place.ts";
import type { TreeFile } from "./tree.ts";

const mega = 1_048_576;
/** How large a file may be, in bytes: one that only looks like a plan, and one that people named. */
export const limits = { bytes: mega, namedBytes: 20 * mega } as const;

/** How many files one reading fetches, and how large they may be together. */
export type Budget = { readonly files: number; readonly bytes: number };
export const branchBudget: Budget = { files: 200, bytes: 64 * mega };
/** Anyone can open a pull request, and name in it what they like. */
export const pullBudget: Budget = { files: 50, bytes: 24 * mega };

export type FetchedFile = TreeFile & { readonly text: string };
export type LeftFile = { readonly path: string; readonly because: "too-large" | "too-many" };

/** Which paths a configuration names as plans or snapshots, itself included. Without one, or with one that is wrong: itself alone. */
export function namedBy(configuration: FetchedFile | null): (path: string) => boolean {
  const plans = configuration === null ? [] : (readConfiguration(configuration.text, configuration.path).configuration?.plans ?? []);
  return (path) => isConfigurationPath(path) || plans.some((plan) => plan.snapshot === path || matchesGlob(plan.path, path));
}

/** Whether a file is worth reading at all: it may be a plan by its name, or the configuration says that it is one. */
export const isCandidate = (path: string, named: (path: string) => boolean): boolean => named(path) || mayBePlan(path);

/** Which files to fetch: those that are named first, then in the order given, as many and as large as the budget allows. */
export function choose(
  files: readonly TreeFile[],
  named: (path: string) => boolean,
  budget: Budget,
): { readonly chosen: readonly TreeFile[]; readonly left: readonly LeftFile[] } {
  const chosen: TreeFile[] = [];
  const left: LeftFile[] = [];
  let bytes = 0;
  const first = files.filter((file) => named(file.path));
  const then = files.filter((file) => !named(file.path));
  for (const [index, file] of [...first, ...then].entries()) {
    if (file.size > (index < first.length ? limits.namedBytes : limits.bytes)) left.push({ path: file.path, because: "too-large" });
    else if (chosen.length === budget.files || bytes + file.size > budget.bytes) left.push({ path: file.path, because: "too-many" });
    else {
      chosen.push(file);
      bytes += file.size;
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
