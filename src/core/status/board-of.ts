import type { Board, BoardTask, PlanRow } from "../words.ts";

/** A plan's board. Milestones and risks that a snapshot of it tells count as its own. */
export function boardOf(plan: PlanRow, plans: readonly PlanRow[], tasks: ReadonlyMap<string, readonly BoardTask[]>): Board {
  const own = [plan, ...plans.filter((other) => other.role === "snapshot" && other.of === plan.path)];
  return {
    path: plan.path,
    tasks: plan.role === "removed" ? [] : (tasks.get(plan.path) ?? []),
    milestones: own.flatMap((row) => row.milestones),
    risks: own.flatMap((row) => row.risks),
    cadence: own.flatMap((row) => row.cadence),
    criteria: {
      open: own.reduce((sum, row) => sum + row.criteria.open, 0),
      done: own.reduce((sum, row) => sum + row.criteria.done, 0),
    },
    problems: own.flatMap((row) => row.problems),
    unreadable: plan.unreadable ?? (plan.role === "removed" ? "the file was removed" : null),
  };
}

/** The boards of all plans that are none but themselves; those whose file is gone are empty. */
export const boardsOf = (plans: readonly PlanRow[], tasks: ReadonlyMap<string, readonly BoardTask[]>): readonly Board[] =>
  plans.filter(({ role }) => role === "plan" || role === "removed").map((plan) => boardOf(plan, plans, tasks));
