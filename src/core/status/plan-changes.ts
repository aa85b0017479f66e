import type { Change, NewValues } from "../plan/change.ts";
import { byKey, rowKey } from "../plan/compare.ts";
import type { Board, BoardTask, Instant, IsoDate, Plan, PlannedTask } from "../words.ts";

/** A row that says something else than the board knows: what it says, and what it is to say. */
export type StaleRow = { readonly task: BoardTask; readonly row: PlannedTask; readonly to: NewValues };

/** A row whose status somebody changed after the board was derived: his word is heard before ours is written. */
export type LeftRow = { readonly task: BoardTask; readonly row: PlannedTask };

export type PlanChanges = { readonly stale: readonly StaleRow[]; readonly left: readonly LeftRow[] };

/**
 * What the board knows and the plan file, as it stands now, does not: statuses, and the days on which tasks were completed. A hold lasts, so
 * `blocked` is written like any other status and taken back when the hold ends. Rows that recur are never done, and stay as they are.
 * Rows that only one of the two has are nobody's to write.
 */
export function planChanges(board: Board, plan: Plan): PlanChanges {
  const rows = byKey(plan.tasks);
  const stale: StaleRow[] = [];
  const left: LeftRow[] = [];
  for (const task of board.tasks) {
    const row = rows.get(rowKey(task));
    if (row === undefined || row.recurring) continue;
    const to = newValues(task, row);
    if (to === null) continue;
    if (row.status !== task.status && row.status !== task.state.status) left.push({ task, row });
    else stale.push({ task, row, to });
  }
  return { stale, left };
}

/** A stale row as a change of its file. */
export const changeOf = ({ row, to }: StaleRow): Change => ({ kind: "set", scope: row.scope, token: row.token, to });

function newValues({ state }: BoardTask, row: PlannedTask): NewValues | null {
  const isDone = state.status === "completed";
  if (state.status === row.status) {
    // Of a row that says nothing but that it is done, the board knows no more than the row.
    const dates = isDone && row.completed === null && state.cause.rule !== "plan-row";
    return dates ? { completed: dayOf(state.since) } : null;
  }
  if (isDone) return { status: state.status, ...(row.completed === null ? { completed: dayOf(state.since) } : {}) };
  return { status: state.status, ...(row.completed === null ? {} : { completed: null }) };
}

const dayOf = (at: Instant): IsoDate => new Date(at).toISOString().slice(0, 10);
