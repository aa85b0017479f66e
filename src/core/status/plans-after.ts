import type { EditedPlan } from "../plan/edited-plan.ts";
import type { Board, Configuration, ConfigurationVersion, Plan, PlanFact, Planned, PlanRow, PlanVersion, Sha } from "../words.ts";
import { absorb } from "./absorb.ts";

/** Plans and configuration as they stand. */
export type StandingPlans = {
  readonly plans: readonly PlanRow[];
  readonly boards: readonly Board[];
  readonly configurations: readonly ConfigurationVersion[];
  readonly address: { readonly defaultBranch: string };
};

/** What a merge brings to plan files and, where it edits a configuration that can be read, to that. */
export type PlanMerge = { readonly commit: Sha; readonly edits: readonly EditedPlan[]; readonly configuration: Configuration | null };

/** The version of the configuration that a merge brings: later than all others, whatever their times. */
export const mergedConfiguration = "configuration#promise";

/**
 * What becomes of plans and configuration when edits are merged, by the very rules by which a version on the default branch is taken in.
 * Plans that nobody edits are not read again: what is stored of them tells enough.
 */
export function plansAfter(now: StandingPlans, { commit, edits, configuration }: PlanMerge): Planned {
  const boards = new Map(now.boards.map((board) => [board.path, board]));
  const edited = new Map(edits.map((edit) => [edit.path, edit]));
  const versions = new Map<string, readonly PlanVersion[]>(
    now.plans.map((row) => [row.path, [standing(row, edited.get(row.path)?.before ?? asPlan(row, boards))]]),
  );
  const fresh: PlanFact[] = [];
  for (const { path, after } of edits) {
    const fact = factOf(path, { id: `plan:${path}#promise`, at: 1, commit });
    fresh.push(fact);
    versions.set(path, [...(versions.get(path) ?? []), { fact, reading: after === null ? null : reading(after) }]);
  }
  const merged = { fact: mergedConfiguration, at: Number.MAX_SAFE_INTEGER, blob: null, problems: [] };
  const configurations = configuration === null ? now.configurations : [...now.configurations, { ...merged, configuration }];
  return absorb({ configurations, defaultBranch: now.address.defaultBranch, stored: now.plans, versions }, fresh);
}

const factOf = (path: string, { id, at, commit }: Pick<PlanFact, "id" | "at" | "commit">): PlanFact => ({
  ...{ kind: "plan", thing: `plan:${path}`, id, at },
  ...{ path, commit, blob: null, readAt: at },
});

const standing = (row: PlanRow, plan: Plan): PlanVersion => ({
  fact: factOf(row.path, { id: row.fact, at: 0, commit: "" }),
  reading: row.role === "removed" ? null : reading(plan),
});

const reading = (plan: Plan) => ({ plan, problems: [], because: "" });

/** A plan file from what is stored of it. One that shows another plan is taken to show all of it. */
function asPlan(row: PlanRow, boards: ReadonlyMap<string, Board>): Plan {
  const { path, format, milestones, risks, roles, cadence, criteria, role, of } = row;
  const tasks = (boards.get(of ?? path)?.tasks ?? []).map(({ state: _, ...task }) => task);
  const own = of === null ? tasks : tasks.map((task) => ({ ...task, scope: path, file: path }));
  return { ...{ path, format, milestones, risks, roles, cadence, criteria }, scope: path, tasks: own, block: role === "snapshot" };
}

/** Rows of plan files as they would be stored after the merge. */
export function rowsAfter(now: readonly PlanRow[], planned: Planned): readonly PlanRow[] {
  const before = new Map(now.map((row) => [row.path, row]));
  const after = new Map(planned.plans.map((row) => [row.path, row]));
  const kept = now.map((row): PlanRow => {
    const then = after.get(row.path);
    // Of a file that nobody edits only what it is may change: it may show another plan.
    if (then === undefined || then.fact !== row.fact) return then ?? row;
    return { ...row, role: then.role, of: then.of };
  });
  return [...kept, ...planned.plans.filter((row) => !before.has(row.path))];
}
