import { z } from "zod";
import { planPathOf } from "../../core/plan/plan-path-of.ts";
import { Fault, type Sha } from "../../core/words.ts";
import type { EarlierText, Reading, RepositoryAddress } from "../../ports.ts";
import type { ReadCalls } from "../calls.ts";
import { place } from "../place.ts";
import type { PullReading } from "../reading.ts";
import { moment, sha } from "../translate/fields.ts";
import { fetchSources, isSourcePath, sourceAt, textsHeld } from "./plan-source.ts";
import { wholePull } from "./pull-whole.ts";
import { choose, fetchConfiguration, forAll, namedBy, pullBudget } from "./texts.ts";
import { openTree, type Tree } from "./tree.ts";

const commitList = z.array(z.object({ sha, commit: z.object({ message: z.string() }), parents: z.array(z.object({ sha })).default([]) }));
const fileList = z.array(z.object({ filename: z.string(), previous_filename: z.string().optional() }));
const pullShape = z.object({
  head: z.object({ sha }),
  base: z.object({ ref: z.string(), sha }),
  updated_at: moment,
  commits: z.number(),
  changed_files: z.number(),
});

/** In a tree that GitHub does not list whole, looking up a file costs calls too. */
const mostWanted = 4 * pullBudget.files;

/** Nobody reads more paths, and all of them are kept. */
const mostFiles = 10_000;

/** `plans` = where plans are known to be. `ended` = it was merged or closed: nobody looks at the texts of its files any more. */
type Ask = { readonly number: number; readonly headSha: Sha; readonly ended?: boolean; readonly plans?: () => Promise<readonly string[]> };

/** A pull request's commits and changed files, and the texts of the plan and configuration files among them, at one head. */
export async function readPull(calls: ReadCalls, at: RepositoryAddress, ask: Ask, earlier: EarlierText): Promise<Reading> {
  const { number, headSha, ended = false, plans = async () => [] } = ask;
  const asked = { ...place(at), pull_number: number };
  const pull = "GET /repos/{owner}/{repo}/pulls/{pull_number}";
  const listed = await all(calls.list(`${pull}/commits`, asked, commitList));
  const commits = listed.map((each) => ({ sha: each.sha, message: each.commit.message }));
  const changed = await all(calls.list(`${pull}/files`, asked, fileList));
  // Last, because the lists are told of whatever head there is: still the one asked for, so they were its own.
  const { body: seen } = await calls.get(pull, asked, pullShape);
  const base = { repository: at.repository, number, headSha };
  const moved = seen === null || seen.head.sha !== headSha;
  if (moved) return reading({ ...base, content: null });

  const files = changed.flatMap(({ filename, previous_filename: was }) => (was === undefined ? [filename] : [filename, was]));
  const more = { commits: seen.commits > commits.length, files: seen.changed_files > changed.length };
  if (!ended && !more.commits && commits.length > 0 && !commits.some((commit) => commit.sha === headSha))
    throw new Fault(`${pull}/commits does not know the head of ${number} yet`, { next: { kind: "retry", at: null } });
  const origin = more.commits ? null : originOf(listed);
  // What is merged lies on its branch, which has moved on with it.
  const since = ended ? seen.base.sha : seen.base.ref;
  const whole = await wholePull(calls, at, { commits, files: [...new Set(files)], more }, { base: since, headSha, plans });
  const texts = ended ? [] : await textsAt(calls, at, { headSha, origin, files: whole.files, known: whole.plans, earlier });
  const kept = whole.files.slice(0, mostFiles);
  const truncated = whole.truncated || kept.length < whole.files.length;
  return reading({ ...base, content: { updatedAt: seen.updated_at, commits: [...whole.commits], files: kept, texts, truncated } });
}

/**
 * The commit of the base that the branch rests on: where it set out, or what was merged into it last. Whatever the base got since then is no
 * doing of the branch. Null where the list tells of none.
 */
function originOf(commits: readonly z.infer<typeof commitList>[number][]): Sha | null {
  const own = new Set(commits.map((commit) => commit.sha));
  return commits.flatMap(({ parents }) => parents.map((parent) => parent.sha)).findLast((parent) => !own.has(parent)) ?? null;
}

type Touched = {
  readonly headSha: Sha;
  readonly origin: Sha | null;
  readonly files: readonly string[];
  /** Plans among them, whatever their paths say. */
  readonly known: readonly string[];
  readonly earlier: EarlierText;
};

/** Plans that the head no longer has are told with no blob; those that are too large to read are left out. */
async function textsAt(calls: ReadCalls, at: RepositoryAddress, { headSha, origin, files, known, earlier }: Touched) {
  if (files.length === 0 && known.length === 0) return [];
  const tree = await openTree(calls, at, headSha);
  const named = namedBy((await fetchConfiguration(calls, at, tree.find)).file);
  const plans = new Set([...known, ...files.filter(isSourcePath).flatMap((path) => planPathOf(path, named) ?? [])]);
  const wanted = [...plans].slice(0, mostWanted);
  const { found, fetched } = await fetchFrom(calls, at, { tree, wanted, named, earlier });
  const texts = [
    ...found.filter(({ source }) => source === null).map(({ path }) => ({ path, blob: null, text: null })),
    ...fetched.map(({ path, blob, text }) => ({ path, blob, text })),
  ];
  if (origin === null || texts.length === 0) return texts;
  const before = await fetchFrom(calls, at, {
    ...{ tree: await openTree(calls, at, origin), named, earlier },
    wanted: texts.map(({ path }) => path),
  });
  const origins = new Map<string, Origin>([
    ...before.found.flatMap(({ path, source }) => (source === null ? [[path, null] as const] : [])),
    ...before.fetched.map(({ path, blob, text }) => [path, { blob, text }] as const),
  ]);
  return texts.map((file) => {
    const known = origins.get(file.path);
    return known === undefined ? file : { ...file, origin: known };
  });
}

type Origin = { readonly blob: Sha; readonly text: string } | null;

/** The plans wanted of one tree, as far as it has them, and the texts of those that may be fetched. */
async function fetchFrom(
  calls: ReadCalls,
  at: RepositoryAddress,
  from: {
    readonly tree: Tree;
    readonly wanted: readonly string[];
    readonly named: (path: string) => boolean;
    readonly earlier: EarlierText;
  },
) {
  const found = await forAll(from.wanted, async (path) => ({ path, source: await sourceAt(from.tree, path) }));
  const sources = found.flatMap(({ source }) => source ?? []);
  const held = await textsHeld(sources, from.earlier);
  const { chosen } = choose(sources, from.named, { ...pullBudget, held });
  return { found, fetched: await fetchSources(calls, at, { chosen, held }) };
}

async function all<T>(items: AsyncIterable<T>): Promise<readonly T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

// A head can come back after it moved on, and must then be readable all the same.
const reading = (body: PullReading): Reading => ({
  id: `pull:${body.repository}:${body.number}:${body.headSha}${body.content === null ? ":moved" : ""}`,
  kind: "pull",
  body,
});
