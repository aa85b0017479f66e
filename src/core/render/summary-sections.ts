import type { Problem } from "../words.ts";
import { list, more, nothing, section, table } from "./block.ts";
import { code, inline } from "./escape.ts";
import type { Outlook } from "./outlook.ts";
import { inOrder, problemLine } from "./problem.ts";
import { estimateOf, heldUp, ownerOf, priorityOf, reasonsOf, type Shown, sinceOf, taskLink } from "./task-cells.ts";

/** Blocked tasks, why and since when, those that hold up most first. */
export function blockersBlock(shown: Shown, { blocked }: Outlook, amount: number): string {
  const rows = blocked
    .slice(0, amount)
    .map((blocker) => [taskLink(shown, blocker.task), reasonsOf(blocker.reasons), sinceOf(shown, blocker.task), heldUp(shown, blocker)]);
  return section("Blockers", table(["Task", "Why", "Since", "Holds up"], rows), more(blocked.length, amount, "task"));
}

export function inProgressBlock(shown: Shown, { inProgress, holdsUp }: Outlook, amount: number): string {
  const rows = inProgress
    .slice(0, amount)
    .map((task) => [taskLink(shown, task), ownerOf(task), sinceOf(shown, task), heldUp(shown, holdsUp.get(task))]);
  return section("In progress", table(["Task", "Owner", "Since", "Holds up"], rows), more(inProgress.length, amount, "task"));
}

export function readyBlock(shown: Shown, { ready, holdsUp }: Outlook, amount: number): string {
  const rows = ready
    .slice(0, amount)
    .map((task) => [taskLink(shown, task), priorityOf(task), ownerOf(task), estimateOf(task), heldUp(shown, holdsUp.get(task))]);
  return section("Ready next", table(["Task", "Priority", "Owner", "Estimate", "Holds up"], rows), more(ready.length, amount, "task"));
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
