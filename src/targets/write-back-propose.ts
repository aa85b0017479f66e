import { pushedByOthers, renderNothingLeft } from "../core/render/write-back.ts";
import { revisionIn, type Sha } from "../core/words.ts";
import type { PlanStanding } from "../ports.ts";
import { hashOf } from "./target.ts";
import { isSameTask, type Memory, noMemory, remember, tellProposal, withTakenBack } from "./write-back-memory.ts";
import { markText, pullText, type WriteBack } from "./write-back-work.ts";

type Pull = NonNullable<PlanStanding["pull"]>;

const label = "plan-sync";

/** `write_back: pull-request`: one rolling pull request for each plan, that says all its file does not say yet. */
export async function propose(found: WriteBack): Promise<"done" | "stale"> {
  const { standing, writing } = found;
  const open = standing.pull?.state === "open" ? standing.pull : null;
  const ended = { ...found, now: await afterTheEnd(found) };
  const work = open === null ? ended : { ...ended, now: await withOthersOnTop(ended) };
  if (open !== null && isForeign(work)) return leaveAlone(work, open);
  if (writing.files.size === 0) return withdraw(work, open);
  if (open === null && isDeclined(work)) return settled(work, work.now);
  const isThere = standing.branch?.head === work.now.commit && writing.revision === work.now.revision;
  const now = isThere ? work.now : await commitProposal(work, open);
  return now === "stale" ? "stale" : showPull({ ...work, now }, open);
}

/** What stands once our pull request was merged, or closed by somebody who does not want it. */
async function afterTheEnd({ target, path, branch, standing, now }: WriteBack): Promise<Memory> {
  const { pull } = standing;
  if (pull === null || pull.number !== now.pull || pull.state === "open") return now;
  if (pull.state === "merged") return noMemory;
  const { revision, rows } = now;
  await tellProposal(target, { path, branch, revision, commit: null, at: standing.at, rows: withTakenBack([], rows) });
  return { ...noMemory, declined: rows };
}

/** Whether all that is to be said was in the pull request that somebody closed. */
const isDeclined = ({ now: { declined }, writing }: WriteBack): boolean =>
  declined !== null && writing.rows.every((row) => declined.some((old) => isSameTask(old, row) && old.status === row.status));

/** Somebody else pushed to our branch: it is his now, until it is merged or closed. */
const isForeign = ({ standing: { branch }, now }: WriteBack): boolean =>
  branch !== null && branch.head !== now.commit && revisionIn(branch.message) === null;

/**
 * A branch that was only brought up to date, as GitHub's button does it, is still ours: our files are what we made of them, and the default
 * branch has them as they were then. What came on top stays below what comes next.
 */
async function withOthersOnTop(work: WriteBack): Promise<Memory> {
  const { target, standing, now } = work;
  const files = Object.entries(now.written);
  if (standing.branch === null || files.length === 0 || !isForeign(work) || !isCurrent(work)) return now;
  const paths = files.map(([path]) => path);
  const blobs = await target.github.find.blobs(target.at, standing.branch.head, paths);
  return files.every(([path, blob]) => blobs.get(path) === blob) ? { ...now, commit: standing.branch.head } : now;
}

async function leaveAlone(work: WriteBack, open: Pull): Promise<"done"> {
  const { write, target } = work;
  if (!open.body.includes(pushedByOthers)) await write.updatePull(target.at, open.number, { body: `${open.body}\n\n${pushedByOthers}` });
  return settled(work, { ...work.now, pull: open.number, text: "" });
}

/** There is nothing left to say: an open pull request goes, and its branch with it. */
async function withdraw(work: WriteBack, open: Pull | null): Promise<"done"> {
  const { target, write, path, branch, standing, now } = work;
  const isOurs = standing.branch !== null && standing.branch.head === now.commit;
  if (open !== null || isOurs)
    await tellProposal(target, { path, branch, revision: now.revision, commit: null, at: standing.at, rows: withTakenBack([], now.rows) });
  const body = renderNothingLeft({ web: target.web, branch: target.at.defaultBranch, path });
  if (open !== null) await write.updatePull(target.at, open.number, { body, state: "closed" });
  if (standing.branch !== null && (open !== null || isOurs)) await write.deleteBranch(target.at, branch);
  return settled(work, noMemory);
}

