import type { Board, BoardTask, Finding } from "../words.ts";
import { keyOf, taskKey } from "./task-key.ts";

/**
 * The boards with a finding more on each task that is done, or under way, and depends on one whose work was taken back. It rests on how other
 * tasks stand now, and is therefore made when boards are shown: a revert has not to derive all that depend on it.
 */
export function withBuiltOnReverted(boards: readonly Board[]): readonly Board[] {
  const findings = new Map<BoardTask, Finding[]>();
  for (const { task, on } of restingOnReverted(boards)) findings.set(task, [...(findings.get(task) ?? []), findingOn(task, on)]);
  if (findings.size === 0) return boards;
  const told = (task: BoardTask): BoardTask => {
    const own = findings.get(task);
    return own === undefined ? task : { ...task, state: { ...task.state, findings: [...task.state.findings, ...own] } };
  };
  return boards.map((board) => ({ ...board, tasks: board.tasks.map(told) }));
}

/** Tasks that are done, or under way, with each task that they depend on and whose work was taken back. */
export function restingOnReverted(boards: readonly Board[]): readonly { readonly task: BoardTask; readonly on: BoardTask }[] {
  const tasks = boards.flatMap((board) => board.tasks);
  const lost = new Map(tasks.filter(isLost).map((task) => [keyOf(task), task]));
  if (lost.size === 0) return [];
  return tasks
    .filter(({ state }) => state.underneath === "completed" || state.underneath === "in-progress")
    .flatMap((task) =>
      [...new Set(task.dependencies)]
        .flatMap((token) => lost.get(taskKey(task.scope, token)) ?? [])
        .filter((on) => on !== task)
        .map((on) => ({ task, on })),
    );
}

const isLost = (task: BoardTask): boolean => task.state.findings.some((finding) => finding.code === "work-lost");

const findingOn = (task: BoardTask, on: BoardTask): Finding => ({
  code: "built-on-reverted",
  token: task.token,
  message: `it depends on ${on.id}, whose work was reverted`,
  ...(on.state.cause.link === null ? {} : { link: on.state.cause.link }),
});
