import { createHash } from "node:crypto";
import { z } from "zod";
import { canonicalJson, Fault, type Instant, type Sha } from "../../core/words.ts";
import type { EarlierText, Reading, RepositoryAddress } from "../../ports.ts";
import type { ReadCalls } from "../calls.ts";
import { isConfigurationPath } from "../configuration-path.ts";
import { place } from "../place.ts";
import type { RepositoryReading } from "../reading.ts";
import { moment, sha } from "../translate/fields.ts";
import { fetchSources, sourcesIn, textsHeld } from "./plan-source.ts";
import { branchBudget, choose, fetchConfiguration, forAll, namedBy } from "./texts.ts";
import { openTree } from "./tree.ts";

const repositoryShape = z.object({
  id: z.number(),
  name: z.string(),
  owner: z.object({ login: z.string() }),
  private: z.boolean(),
  default_branch: z.string(),
  updated_at: moment,
});

// Whoever makes a commit dates it, and git takes any date.
const commitShape = z.object({ sha, commit: z.object({ committer: z.object({ date: moment.nullable().catch(null) }).nullish() }) });
const branchShape = z.object({ commit: commitShape });

/** A commit, and the time at which it was made. */
type Head = { readonly commit: Sha; readonly time: Instant };
type Found = NonNullable<RepositoryReading["found"]>;

/** The repository, its configuration, and every plan file of its default branch as they stand, each with the last commit that touched it. */
export async function readRepository(calls: ReadCalls, at: RepositoryAddress, earlier: EarlierText): Promise<Reading> {
  const { body: seen, at: readAt } = await calls.get("GET /repos/{owner}/{repo}", place(at), repositoryShape);
  const base = { repository: at.repository, installation: at.installation, readAt, asked: { owner: at.owner, name: at.name } };
  if (seen === null) return reading({ ...base, found: null });
  // After a renaming another repository can take the old name; ours tells its new one.
  if (seen.id !== at.repository) throw new Fault(`${at.owner}/${at.name} is another repository now`, { next: { kind: "retry", at: null } });

  const { body: branch } = await calls.get(
    "GET /repos/{owner}/{repo}/branches/{branch}",
    { ...place(at), branch: seen.default_branch },
    branchShape,
  );
  // A repository without a commit has no branch.
  const head = branch === null ? null : headFrom(branch.commit, readAt);
  const nothing = { files: [], left: [], truncated: false };
  const found = {
    owner: seen.owner.login,
    name: seen.name,
    defaultBranch: seen.default_branch,
    private: seen.private,
    updatedAt: seen.updated_at,
    head,
    ...(head === null ? nothing : await filesAt(calls, at, { head, readAt, earlier })),
  };
  return reading({ ...base, found });
}

/** A commit is never later than a time when it was there already. */
function headFrom({ sha, commit }: z.infer<typeof commitShape>, there: Instant): Head {
  return { commit: sha, time: Math.min(commit.committer?.date ?? there, there) };
}

type Standing = { readonly head: Head; readonly readAt: Instant };

async function filesAt(
  calls: ReadCalls,
  at: RepositoryAddress,
  { head, readAt, earlier }: Standing & { readonly earlier: EarlierText },
): Promise<Pick<Found, "files" | "left" | "truncated">> {
  const tree = await openTree(calls, at, head.commit);
  const configuration = await fetchConfiguration(calls, at, tree.find);
  const named = namedBy(configuration.file);
  const sources = (await sourcesIn(tree, named)).filter(({ path }) => !isConfigurationPath(path));
  const held = await textsHeld(sources, earlier);
  const { chosen, left } = choose(sources, named, { ...branchBudget, held });
  const fetched = await fetchSources(calls, at, { chosen, held });
  const standing = await forAll(configuration.file === null ? fetched : [configuration.file, ...fetched], async ({ path, blob, text }) => {
    const last = await lastTouch(calls, at, { path, head, readAt });
    return { path, blob, text, commit: last.commit, time: last.time };
  });
  return { files: [...standing], left: [...configuration.left, ...left], truncated: tree.truncated };
}

/** The newest commit that touched a file, or anything in a folder. */
async function lastTouch(
  calls: ReadCalls,
  at: RepositoryAddress,
  { path, head, readAt }: Standing & { readonly path: string },
): Promise<Head> {
  const asked = { ...place(at), sha: head.commit, path: path.replace(/\/$/, ""), per_page: 1 };
  const { body } = await calls.get("GET /repos/{owner}/{repo}/commits", asked, z.array(commitShape));
  const commit = body?.[0];
  return commit === undefined ? head : headFrom(commit, readAt);
}

/** The version: where the branch stands (all its files with it), and how the repository is reached. */
function reading(body: RepositoryReading): Reading {
  const { found } = body;
  const version =
    found === null
      ? `gone:${body.readAt}`
      : `${found.head?.commit ?? "empty"}:${hash([found.owner, found.name, found.defaultBranch, found.private])}`;
  return { id: `repository:${body.repository}:${version}`, kind: "repository", body };
}

const hash = (value: unknown): string => createHash("sha256").update(canonicalJson(value)).digest("hex").slice(0, 16);
