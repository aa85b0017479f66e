import { rowKey } from "../core/plan/compare.ts";
import type { CheckRow } from "../core/render/views.ts";
import { keyOf, taskKey } from "../core/schedule/task-key.ts";
import type { PullNaming } from "../core/status/pull-events.ts";
import { obstacleOf, whyOf } from "../core/status/why.ts";
import type { Board, BoardTask, DerivedTask, TasksMaterial } from "../core/words.ts";

/** The tasks that a pull request names, as they are and as they would be; last those that it adds. `after` null: no plan changes. */
export function checkRows(of: {
  readonly before: readonly Board[];
  readonly after: readonly Board[] | null;
  readonly promised: readonly DerivedTask[];
  readonly namings: ReadonlyMap<string, PullNaming>;
  readonly material: TasksMaterial;
}): readonly CheckRow[] {
  const named = (boards: readonly Board[]): ReadonlyMap<string, BoardTask> =>
    new Map(boards.flatMap(({ tasks }) => tasks.flatMap((task) => (of.namings.has(rowKey(task)) ? [[keyOf(task), task] as const] : []))));
  const before = named(of.before);
  const after = of.after === null ? before : named(of.after);
  const promised = new Map(of.promised.map((task) => [taskKey(task.scope, task.token), task]));
  const stored = new Map(of.material.tasks.map((task) => [taskKey(task.scope, task.token), task.stored]));
  return [...new Set([...before.keys(), ...after.keys()])].flatMap((key): readonly CheckRow[] => {
    const [now, then] = [before.get(key), after.get(key)];
    const task = now ?? then;
    const naming = task === undefined ? undefined : of.namings.get(rowKey(task));
    if (task === undefined || naming === undefined) return [];
    const folded = promised.get(key)?.folded ?? { state: task.state, history: [] };
    const supposed = whyOf(task.id, folded.state, folded.history);
    const why = whyOf(task.id, task.state, stored.get(key)?.history ?? []);
    return [
      {
        task,
        edit: now === undefined ? "adds" : then === undefined ? "removes" : null,
        before: now?.state.status ?? task.status,
        after: supposed.status,
        place: naming.place,
        reference: naming.reference,
        note: then === undefined ? null : obstacleOf(supposed),
        // Nothing has happened yet to a task that is not in the plan.
        why: now === undefined ? { ...why, steps: [], holds: [], waits: [] } : why,
      },
    ];
  });
}
