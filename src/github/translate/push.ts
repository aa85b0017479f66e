import { z } from "zod";
import type { CommitFact, PushFact } from "../../core/words.ts";
import { type Draft, makeFact } from "../fact.ts";
import { branchOf, moment, name, person, sha, text } from "./fields.ts";
import { timeOf } from "./times.ts";
import { type Told, toldTo } from "./told.ts";

/** GitHub lists no more commits of one push, and no more files of one commit. */
const mostCommits = 2048;
const mostFiles = 3000;

const files = z.array(text).default([]);

const commit = z.object({
  id: sha,
  message: text,
  // Whoever makes a commit dates it, and git takes any date. One that is none leaves the time of the push.
  timestamp: moment.nullable().catch(null),
  author: z.object({ name: text.nullish(), username: text.nullish() }).nullish(),
  added: files,
  modified: files,
  removed: files,
});

const payload = z.object({
  ref: name,
  before: sha,
  after: sha,
  deleted: z.boolean().optional(),
  forced: z.boolean().optional(),
  commits: z
    .array(commit)
    .nullish()
    .transform((list) => list ?? []),
  repository: z.object({ id: z.int(), pushed_at: moment.nullish(), updated_at: moment.nullish() }),
  sender: person.optional(),
});

type Push = z.infer<typeof payload>;

/** The commits that came with a push, oldest first, the push, and where the branch now points. Tags and merge queue branches are nobody's work. */
export function pushFacts(body: unknown): Told {
  const push = payload.parse(body);
  const branch = branchOf(push.ref);
  if (branch === null) return [];
  const at = timeOf.push(push.repository);
  const gone = push.deleted === true || isNone(push.after);
  const head = makeFact({
    kind: "branch",
    thing: `branch:${branch}`,
    at,
    name: branch,
    head: gone ? null : push.after,
    actor: push.sender?.login ?? null,
  });
  const commits = gone ? [] : push.commits.slice(0, mostCommits).map((each) => makeFact(commitOf(each, { branch, at, head: push.after })));
  return toldTo(push.repository.id, [...commits, ...(gone ? [] : [makeFact(pushOf(push, { branch, at }))]), head]);
}

/** GitHub's name for no commit. */
const isNone = (sha: string): boolean => /^0+$/.test(sha);

function pushOf(push: Push, { branch, at }: { readonly branch: string; readonly at: number }): Draft<PushFact> {
  const before = isNone(push.before) ? null : push.before;
  // A new branch that begins where another stands brings nothing.
  const isWhole = before === null ? true : push.commits.some(({ id }) => id === push.after);
  return {
    kind: "push",
    thing: `push:${push.after}`,
    at,
    branch,
    before,
    after: push.after,
    forced: push.forced ?? false,
    listed: isWhole && push.commits.length < mostCommits && push.commits.every((commit) => pathsOf(commit).length < mostFiles),
    actor: push.sender?.login ?? null,
  };
}

const pathsOf = ({ added, modified, removed }: Push["commits"][number]): readonly string[] => [
  ...new Set([...added, ...modified, ...removed]),
];

function commitOf(
  commit: Push["commits"][number],
  push: { readonly branch: string; readonly at: number; readonly head: string },
): Draft<CommitFact> {
  return {
    kind: "commit",
    thing: `commit:${commit.id}`,
    at: timeOf.commit(commit.timestamp, push.at),
    sha: commit.id,
    branch: push.branch,
    pushHead: push.head,
    message: commit.message,
    author: commit.author?.username ?? commit.author?.name ?? null,
    // Sorted: the order in which a route lists files is no part of what the commit did.
    files: pathsOf(commit).slice(0, mostFiles).sort(),
  };
}
