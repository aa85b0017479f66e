import type { Plan, PlannedTask, Token } from "../words.ts";

/** A row that differs between two versions of a plan; `before` is null where the row is new. */
export type Restated = { readonly before: PlannedTask | null; readonly after: PlannedTask };
export type Changed = { readonly before: PlannedTask; readonly after: PlannedTask };

export type PlanChange = {
  readonly added: readonly PlannedTask[];
  readonly removed: readonly PlannedTask[];
  /** Rows that state a status: their status differs from the version before, or they are new (all rows, of a first version). */
  readonly restated: readonly Restated[];
  /** Rows of which any other declared field differs. Where a row stands, and how it spells the same status, is no difference. */
  readonly changed: readonly Changed[];
};

/** What a newer version of a plan file says that an older one (null: none) did not. In the order of the newer file. */
export function comparePlans(before: Plan | null, after: Plan): PlanChange {
  const old = byToken(before?.tasks ?? []);
  const kept = byToken(after.tasks);
  const pairs = after.tasks.map((task) => ({ before: old.get(task.token) ?? null, after: task }));
  return {
    added: pairs.filter((pair) => pair.before === null).map((pair) => pair.after),
    removed: [...old.values()].filter((task) => !kept.has(task.token)),
    restated: pairs.filter((pair) => pair.before?.status !== pair.after.status),
    changed: pairs.flatMap((pair) =>
      pair.before !== null && differs(pair.before, pair.after) ? [{ before: pair.before, after: pair.after }] : [],
    ),
  };
}

const byToken = (tasks: readonly PlannedTask[]): ReadonlyMap<Token, PlannedTask> => new Map(tasks.map((task) => [task.token, task]));

const differs = (before: PlannedTask, after: PlannedTask): boolean => declared(before) !== declared(after);

function declared({ line: _, status: __, writtenStatus: ___, token: ____, ...rest }: PlannedTask): string {
  return JSON.stringify(Object.entries(rest).sort(([a], [b]) => (a < b ? -1 : 1)));
}
