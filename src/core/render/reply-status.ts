import { blockerAt } from "../schedule/blockers.ts";
import type { MilestoneProgress } from "../schedule/milestones.ts";
import { type Readiness, readinessOf } from "../schedule/readiness.ts";
import { keyOf, taskKey } from "../schedule/task-key.ts";
import { type Board, type BoardTask, type Finding, isFinished } from "../words.ts";
import { fileUrl, sentence, sourceLink } from "./addresses.ts";
import { list, page, series } from "./block.ts";
import { codeLink, inline } from "./escape.ts";
import { findingAdvice } from "./findings-block.ts";
import { issueLines, issueNames } from "./issue-lines.ts";
import { milestoneTable } from "./milestone-table.ts";
import { outlookOf } from "./outlook.ts";
import { heldUp, idLink, reasonOf, reasonsOf, type Shown, taskLink } from "./task-cells.ts";
import { minute } from "./time.ts";
import type { Answer, ReplyView } from "./views.ts";
import { whyLine } from "./why.ts";
import { statusCounts, statusWords } from "./wording.ts";

type Place = Pick<ReplyView, "web" | "branch">;

/** `/status`: one plan in short. */
export function planReply(
  { web, branch }: Place,
  { board, milestones }: { readonly board: Board; readonly milestones: readonly MilestoneProgress[] },
  amount: number,
): string {
  const shown = { web, branch, board };
  const { blocked, ready } = outlookOf(board);
  const counts = statusCounts(board.tasks).map(([status, number]) => `${number} ${statusWords[status]}`);
  return page(
    `**Plan ${codeLink(board.path, fileUrl({ web, at: branch }, board.path))}**: ${counts.length === 0 ? "no tasks yet" : series(counts)}.`,
    board.unreadable === null ? "" : `Its newest version could not be read, so this is an older state: ${sentence(board.unreadable)}`,
    milestoneTable(milestones, amount),
    blocked.length === 0
      ? ""
      : page(
          "Blocked:",
          list(blocked.slice(0, amount).map((blocker) => `${taskLink(shown, blocker.task)}: ${reasonsOf(blocker.reasons)}`)),
        ),
    ready.length === 0
      ? ""
      : `Ready next: ${series(
          ready.slice(0, 5).map((task) => idLink(shown, task)),
          5,
        )}.`,
  );
}

/** `/status ID`: one task, since when, why, and what stands around it. */
export function taskReply(
  { web, branch }: Place,
  { board, task, history, findings }: Extract<Answer, { readonly kind: "task" }>,
  amount: number,
): string {
  const shown = { web, branch, board };
  const past = history.length > 0 ? history : [{ at: task.state.since, before: null, after: task.state.status, cause: task.state.cause }];
  const latest = past.slice(-amount).reverse();
  return page(
    `${taskLink(shown, task)} is **${statusWords[task.state.status]}** since ${minute(task.state.since)}.`,
    list(around(shown, task, findings)),
    "How it came to this, newest first:",
    list(
      latest.map(({ at, before, after, cause }) => {
        const step = before === null ? statusWords[after] : `${statusWords[before]} → ${statusWords[after]}`;
        return `${minute(at)}: ${step}, ${whyLine(web, cause)}`;
      }),
    ),
    past.length > latest.length ? `… and ${past.length - latest.length} earlier.` : "",
  );
}

/** `/undo ID`: first what was built on what is gone, then where the task stands. */
export function undoneReply(
  { web, branch }: Place,
  { board, task, resting }: { readonly board: Board; readonly task: BoardTask; readonly resting: readonly BoardTask[] },
  amount: number,
): string {
  const shown = { web, branch, board };
  const built = resting.slice(0, amount).map((one) => `${taskLink(shown, one)} (${statusWords[one.state.status]})`);
  return page(
    resting.length === 0
      ? ""
      : `**Built on it:** ${series(built)}${resting.length > amount ? `, and ${resting.length - amount} more` : ""}.`,
    `${taskLink(shown, task)} is **${statusWords[task.state.status]}** again: ${whyLine(web, task.state.cause)}. \`/undo\` once more brings back what was undone.`,
  );
}

function around(shown: Shown, task: BoardTask, findings: readonly Finding[]): readonly string[] {
  const readiness = readinessOf(shown.board.tasks);
  const { waitingOn, waitingOnIssues } = readiness.get(keyOf(task)) ?? { waitingOn: [], waitingOnIssues: [] };
  const unblocked = unblockedBy(shown.board, task, readiness);
  const blocker = blockerAt(shown.board.tasks, task);
  return [
    ...task.state.holds.map((hold) => {
      const source = hold.cause.link === null ? "" : ` (${sourceLink(shown.web, hold.cause.link)})`;
      return `Held since ${minute(hold.since)}: ${reasonOf(hold)}${source}`;
    }),
    ...(waitingOn.length === 0
      ? []
      : [
          `Waits for ${series(
            waitingOn.map((one) => `${idLink(shown, one)} (${statusWords[one.state.status]})`),
            5,
          )}`,
        ]),
    ...(waitingOnIssues.length === 0 ? [] : [`Waits for ${issueNames(shown.web, waitingOnIssues)}`]),
    ...issueLines(shown.web, task, 10),
    ...(blocker === null || blocker.count === 0 ? [] : [`Holds up ${heldUp(shown, blocker)}`]),
    ...(unblocked.length === 0
      ? []
      : [
          `Unblocked ${series(
            unblocked.map((one) => `${idLink(shown, one)} (${statusWords[one.state.status]})`),
            5,
          )}`,
        ]),
    ...(task.owner === null ? [] : [`Owner: ${inline(task.owner, 40)}`]),
    ...(task.state.status === "completed"
      ? task.state.released.slice(0, 5).map(({ environment, at }) => `Released to ${inline(environment, 60)} on ${minute(at)}`)
      : []),
    ...(task.state.evidence ? [] : ["Nothing in the repository but the plan speaks of it"]),
    ...findings.map((finding) => findingAdvice(shown.web, finding)),
  ];
}

/** Whom a finished task let go on: the unfinished ones that depend on it and wait for nothing any more. */
function unblockedBy({ tasks }: Board, task: BoardTask, readiness: ReadonlyMap<string, Readiness>): readonly BoardTask[] {
  if (!isFinished(task.state.status)) return [];
  const key = keyOf(task);
  return tasks.filter(
    (one) =>
      !isFinished(one.state.status) &&
      one.dependencies.some((token) => taskKey(one.scope, token) === key) &&
      readiness.get(keyOf(one))?.waitingOn.length === 0 &&
      readiness.get(keyOf(one))?.waitingOnIssues.length === 0,
  );
}
