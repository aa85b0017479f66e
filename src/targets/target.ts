import { createHash } from "node:crypto";
import type { Instant } from "../core/words.ts";
import type { GitHub, Post, RepositoryAddress, Store, Writer } from "../ports.ts";

/** Everything that bringing one target up to date may use. `web` = the repository's page for people. */
export type Target = {
  readonly at: RepositoryAddress;
  readonly web: string;
  readonly store: Store;
  readonly github: GitHub;
  /** Now, in epoch milliseconds: for spacing our own writes, and as the day from which work that is left is planned. */
  readonly now: () => number;
  readonly summaryEveryMs: number;
};

/** One thing on GitHub: how to find it when its number was lost, how to make it, how to change it (false: it is gone). */
export type Piece = {
  readonly key: string;
  /** What is compared with the last writing: equal means there is nothing to write. */
  readonly essence: string;
  readonly again: string | null;
  readonly body: unknown;
  readonly find: () => Promise<number | null>;
  readonly create: (write: Writer) => Promise<number>;
  readonly update: (write: Writer, remote: number, before: Post | null) => Promise<boolean>;
};

/**
 * Makes GitHub show a piece: nothing when it was last written so; else change it, or make it. "writing" is recorded before a creating
 * call, so that after a death between call and answer the piece is looked for before it is made again. Without a writer (observe mode)
 * the piece is recorded as what would have been written.
 */
export async function bringUpToDate(target: Target, piece: Piece): Promise<number | null> {
  const { store, at, github } = target;
  const hash = hashOf(piece.essence);
  const before = await store.post(at.repository, piece.key);
  const settled = before?.state === "written" || (before?.state === "observed" && github.write === null);
  if (settled && before?.hash === hash && before.again === piece.again) return before.remote;
  const remember = (state: Post["state"], remote: number | null) =>
    store.rememberPost(at.repository, piece.key, { remote, hash, again: piece.again, state, body: piece.body });
  if (github.write === null) {
    await remember("observed", before?.remote ?? null);
    return before?.remote ?? null;
  }
  const known = before?.remote ?? (before?.state === "written" ? null : await piece.find());
  if (known !== null && (await piece.update(github.write, known, before))) {
    await remember("written", known);
    return known;
  }
  await remember("writing", null);
  const remote = await piece.create(github.write);
  await remember("written", remote);
  return remote;
}

/** When a comment that is kept true may be written, once in `summaryEveryMs` at most; null where it says this already. */
export function dueTime({ github, summaryEveryMs }: Target, post: Post | null, essence: string): Instant | null {
  const settled = post?.state === "written" || (post?.state === "observed" && github.write === null);
  if (settled && post?.hash === hashOf(essence)) return null;
  return post?.state === "written" ? post.at + summaryEveryMs : 0;
}

export const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex");
