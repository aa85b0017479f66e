import type { BoardTask } from "../words.ts";
import { behindIn } from "./blockers.ts";
import type { MilestoneProgress } from "./milestones.ts";
import { keyOf } from "./task-key.ts";

/** Asks for the milestone due first, among those not reached, of a task and all unfinished ones behind it; null where none of them has one. */
export function nearestMilestones(
  tasks: readonly BoardTask[],
  milestones: readonly MilestoneProgress[],
): (task: BoardTask) => MilestoneProgress | null {
  const behind = behindIn(tasks);
  // The first to claim a task keeps it. Dates read as written; what is due on no day comes last.
  const first = new Map<string, number>();
  const open = milestones
    .filter(({ percent }) => percent !== 100)
    .toSorted((a, b) => (dueOf(a) < dueOf(b) ? -1 : dueOf(a) > dueOf(b) ? 1 : 0));
  for (const [rank, milestone] of open.entries()) for (const key of milestone.tasks) if (!first.has(key)) first.set(key, rank);
  return (task) => {
    let nearest = open.length;
    for (const one of [task, ...behind(task)]) nearest = Math.min(nearest, first.get(keyOf(one)) ?? open.length);
    return open[nearest] ?? null;
  };
}

const dueOf = ({ due }: MilestoneProgress): string => due ?? "9999-99-99";
