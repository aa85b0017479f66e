import { z } from "zod";
import { type Instant, type ProposedRow, revisionIn, type Sha, statuses } from "../core/words.ts";
import type { PlanStanding, Post } from "../ports.ts";
import type { Target } from "./target.ts";

const row = z.object({ id: z.string(), scope: z.string(), token: z.string(), status: z.enum(statuses) });
/** A row as we proposed it, with its id as the plan writes it. */
export type RememberedRow = z.infer<typeof row>;

const memory = z.object({
  revision: z.string(),
  /** The branch's head as we left it. */
  commit: z.string().nullable(),
  rows: z.array(row).readonly(),
  /** Files that the branch changes, by path, with the blobs of the default branch that they were made from. */
  base: z.record(z.string(), z.string()).readonly(),
  /** The blobs that those files have on the branch. */
  written: z.record(z.string(), z.string()).readonly(),
  pull: z.number().nullable(),
  /** Hash of the pull request's title and body. */
  text: z.string(),
  /** What was proposed when somebody closed the pull request; null: nobody did. */
  declined: z.array(row).readonly().nullable(),
});

/** What we know of our proposal for one plan: what stands, and nothing that GitHub did not say it did. */
export type Memory = z.infer<typeof memory>;

export const noMemory: Memory = { revision: "", commit: null, rows: [], base: {}, written: {}, pull: null, text: "", declined: null };

const body = z.object({ now: memory, next: memory.nullable(), refused: z.string().nullable() });
export type Remembered = z.infer<typeof body>;

/** What was remembered of a plan's proposal. `next` = a commit was asked for, and it is not known whether it was made. */
export function rememberedIn(post: Post | null): Remembered {
  const read = post === null || post.state === "observed" ? null : body.safeParse(post.body);
  return read?.success ? read.data : { now: noMemory, next: null, refused: null };
}

export const memoryKey = (path: string): string => `write-back:${path}`;

export async function remember({ store, at }: Target, path: string, remembered: Remembered): Promise<void> {
  const { now, next } = remembered;
  const state = next === null ? "written" : "writing";
  const hash = (next ?? now).revision;
  await store.rememberPost(at.repository, memoryKey(path), { remote: now.pull, hash, again: null, state, body: remembered });
}

/**
 * What stands, once it is known whether the commit that was asked for last was made: a commit of ours is known by the revision it carries.
 * Killed between the commit and its recording, we find it here, and it is not made twice.
 */
export async function adopted(
  target: Target,
  found: { readonly path: string; readonly branch: string; readonly standing: PlanStanding; readonly remembered: Remembered },
): Promise<Memory> {
  const { path, branch, standing } = found;
  const { now, next } = found.remembered;
  if (next === null) return now;
  const isNext = (message: string) => revisionIn(message) === next.revision;
  const tip = standing.branch !== null && isNext(standing.branch.message) ? { sha: standing.branch.head, at: standing.branch.at } : null;
  const [file = path] = Object.keys(next.base);
  const made = tip ?? (branch === target.at.defaultBranch ? await target.github.find.commit(target.at, file, isNext) : null);
  if (made === null) return now;
  await tellProposal(target, {
    path,
    branch,
    revision: next.revision,
    commit: made.sha,
    at: made.at,
    rows: withTakenBack(next.rows, now.rows),
  });
  const known = { ...next, commit: made.sha };
  await remember(target, path, { now: known, next: null, refused: found.remembered.refused });
  return known;
}

/** A proposal, as a fact for those who read plans later: without it a merge of ours would be taken for somebody's word. */
export async function tellProposal(
  { store, at }: Target,
  told: {
    readonly path: string;
    readonly branch: string;
    readonly revision: string;
    readonly commit: Sha | null;
    readonly at: Instant;
    readonly rows: readonly ProposedRow[];
  },
): Promise<void> {
  const { commit, revision, path } = told;
  const rows = told.rows.map(({ scope, token, status }) => ({ scope, token, status }));
  const id = `proposal:${at.repository}:${commit ?? `${revision}:${told.at}`}`;
  if (rows.length > 0)
    await store.addReading(at.repository, { id, kind: "proposal", body: { repository: at.repository, ...told, path, rows } });
}

/** These rows, and with no status those that were proposed before and are not any more. */
export function withTakenBack(rows: readonly ProposedRow[], before: readonly ProposedRow[]): readonly ProposedRow[] {
  const gone = before.filter((old) => !rows.some((row) => isSameTask(row, old)));
  return [...rows, ...gone.map((old) => ({ ...old, status: null }))];
}

export const isSameTask = (a: Pick<ProposedRow, "scope" | "token">, b: Pick<ProposedRow, "scope" | "token">): boolean =>
  a.token === b.token && a.scope === b.scope;
