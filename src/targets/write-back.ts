import { createTwoFilesPatch } from "diff";
import { type Configuration, type Effect, Fault, type Instant, syncBranchOf } from "../core/words.ts";
import { bringSummaryUpToDate } from "./summary.ts";
import type { Target } from "./target.ts";
import { commitDirectly } from "./write-back-commit.ts";
import { filesOf, writingOf } from "./write-back-edit.ts";
import { adopted, memoryKey, remember, rememberedIn } from "./write-back-memory.ts";
import { propose } from "./write-back-propose.ts";
import { markText, pullText, type WriteBack } from "./write-back-work.ts";

/** How often a branch that moved meanwhile is read again at once. */
const mostTries = 3;
/** After that, in ms, at random, so that two who push at the same pace part. */
const laterMs = { least: 5_000, most: 20_000 } as const;

/**
 * What the board of a plan knows and its file does not goes back into the file, as the configuration asks: in one rolling pull request, or
 * by a commit on the default branch. Answers with a later time where the branch would not stand still. What GitHub refuses is told in the
 * summary, and tried again only when there is something new.
 */
export async function bringPlanFileUpToDate(target: Target, effect: Extract<Effect, { kind: "write-back" }>): Promise<Instant | null> {
  const { path } = effect;
  if (isProgram(path)) return null;
  try {
    for (let tries = 0; tries < mostTries; tries += 1) if ((await writeOnce(target, path)) === "done") return null;
  } catch (error) {
    if (error instanceof Fault && error.next.kind === "give-up") await tellRefusal(target, path, error.message);
    throw error;
  }
  return target.now() + laterMs.least + Math.floor(Math.random() * (laterMs.most - laterMs.least));
}

/** A plan is text for people; what runs on GitHub's machines is not ours to write, whoever calls it a plan or a snapshot of one. */
const isProgram = (path: string): boolean => path.startsWith(".github/workflows/");

async function writeOnce(target: Target, path: string): Promise<"done" | "stale"> {
  const { store, at, github } = target;
  const state = await store.state(at.repository);
  const board = state?.boards.find((one) => one.path === path);
  if (state === null || board === undefined || board.unreadable !== null) return "done";
  const mode = state.configuration.writeBack;
  if (mode === "off") return "done";
  const branch = mode === "commit" ? at.defaultBranch : syncBranchOf(path);
  const snapshots = state.plans.flatMap((row) => (row.role === "snapshot" && row.of === path && !isProgram(row.path) ? [row.path] : []));
  const standing = await github.find.plan(at, { paths: [...filesOf(board), ...snapshots], branch });
  const writing = standing === null ? null : await writingOf(target, { board, standing, snapshots });
  if (standing === null || writing === null) return "done";
  const found = { target, path, branch, board, standing, writing };
  if (github.write === null) return observe(found, mode);
  const told = rememberedIn(await store.post(at.repository, memoryKey(path)));
  const now = await adopted(target, { path, branch, standing, remembered: told });
  const work: WriteBack = { ...found, write: github.write, now };
  const outcome = await (mode === "commit" ? commitDirectly(work) : propose(work));
  if (outcome === "done" && told.refused !== null) await bringSummaryUpToDate(target);
  return outcome;
}

/** Without a writer: what would be written is recorded. */
async function observe(work: Omit<WriteBack, "write" | "now">, mode: Configuration["writeBack"]): Promise<"done"> {
  const { path, branch, writing, target } = work;
  const before = await target.store.post(target.at.repository, memoryKey(path));
  if (writing.files.size === 0 || (before?.state === "observed" && before.hash === writing.revision)) return "done";
  const commit = markText(work, []);
  const pull = mode === "commit" ? null : pullText(work);
  const patch = (file: string, after: string) => createTwoFilesPatch(file, file, writing.texts.get(file) ?? "", after);
  const files = Object.fromEntries([...writing.files].map(([file, after]) => [file, patch(file, after)]));
  const body = { branch, commit, pull, files };
  const observed = { remote: null, hash: writing.revision, again: null, state: "observed", body } as const;
  await target.store.rememberPost(target.at.repository, memoryKey(path), observed);
  return "done";
}

/** The summary shows what was refused. */
async function tellRefusal(target: Target, path: string, because: string): Promise<void> {
  const told = rememberedIn(await target.store.post(target.at.repository, memoryKey(path)));
  await remember(target, path, { ...told, refused: because });
  await bringSummaryUpToDate(target);
}
