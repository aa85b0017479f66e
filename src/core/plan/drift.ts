import type { PlannedTask, Status } from "../words.ts";

/** A row of a snapshot, as far as it is held against its plan; `status` null where the snapshot tells none. */
export type Shown = Pick<PlannedTask, "id" | "token"> & { readonly status: Status | null };

/** Where a snapshot says something else than its plan: ids that only one of them has, and statuses that differ. */
export type Drift = {
  readonly missing: readonly PlannedTask[];
  readonly extra: readonly Shown[];
  readonly restated: readonly { readonly shown: Shown; readonly planned: PlannedTask }[];
};

/** Null where the two agree. */
export function driftOf(shown: readonly Shown[], planned: readonly PlannedTask[]): Drift | null {
  const rows = new Map(shown.map((row) => [row.token, row]));
  const tasks = new Map(planned.map((task) => [task.token, task]));
  const missing = planned.filter((task) => !rows.has(task.token));
  const extra = shown.filter((row) => !tasks.has(row.token));
  const restated = shown.flatMap((row) => {
    const task = tasks.get(row.token);
    return task === undefined || row.status === null || task.status === row.status ? [] : [{ shown: row, planned: task }];
  });
  return missing.length + extra.length + restated.length === 0 ? null : { missing, extra, restated };
}

/** A drift in one sentence: at most ten of each kind by name. `plan` = how the plan is called. */
export function driftSentence({ missing, extra, restated }: Drift, plan: string): string {
  return [
    counted(missing, `only in ${plan}`, ({ id }) => id),
    counted(extra, "only in this table", ({ id }) => id),
    counted(restated, "with another status", ({ shown, planned }) => `${shown.id} ${shown.status} here, ${planned.status} there`),
  ]
    .filter((part) => part !== "")
    .join("; ");
}

function counted<T>(rows: readonly T[], what: string, tell: (row: T) => string): string {
  if (rows.length === 0) return "";
  const more = rows.length > 10 ? `, and ${rows.length - 10} more` : "";
  return `${rows.length} ${what} (${rows.slice(0, 10).map(tell).join(", ")}${more})`;
}
