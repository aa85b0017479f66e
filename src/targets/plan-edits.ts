import { comparePlans } from "../core/plan/compare.ts";
import { readPlan } from "../core/plan/read-plan.ts";
import type { PlanEdit } from "../core/render/views.ts";
import type { EditedPlan } from "../core/status/plans-after.ts";
import type { PlanReading, PlanRow, PullContentFact, Sha } from "../core/words.ts";
import type { RepositoryState } from "../ports.ts";
import type { Target } from "./target.ts";

/** An edit of one plan file as it is told, and what it makes of the plan; null where that cannot be read, so that the plan stays as it is. */
export type Edit = PlanEdit & { readonly edited: EditedPlan | null };

/** What the pull request does to plan files, against their newest readable versions on the default branch; new plans are all added. */
export async function planEdits(target: Target, state: RepositoryState, content: PullContentFact | null): Promise<readonly Edit[]> {
  if (content === null || content.texts.length === 0) return [];
  const rows = new Map(state.plans.map((plan) => [plan.path, plan]));
  const known = content.texts.flatMap(({ path }) => rows.get(path) ?? []);
  const standing = await standingBlobs(target, known);
  const texts = await target.store.texts([...content.texts.flatMap(({ blob }) => blob ?? []), ...standing.values()]);
  const read = (path: string, blob: Sha | null | undefined, named: boolean): PlanReading | null =>
    blob == null ? null : readPlan({ path, text: texts.get(blob) ?? "", named });
  return content.texts.flatMap(({ path, blob }): readonly Edit[] => {
    const row = rows.get(path);
    const after = read(path, blob, row !== undefined);
    if (row === undefined && after?.plan == null) return [];
    const before = read(path, standing.get(path), true)?.plan ?? null;
    const edited = after !== null && after.plan === null ? null : { path, before, after: after?.plan ?? null };
    return [{ ...editOf(path, edited), problems: after?.problems ?? [], edited }];
  });
}

/** The blobs of the versions that stand now, by path. */
async function standingBlobs(target: Target, rows: readonly PlanRow[]): Promise<ReadonlyMap<string, Sha>> {
  const facts = await target.store.factsAbout(
    target.at.repository,
    rows.map((row) => `plan:${row.path}`),
  );
  const standing = new Set(rows.map((row) => row.fact));
  return new Map(
    facts.flatMap((fact) => (fact.kind === "plan" && fact.blob !== null && standing.has(fact.id) ? [[fact.path, fact.blob] as const] : [])),
  );
}

function editOf(path: string, edited: EditedPlan | null): PlanEdit {
  const before = edited?.before ?? null;
  const after = edited?.after ?? null;
  if (after === null) {
    const removed = (before?.tasks ?? []).map((task) => task.id);
    return { path, added: [], removed, restated: [], changed: [], problems: [] };
  }
  const change = comparePlans(before, after);
  return {
    path,
    added: change.added.map((task) => task.id),
    removed: change.removed.map((task) => task.id),
    restated: change.restated.flatMap((row) =>
      row.before === null ? [] : [{ id: row.after.id, before: row.before.status, after: row.after.status }],
    ),
    changed: change.changed.map((row) => row.after.id),
    problems: [],
  };
}
