import { tasksByKey } from "../schedule/readiness.ts";
import type { Why } from "../status/why.ts";
import type { Board, BoardTask } from "../words.ts";
import { sourceLink } from "./addresses.ts";
import { list, page } from "./block.ts";
import { code, inline } from "./escape.ts";
import { issueLink, issueNames } from "./issue-lines.ts";
import { waysIn } from "./releases.ts";
import { reasonOf, taskLink } from "./task-cells.ts";
import { minute } from "./time.ts";
import type { ReplyView } from "./views.ts";
import { whyLine } from "./why.ts";
import { statusWords } from "./wording.ts";

/** `/why ID`: every change of the status in order, what holds the task, and what would change it. */
export function whyReply(
  { web, branch }: Pick<ReplyView, "web" | "branch">,
  { board, task, why }: { readonly board: Board; readonly task: BoardTask; readonly why: Why },
  amount: number,
): string {
  const shown = why.steps.slice(-amount * 3);
  const left = why.steps.length - shown.length;
  const said = waysIn({ web, branch }, tasksByKey(board.tasks));
  return page(
    `${taskLink({ web, branch }, task)} is **${statusWords[why.status]}** since ${minute(why.since)}.`,
    left === 0 ? "How it came to this:" : `How it came to this, after ${left} earlier ${left === 1 ? "change" : "changes"}:`,
    shown
      .map(({ at, before, after, cause }, index) => {
        const step = before === null ? statusWords[after] : `${statusWords[before]} → ${statusWords[after]}`;
        return `${left + index + 1}. ${minute(at)}: ${step}, ${whyLine(web, cause)} (rule ${code(cause.rule)})`;
      })
      .join("\n"),
    why.holds.length === 0 ? "" : "What holds it:",
    list(
      why.holds.map((hold) => {
        const source = hold.cause.link === null ? "" : ` (${sourceLink(web, hold.cause.link)})`;
        return `${reasonOf(hold)}, since ${minute(hold.since)}${source}`;
      }),
    ),
    why.waits.length === 0 ? "" : "Merged work does not complete it yet, because:",
    list(why.waits.map((clause) => inline(clause, 300))),
    why.waitsForIssues.length === 0 ? "" : "What it waits for:",
    list(
      why.waitsForIssues.map(
        ({ issue, on }) => `${issueNames(web, on)}, says issue ${issueLink(web, { repository: null, number: issue })}`,
      ),
    ),
    "What would change it:",
    list(why.ways.map((way) => said(task, way))),
  );
}
