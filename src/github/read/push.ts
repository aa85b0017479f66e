import { z } from "zod";
import { isFolderPath } from "../../core/plan/folder.ts";
import { Fault, type PushAsked, type Sha } from "../../core/words.ts";
import type { EarlierText, Reading, RepositoryAddress } from "../../ports.ts";
import type { ReadCalls } from "../calls.ts";
import { isConfigurationPath } from "../configuration-path.ts";
import { place } from "../place.ts";
import type { FilesReading, PushReading } from "../reading.ts";
import { sha } from "../translate/fields.ts";
import { type Compared, compare } from "./compare.ts";
import { filesAtCommit } from "./files.ts";

/** A push that brings or takes more is a migration, not work. */
const mostPages = 100;

/**
 * What a push did, by comparison of what the branch pointed to before and after. A commit that is gone from GitHub, or shares no past with the
 * other, cannot be compared: then nothing is told of it, which is no claim that nothing happened.
 */
export async function readPush(calls: ReadCalls, at: RepositoryAddress, ask: PushAsked, earlier: EarlierText): Promise<Reading> {
  const { branch, before, after, at: time, actor, paths } = ask;
  // Of a new branch, what the default branch has not.
  const came = ask.listed && !ask.forced ? [] : await commitsBetween(calls, at, before ?? at.defaultBranch, after);
  const gone = before === null || !ask.forced ? [] : await commitsBetween(calls, at, after, before);
  const files: Pick<FilesReading, "files" | "readAt"> =
    paths.length === 0 ? { files: [], readAt: time } : await filesAtCommit(calls, at, { commit: after, time, paths }, earlier);
  if (came === null || gone === null) await mustKnow(calls, at, after);
  const touched = ask.listed || came === null ? new Map() : await touchedBy(calls, at, { after, paths, came });
  const content =
    came === null || gone === null
      ? null
      : { came: ask.listed ? [] : came.map((one) => told(one, touched.get(one.sha) ?? [])), vanished: successors(gone, came) };
  const standing = { readAt: files.readAt, files: withoutSpareConfiguration(files.files) };
  const body: PushReading = { repository: at.repository, branch, before, after, at: time, actor, content, ...standing };
  return { id: `push:${at.repository}:${branch}:${before ?? "new"}:${after}:${time}`, kind: "push", body };
}

/** The commits that `head` has and `base` has not, oldest first; null where the two cannot be compared. */
const commitsBetween = async (calls: ReadCalls, at: RepositoryAddress, base: string, head: Sha): Promise<readonly Compared[] | null> =>
  (await compare(calls, at, { base, head, mostPages }))?.commits ?? null;

/** What was pushed a moment ago can still be unknown where it is asked for. */
async function mustKnow(calls: ReadCalls, at: RepositoryAddress, commit: Sha): Promise<void> {
  const route = "GET /repos/{owner}/{repo}/git/commits/{commit_sha}";
  const { body } = await calls.get(route, { ...place(at), commit_sha: commit }, z.object({ sha }));
  if (body === null) throw new Fault(`${route} does not know ${commit} yet`, { next: { kind: "retry", at: null } });
}

type Touched = { readonly after: Sha; readonly paths: readonly string[]; readonly came: readonly Compared[] };

/** Which of the commits that came touched which of the paths. A comparison does not tell; the list of a path's commits does, newest first. */
async function touchedBy(calls: ReadCalls, at: RepositoryAddress, { after, paths, came }: Touched): Promise<ReadonlyMap<Sha, string[]>> {
  const touched = new Map<Sha, string[]>(came.map((one) => [one.sha, []]));
  for (const path of paths) {
    const asked = { ...place(at), sha: after, path: isFolderPath(path) ? path.slice(0, -1) : path };
    for await (const one of calls.list("GET /repos/{owner}/{repo}/commits", asked, z.array(z.object({ sha })))) {
      const files = touched.get(one.sha);
      if (files === undefined) break;
      files.push(path);
    }
  }
  return touched;
}

/** The configuration may lie in several places: where it is not says nothing while it lies in one of them. */
function withoutSpareConfiguration(files: FilesReading["files"]): FilesReading["files"] {
  const places = files.filter(({ path }) => isConfigurationPath(path));
  const kept = places.find(({ blob }) => blob !== null) ?? places[0];
  return files.filter((file) => !places.includes(file) || file === kept);
}

const authorOf = ({ author, commit }: Compared): string | null => author?.login ?? commit.author?.name ?? null;

const told = (one: Compared, files: readonly string[]) => ({
  sha: one.sha,
  message: one.commit.message,
  author: authorOf(one),
  time: one.commit.committer?.date ?? null,
  files: [...files],
});

/** Each commit that is gone, with the one that came in its stead: of the same message by the same author, each taken once. */
function successors(gone: readonly Compared[], came: readonly Compared[]) {
  const sameAs = (one: Compared): string => `${authorOf(one)}\n${one.commit.message}`;
  const waiting = new Map<string, Sha[]>();
  for (const one of came) waiting.set(sameAs(one), [...(waiting.get(sameAs(one)) ?? []), one.sha]);
  return gone.map((one) => ({ sha: one.sha, as: waiting.get(sameAs(one))?.shift() ?? null }));
}
