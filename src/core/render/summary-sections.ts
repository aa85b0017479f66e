import { keyOf } from "../schedule/task-key.ts";
import type { BoardTask, Problem } from "../words.ts";
import { pullLink } from "./addresses.ts";
import { list, more, nothing, section, series, table } from "./block.ts";
import { code, inline } from "./escape.ts";
import type { Outlook } from "./outlook.ts";
import { inOrder, problemLine } from "./problem.ts";
import { type Releases, releaseWords } from "./releases.ts";
import { type Dated, heldUp, heldUpAndWhom, ownerOf, reasonsOf, type Shown, sinceOf, taskLink } from "./task-cells.ts";
import { milestoneName } from "./wording.ts";

/** Asks, of a blocked task, what a row of the blockers tells beside what the task itself does. */
export type Around = {
  readonly milestoneOf: (task: BoardTask) => { readonly id: string; readonly title: string; readonly due: string | null } | null;
  readonly releasesOf: (task: BoardTask) => Releases;
};

/** Blocked tasks, those that hold up most first: why and since when, whom and what they hold up, and what would release them. */
export function blockersBlock(shown: Dated & Around, { blocked }: Outlook, amount: number): string {
  const rows = blocked.slice(0, amount).map((blocker) => {
    const { task, reasons } = blocker;
    return [
      taskLink(shown, task),
      reasonsOf(reasons),
      sinceOf(shown, task),
      heldUpAndWhom(shown, blocker),
      nearest(shown.milestoneOf(task)),
      releaseWords(shown.releasesOf(task)),
    ];
  });
  const head = ["Task", "Why", "Since", "Holds up", "Next milestone", "Released when"];
  return section("Blockers", table(head, rows), more(blocked.length, amount, "task"));
}

function nearest(milestone: ReturnType<Around["milestoneOf"]>): string {
  if (milestone === null) return nothing;
  return milestone.due === null ? milestoneName(milestone) : `${milestoneName(milestone)}, due ${inline(milestone.due, 20)}`;
}

/** What is under way, the longest first, with the open pull requests that name it. */
export function inProgressBlock(
  shown: Dated & { readonly pulls: ReadonlyMap<string, readonly number[]> },
  { inProgress, holdsUp }: Outlook,
  amount: number,
): string {
  const rows = inProgress
    .slice(0, amount)
    .map((task) => [
      taskLink(shown, task),
      ownerOf(task),
      sinceOf(shown, task),
      pullsOf(shown.web, shown.pulls.get(keyOf(task)) ?? []),
      heldUp(shown, holdsUp.get(task)),
    ]);
  const head = ["Task", "Owner", "Since", "Pull requests", "Holds up"];
  return section("In progress", table(head, rows), more(inProgress.length, amount, "task"));
}

function pullsOf(web: string, numbers: readonly number[]): string {
  if (numbers.length === 0) return nothing;
  return series(
    numbers.map((number) => pullLink(web, number)),
    5,
  );
}

/** What the plan itself fears, in its own order. */
export function risksBlock({ board }: Shown, amount: number): string {
  const rows = board.risks
    .slice(0, amount)
    .map(({ id, title, impact, likelihood, mitigation }) => [
      `${code(id, 20)} ${inline(title, 80)}`.trimEnd(),
      word(impact),
      word(likelihood),
      inline(mitigation, 120) || nothing,
    ]);
  return section("Risks", table(["Risk", "Impact", "Likelihood", "Mitigation"], rows), more(board.risks.length, amount, "risk"));
}

const word = (text: string): string => inline(text, 20) || nothing;

/** When people meet, and how many of the boxes that say what success is are ticked. */
export function habitsBlock({ board: { cadence, criteria } }: Shown, amount: number): string {
  const boxes = criteria.open + criteria.done;
  const ticked = boxes === 0 ? [] : [`Success criteria: ${criteria.done} of ${boxes} met`];
  const lines = [...ticked, ...cadence.map(({ words }) => inline(words, 160))];
  return section("Rhythm and criteria", list(lines.slice(0, amount)), more(lines.length, amount, "line"));
}

/** The findings say these from what is known of the tasks, which is more than their rows tell. */
const saidByFindings: readonly string[] = ["done-before-dependency", "retired-id-reused"];

/** The first five problems of the plan file with links to their lines. */
export function planProblemsBlock({ web, branch, board }: Shown): string {
  const problems = board.problems.filter(({ code }) => !saidByFindings.includes(code));
  const shown = inOrder(problems).slice(0, 5);
  const place = ({ path, line }: Problem): string => (path === board.path ? `line ${line}` : `${path}, line ${line}`);
  const lines = shown.map((problem) => problemLine({ web, at: branch }, problem, place(problem)));
  return section("Problems in the plan file", list(lines), more(problems.length, 5, "problem"));
}
