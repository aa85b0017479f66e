import { type Plan, type PlannedTask, type Scope, sameJson, type Token } from "../words.ts";

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
  const old = byKey(before?.tasks ?? []);
  const kept = byKey(after.tasks);
  const pairs = after.tasks.map((task) => ({ before: old.get(rowKey(task)) ?? null, after: task }));
  return {
    added: pairs.filter((pair) => pair.before === null).map((pair) => pair.after),
    removed: [...old.values()].filter((task) => !kept.has(rowKey(task))),
    restated: pairs.filter((pair) => pair.before?.status !== pair.after.status),
    changed: pairs.flatMap((pair) =>
      pair.before !== null && differs(pair.before, pair.after) ? [{ before: pair.before, after: pair.after }] : [],
    ),
  };
}

/** One string for a row's scope and token. A token holds no space. */
export const rowKey = ({ scope, token }: { readonly scope: Scope; readonly token: Token }): string => `${token} ${scope}`;

export const byKey = (tasks: readonly PlannedTask[]): ReadonlyMap<string, PlannedTask> =>
  new Map(tasks.map((task) => [rowKey(task), task]));

const place = new Set(["line", "file"]);
const status = new Set(["status", "writtenStatus", "token", ...place]);

const differs = (before: PlannedTask, after: PlannedTask): boolean => before !== after && !saysSame(before, after, status);

/** Whether two rows say the same of their task, wherever they stand. */
export const sameDeclaration = (a: PlannedTask, b: PlannedTask): boolean => a === b || saysSame(a, b, place);

function saysSame(a: PlannedTask, b: PlannedTask, except: ReadonlySet<string>): boolean {
  const others = new Map<string, unknown>(Object.entries(b));
  const same = ([field, value]: readonly [string, unknown]): boolean =>
    except.has(field) || field === "steps" || sameJson(value, others.get(field));
  return sameSteps(a.steps, b.steps) && Object.entries(a).every(same);
}

const sameSteps = (a: PlannedTask["steps"], b: PlannedTask["steps"]): boolean =>
  (a.length === 0 && b.length === 0) || sameJson(a.map(withoutLine), b.map(withoutLine));

const withoutLine = ({ line: _, ...step }: PlannedTask["steps"][number]) => step;
