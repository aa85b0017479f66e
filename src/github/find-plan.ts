import { z } from "zod";
import { Fault, type Sha } from "../core/words.ts";
import type { Finder, PlanStanding, RepositoryAddress } from "../ports.ts";
import type { ReadCalls } from "./calls.ts";
import { place } from "./place.ts";
import { forAll, limits } from "./read/texts.ts";
import { isPath, openTree } from "./read/tree.ts";
import { moment, sha } from "./translate/fields.ts";

const commitShape = z.object({ sha, commit: z.object({ message: z.string(), committer: z.object({ date: moment }).nullish() }) });
const branchShape = z.object({ commit: commitShape });
const blobShape = z.object({ content: z.string(), encoding: z.literal("base64") });
const pullsShape = z.array(
  z.object({
    number: z.number(),
    state: z.enum(["open", "closed"]),
    body: z.string().nullish(),
    merged_at: z.string().nullish(),
    labels: z.array(z.object({ name: z.string() })).default([]),
  }),
);

/** How many commits of a file are looked through for one of ours. */
const farthest = 20;

/** Reads what writing a plan back starts from. */
export function openPlanFinder(calls: ReadCalls): Pick<Finder, "plan" | "blobs" | "text" | "commit" | "branch"> {
  return {
    async plan(at, { paths, branch }) {
      const { commit, at: now } = await branchAt(calls, at, at.defaultBranch);
      if (commit === null) return null;
      const isDefault = branch === at.defaultBranch;
      const ours = isDefault ? commit : (await branchAt(calls, at, branch)).commit;
      return {
        at: now,
        head: commit.sha,
        blobs: await blobsAt(calls, at, commit.sha, paths),
        branch: ours === null ? null : { head: ours.sha, at: ours.commit.committer?.date ?? now, message: ours.commit.message },
        pull: isDefault ? null : await newestPull(calls, at, branch),
      };
    },

    blobs: (at, commit, paths) => blobsAt(calls, at, commit, paths),

    async text(at, blob) {
      const route = "GET /repos/{owner}/{repo}/git/blobs/{file_sha}";
      const { body } = await calls.get(route, { ...place(at), file_sha: blob }, blobShape);
      if (body === null) throw new Fault(`${route} does not know ${blob} yet`, { next: { kind: "retry", at: null } });
      return Buffer.from(body.content, "base64").toString("utf8");
    },

    async commit(at, path, fits) {
      const asked = { ...place(at), sha: at.defaultBranch, path, per_page: farthest };
      const { body, at: now } = await calls.get("GET /repos/{owner}/{repo}/commits", asked, z.array(commitShape));
      const found = body?.find(({ commit }) => fits(commit.message));
      return found === undefined ? null : { sha: found.sha, at: found.commit.committer?.date ?? now };
    },

    branch: async (at, name) => (await branchAt(calls, at, name)).commit?.sha ?? null,
  };
}

async function branchAt(calls: ReadCalls, at: RepositoryAddress, branch: string) {
  const { body, at: now } = await calls.get("GET /repos/{owner}/{repo}/branches/{branch}", { ...place(at), branch }, branchShape);
  return { commit: body?.commit ?? null, at: now };
}

/** Only regular files of the tree itself are found: nothing is read, and so nothing written, through a symbolic link. */
async function blobsAt(calls: ReadCalls, at: RepositoryAddress, head: Sha, paths: readonly string[]): Promise<ReadonlyMap<string, Sha>> {
  const { find } = await openTree(calls, at, head);
  const found = await forAll([...new Set(paths)].filter(isPath), find);
  return new Map(found.flatMap((file) => (file === null || file.size > limits.namedBytes ? [] : [[file.path, file.blob] as const])));
}

async function newestPull(calls: ReadCalls, at: RepositoryAddress, branch: string): Promise<PlanStanding["pull"]> {
  const asked = { ...place(at), head: `${at.owner}:${branch}`, base: at.defaultBranch, state: "all", per_page: 1 };
  const { body } = await calls.get("GET /repos/{owner}/{repo}/pulls", asked, pullsShape);
  const pull = body?.[0];
  if (pull === undefined) return null;
  const { number, state, labels, merged_at } = pull;
  return { number, state: merged_at == null ? state : "merged", body: pull.body ?? "", labels: labels.map(({ name }) => name) };
}
