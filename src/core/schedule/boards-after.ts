import { boardsOf } from "../status/board-of.ts";
import { rowsAfter } from "../status/plans-after.ts";
import type { Board, BoardTask, DerivedTask, Planned, PlannedTask, PlanRow } from "../words.ts";
import { asBoardTask } from "./next.ts";
import { keyOf, taskKey } from "./task-key.ts";

/**
 * The boards as they would be after a merge: rows of edited plans in their new order, tasks with the statuses promised for them. A task
 * that is not in `promised` is as it was, or as its row says where it is new.
 */
export function boardsAfter(
  now: { readonly boards: readonly Board[]; readonly plans: readonly PlanRow[] },
  planned: Planned,
  promised: readonly DerivedTask[],
): readonly Board[] {
  const before = new Map(now.boards.flatMap(({ tasks }) => tasks.map((task) => [keyOf(task), task.state] as const)));
  const states = new Map(promised.map((task) => [taskKey(task.scope, task.token), task.folded.state]));
  const after = (task: PlannedTask): BoardTask => {
    const key = taskKey(task.scope, task.token);
    const state = states.get(key) ?? before.get(key);
    return state === undefined ? asBoardTask(task) : { ...task, state };
  };
  const tasks = new Map([...now.boards.map(({ path, tasks: all }) => [path, all] as const), ...planned.declared]);
  // A plan whose file the merge takes away has no board to compare with.
  const gone = new Set(planned.plans.flatMap(({ path, role }) => (role === "removed" ? [path] : [])));
  const rows = rowsAfter(now.plans, planned).filter(({ path }) => !gone.has(path));
  return boardsOf(rows, new Map([...tasks].map(([path, all]) => [path, all.map(after)])));
}
