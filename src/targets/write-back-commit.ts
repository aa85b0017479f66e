import { remember, tellProposal } from "./write-back-memory.ts";
import { markText, type WriteBack } from "./write-back-work.ts";

/** `write_back: commit`: one commit on the default branch for all that the file does not say yet. */
export async function commitDirectly(work: WriteBack): Promise<"done" | "stale"> {
  const { target, path, branch, standing, writing, now } = work;
  const { revision, rows, base, written, files } = writing;
  if (files.size === 0) return done(work);
  const next = { ...now, revision, rows, base, written, commit: null };
  await remember(target, path, { now, next, refused: null });
  const made = await work.write.commit(target.at, { branch, onto: standing.head, files, ...markText(work, []) });
  if (made === "stale") return "stale";
  await tellProposal(target, { path, branch, revision, commit: made.sha, at: made.at, rows });
  await remember(target, path, { now: { ...next, commit: made.sha }, next: null, refused: null });
  return "done";
}

async function done({ target, path, now }: WriteBack): Promise<"done"> {
  await remember(target, path, { now, next: null, refused: null });
  return "done";
}