/** One commit, remembered before it is made: whether it was is found out by the revision it carries. */
async function commitProposal(work: WriteBack, open: Pull | null): Promise<Memory | "stale"> {
  const { target, path, branch, writing, now } = work;
  const { revision, rows, base, written } = writing;
  const before = open === null ? [] : now.rows;
  const next: Memory = { revision, rows, base, written, commit: null, pull: open?.number ?? null, text: now.text, declined: null };
  await remember(target, path, { now, next, refused: null });
  const made = await commitOnBranch(work, open, markText(work, before));
  if (made === "stale") return "stale";
  await tellProposal(target, { path, branch, revision, commit: made.sha, at: made.at, rows: withTakenBack(rows, before) });
  const known = { ...next, commit: made.sha };
  await remember(target, path, { now: known, next: null, refused: null });
  return known;
}

type Made = { readonly sha: Sha; readonly at: number };

/**
 * The commit goes on top of ours while the files are what ours was made from. Otherwise the branch begins anew at the default branch: what is
 * proposed was worked out from there, so that nothing is ever merged by place.
 */
async function commitOnBranch(
  work: WriteBack,
  open: Pull | null,
  message: { readonly headline: string; readonly body: string },
): Promise<Made | "stale"> {
  const { target, write, branch, standing, writing } = work;
  const { at } = target;
  const commit = { ...message, onto: standing.head, files: writing.files };
  if (open !== null && standing.branch !== null && isCurrent(work))
    return write.commit(at, { ...commit, branch, onto: standing.branch.head, files: withRestored(work) });
  if (open === null) {
    await write.placeBranch(at, { name: branch, sha: standing.head, exists: standing.branch !== null });
    return write.commit(at, { ...commit, branch });
  }
  // GitHub closes a pull request whose head has nothing of its own, and will not open it again. So the head moves in one step, from commit to commit.
  const spare = `${branch}.next`;
  await write.placeBranch(at, { name: spare, sha: standing.head, exists: (await target.github.find.branch(at, spare)) !== null });
  const made = await write.commit(at, { ...commit, branch: spare });
  if (made === "stale") return "stale";
  await write.placeBranch(at, { name: branch, sha: made.sha, exists: true });
  await write.deleteBranch(at, spare);
  return made;
}

/** Whether the branch was made from the very files that stand on the default branch now. */
function isCurrent({ standing, writing, now }: WriteBack): boolean {
  const paths = Object.keys(now.base);
  return (
    paths.every((path) => standing.blobs.get(path) === now.base[path]) && Object.keys(writing.base).every((path) => paths.includes(path))
  );
}

/** New texts, and for files that we changed before and need not any more the text of the default branch. */
function withRestored({ writing, now }: WriteBack): ReadonlyMap<string, string> {
  const restored = Object.keys(now.base).flatMap((path) => {
    const text = writing.texts.get(path);
    return text === undefined ? [] : [[path, text] as const];
  });
  return new Map([...restored, ...writing.files]);
}

async function showPull(work: WriteBack, open: Pull | null): Promise<"done"> {
  const { target, write, branch, now } = work;
  const { at } = target;
  const shown = pullText(work);
  const text = hashOf(`${shown.title}\n${shown.body}`);
  if (open !== null && now.text !== text) await write.updatePull(at, open.number, shown);
  const number = open?.number ?? (await write.createPull(at, { ...shown, head: branch, base: at.defaultBranch }));
  if (open?.labels.includes(label) !== true) await write.addLabels(at, number, [label]);
  return settled(work, { ...now, pull: number, text });
}

async function settled({ target, path }: WriteBack, now: Memory): Promise<"done"> {
  await remember(target, path, { now, next: null, refused: null });
  return "done";
}
