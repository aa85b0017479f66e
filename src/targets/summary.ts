import { overviewMarker, renderOverview } from "../core/render/overview.ts";
import { renderSummary, summaryIssue, summaryIssueMarker, summaryMarker } from "../core/render/summary.ts";
import type { SummaryView } from "../core/render/views.ts";
import type { Found } from "../core/schedule/findings.ts";
import { progressOf } from "../core/schedule/milestones.ts";
import { type Board, type Instant, isFinished } from "../core/words.ts";
import type { RepositoryState } from "../ports.ts";
import { bringCheckUpToDate } from "./check.ts";
import { newIdsTakenTwice, tellHeads } from "./new-ids.ts";
import { planFindings } from "./plan-findings.ts";
import { pullsUnderWay, scheduleFor } from "./plan-outlook.ts";
import { bringUpToDate, dueTime, type Target } from "./target.ts";
import { memoryKey, rememberedIn } from "./write-back-memory.ts";

/** Plans with open work that have a comment of their own; the others share one. */
const mostPlans = 10;

type Findings = (board: Board) => readonly Found[];

/** What all plans of a repository share. */
type Shared = Pick<SummaryView, "schedule" | "finished" | "pulls">;

/** A comment of the summary issue. `marker` begins its text. */
type Piece = { readonly key: string; readonly marker: string; readonly text: string };

/**
 * One comment for each plan with open work, in one issue, and one for all that are more than ten. Answers with the time before which a
 * changed comment must not be written again, or null when all are up to date.
 */
export async function bringSummaryUpToDate(target: Target): Promise<Instant | null> {
  const state = await target.store.state(target.at.repository);
  if (state === null) return null;
  const taken = await newIdsTakenTwice(target, state);
  await tellHeads(target, taken, (sha) => bringCheckUpToDate(target, { kind: "check", sha, again: null }));
  if (state.configuration.summary.issue === "off") return null;
  const due = await dueTimes(target, await piecesOf(target, state, await planFindings(target, state, taken)));
  if (due.length === 0) return null;
  const now = target.now();
  const issue = due.every(({ at }) => at > now) ? null : await issueFor(target, state);
  const observing = target.github.write === null;
  for (const { piece, at } of due) if (at <= now && (issue !== null || observing)) await keepComment(target, issue ?? 0, piece);
  const later = due.flatMap(({ at }) => (at > now ? [at] : []));
  return later.length === 0 ? null : later.reduce((a, b) => Math.min(a, b));
}

/** What the issue is to show. A plan that was finished before it was ever shown needs no comment; one that was shown is kept true to the end. */
async function piecesOf(target: Target, state: RepositoryState, findings: Findings): Promise<readonly Piece[]> {
  const plans = state.boards.filter((board) => board.tasks.length > 0 || board.unreadable !== null);
  const shown = new Set<Board>();
  for (const board of plans) if ((await target.store.post(target.at.repository, keyFor(board))) !== null) shown.add(board);
  const open = plans.filter(isOpen).toSorted((a, b) => Number(shown.has(b)) - Number(shown.has(a)));
  const shared: Shared = { ...(await scheduleFor(target, state)), pulls: await pullsUnderWay(target, state) };
  const own = plans.filter((board) => open.indexOf(board) < mostPlans && (shown.has(board) || isOpen(board)));
  const rest = open.slice(mostPlans);
  const pieces: Piece[] = [];
  for (const board of own) {
    pieces.push({
      key: keyFor(board),
      marker: summaryMarker(board.path),
      text: await renderOne(target, state, { ...shared, board, findings: findings(board) }),
    });
  }
  if (rest.length === 0 && (await target.store.post(target.at.repository, overviewKey)) === null) return pieces;
  return [
    ...pieces,
    { key: overviewKey, marker: overviewMarker, text: renderOverview({ web: target.web, branch: target.at.defaultBranch, boards: rest }) },
  ];
}

const isOpen = (board: Board): boolean => board.unreadable !== null || board.tasks.some((task) => !isFinished(task.state.status));

/** The comments that differ from what was last written, and when each may be written. */
async function dueTimes(target: Target, pieces: readonly Piece[]): Promise<readonly { readonly piece: Piece; readonly at: Instant }[]> {
  const due: { readonly piece: Piece; readonly at: Instant }[] = [];
  for (const piece of pieces) {
    const post = await target.store.post(target.at.repository, piece.key);
    const at = dueTime(target, post, piece.text);
    if (at !== null) due.push({ piece, at });
  }
  return due;
}

const keyFor = (board: Board): string => `summary:${board.path}`;
const overviewKey = "summary-overview";

async function renderOne(
  target: Target,
  state: RepositoryState,
  { board, ...shared }: Shared & Pick<SummaryView, "board" | "findings">,
): Promise<string> {
  const isWritten = state.configuration.writeBack !== "off";
  const { refused } = rememberedIn(isWritten ? await target.store.post(target.at.repository, memoryKey(board.path)) : null);
  const row = state.plans.find((plan) => plan.path === board.path);
  return renderSummary({
    web: target.web,
    branch: target.at.defaultBranch,
    board,
    timezone: state.configuration.summary.timezone,
    milestones: progressOf([board], state.configuration),
    ...shared,
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

async function keepComment(target: Target, issue: number, { key, marker, text }: Piece): Promise<void> {
  await bringUpToDate(target, {
    key,
    essence: text,
    again: null,
    body: { issue, text },
    find: () => target.github.find.comment(target.at, issue, marker),
    create: (write) => write.createComment(target.at, issue, text),
    update: (write, remote) => write.updateComment(target.at, remote, text),
  });
}
