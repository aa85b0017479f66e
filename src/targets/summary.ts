import { renderSummary, summaryIssue, summaryIssueMarker, summaryMarker } from "../core/render/summary.ts";
import { progressOf } from "../core/schedule/milestones.ts";
import { type Board, type Instant, isFinished } from "../core/words.ts";
import type { RepositoryState } from "../ports.ts";
import { bringUpToDate, hashOf, type Target } from "./target.ts";
import { memoryKey, rememberedIn } from "./write-back-memory.ts";

/** Comments in the summary issue, at most. */
const mostPlans = 10;

/**
 * One comment for each plan with open work, in one issue. Answers with the time before which a changed comment must not be written
 * again, or null when all are up to date.
 */
export async function bringSummaryUpToDate(target: Target): Promise<Instant | null> {
  const state = await target.store.state(target.at.repository);
  if (state === null || state.configuration.summary.issue === "off") return null;
  const plans = state.boards.filter((board) => board.tasks.length > 0 || board.unreadable !== null).slice(0, mostPlans);
  if (plans.length === 0) return null;
  const due = await dueTimes(target, state, plans);
  const now = target.now();
  const issue = due.every(({ at }) => at > now) ? null : await issueFor(target, state);
  const observing = target.github.write === null;
  for (const { board, text, at } of due) if (at <= now && (issue !== null || observing)) await keepComment(target, issue ?? 0, board, text);
  const later = due.flatMap(({ at }) => (at > now ? [at] : []));
  return later.length === 0 ? null : later.reduce((a, b) => Math.min(a, b));
}

/** The comments that differ from what was last written, and when each may be written. */
async function dueTimes(
  target: Target,
  state: RepositoryState,
  plans: readonly Board[],
): Promise<readonly { readonly board: Board; readonly text: string; readonly at: Instant }[]> {
  const due: { readonly board: Board; readonly text: string; readonly at: Instant }[] = [];
  for (const board of plans) {
    const text = await renderOne(target, state, board);
    const post = await target.store.post(target.at.repository, keyFor(board));
    // A plan that was finished before it was ever shown needs no comment; one that was shown is kept true to the end.
    if (post === null && board.unreadable === null && board.tasks.every((task) => isFinished(task.state.status))) continue;
    const settled = post?.state === "written" || (post?.state === "observed" && target.github.write === null);
    if (settled && post?.hash === hashOf(text)) continue;
    due.push({ board, text, at: post?.state === "written" ? post.at + target.summaryEveryMs : 0 });
  }
  return due;
}

const keyFor = (board: Board): string => `summary:${board.path}`;

async function renderOne(target: Target, state: RepositoryState, board: Board): Promise<string> {
  const isWritten = state.configuration.writeBack !== "off";
  const { refused } = rememberedIn(isWritten ? await target.store.post(target.at.repository, memoryKey(board.path)) : null);
  const row = state.plans.find((plan) => plan.path === board.path);
  return renderSummary({
    web: target.web,
    branch: target.at.defaultBranch,
    board,
    milestones: progressOf([board], state.configuration),
    unreadableAt: null,
    removed: row?.role === "removed" ? { commit: null } : null,
    ...(refused === null ? {} : { notWrittenBack: refused }),
  });
}

async function issueFor(target: Target, state: RepositoryState): Promise<number | null> {
  const named = state.configuration.summary.issue;
  if (typeof named === "number") return named;
  return bringUpToDate(target, {
    key: "summary-issue",
    essence: "summary-issue",
    again: null,
    body: summaryIssue(),
    find: () => target.github.find.issue(target.at, summaryIssueMarker),
    create: (write) => write.createIssue(target.at, summaryIssue()),
    update: async () => true,
  });
}

async function keepComment(target: Target, issue: number, board: Board, text: string): Promise<void> {
  await bringUpToDate(target, {
    key: keyFor(board),
    essence: text,
    again: null,
    body: { issue, text },
    find: () => target.github.find.comment(target.at, issue, summaryMarker(board.path)),
    create: (write) => write.createComment(target.at, issue, text),
    update: (write, remote) => write.updateComment(target.at, remote, text),
  });
}
