import { type Board, type BoardTask, type DerivedTask, type Hold, isFinished } from "../words.ts";
import { keyOf, taskKey } from "./task-key.ts";

/** A task that holds blocked and that is free again; `task` as it is then, `holds` as they were. */
export type Released = { readonly task: BoardTask; readonly holds: readonly Hold[] };

/** The tasks whose holds would end, so that they are blocked no longer and not done either, in the order of the boards. */
export function releasedBy(boards: readonly Board[], promised: readonly DerivedTask[]): readonly Released[] {
  const after = new Map(promised.map((task) => [taskKey(task.scope, task.token), task]));
  return boards
    .flatMap(({ tasks }) => tasks)
    .flatMap((task): readonly Released[] => {
      const { status, holds } = task.state;
      const then = status === "blocked" && holds.length > 0 ? after.get(keyOf(task)) : undefined;
      if (then === undefined || !then.present || then.folded.state.status === "blocked" || isFinished(then.folded.state.status)) return [];
      return [{ task: { ...task, ...then.declared, state: then.folded.state }, holds }];
    });
}
