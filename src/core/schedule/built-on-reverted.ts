import type { Board, BoardTask, Finding } from "../words.ts";
import { keyOf, taskKey } from "./task-key.ts";

/**
 * The boards with a finding more on each task that is done, or under way, and depends on one whose work was taken back. It rests on how other
 * tasks stand now, and is therefore made when boards are shown: a revert has not to derive all that depend on it.
 */
export function withBuiltOnReverted(boards: readonly Board[]): readonly Board[] {
  const lost = new Map(boards.flatMap((board) => board.tasks.filter(isLost)).map((task) => [keyOf(task), task]));
  if (lost.size === 0) return boards;
  return boards.map((board) => ({ ...board, tasks: board.tasks.map((task) => withFinding(task, lost)) }));
}

const isLost = (task: BoardTask): boolean => task.state.findings.some((finding) => finding.code === "work-lost");

function withFinding(task: BoardTask, lost: ReadonlyMap<string, BoardTask>): BoardTask {
  const { underneath } = task.state;
  if (underneath !== "completed" && underneath !== "in-progress") return task;
  const on = [...new Set(task.dependencies)]
    .flatMap((token) => lost.get(taskKey(task.scope, token)) ?? [])
    .filter((other) => other !== task);
  if (on.length === 0) return task;
  const findings = on.map(
    (other): Finding => ({
      code: "built-on-reverted",
      token: task.token,
      message: `it depends on ${other.id}, whose work was reverted`,
      ...(other.state.cause.link === null ? {} : { link: other.state.cause.link }),
    }),
  );
  return { ...task, state: { ...task.state, findings: [...task.state.findings, ...findings] } };
}
