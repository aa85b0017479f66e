import type { Problem } from "../words.ts";
import { sentence } from "./addresses.ts";
import { list, more, nothing, section, table } from "./block.ts";
import { code, inline } from "./escape.ts";
import type { Outlook } from "./outlook.ts";
import { inOrder, problemLine } from "./problem.ts";
import { estimateOf, heldUp, idLink, ownerOf, priorityOf, reasonsOf, type Shown, sinceOf, taskLink } from "./task-cells.ts";

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

export function findingsBlock(shown: Shown, amount: number): string {
  const lines = shown.board.tasks.flatMap((task) =>
    task.state.findings.map(({ message }) => `${idLink(shown, task)}: ${sentence(message)}`),
  );
  return section("Worth a look", list(lines.slice(0, amount)), more(lines.length, amount, "finding"));
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

/** The first five problems of the plan file with links to their lines. */
export function planProblemsBlock({ web, branch, board }: Shown): string {
  const shown = inOrder(board.problems).slice(0, 5);
  const place = ({ path, line }: Problem): string => (path === board.path ? `line ${line}` : `${path}, line ${line}`);
  const lines = shown.map((problem) => problemLine({ web, at: branch }, problem, place(problem)));
  return section("Problems in the plan file", list(lines), more(board.problems.length, 5, "problem"));
}
