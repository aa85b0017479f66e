import { sentence } from "./addresses.ts";
import { list, more, section, table } from "./block.ts";
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

/** The first five problems of the plan file with links to their lines. */
export function planProblemsBlock({ web, branch, board }: Shown): string {
  const shown = inOrder(board.problems).slice(0, 5);
  const lines = shown.map((problem) => problemLine({ web, at: branch }, problem, `line ${problem.line}`));
  return section("Problems in the plan file", list(lines), more(board.problems.length, 5, "problem"));
}
