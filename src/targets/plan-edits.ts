import { comparePlans } from "../core/plan/compare.ts";
import { readPlan } from "../core/plan/read-plan.ts";
import type { PlanEdit } from "../core/render/views.ts";
import type { Plan, PlanReading, PlanRow, Problem, PullContentFact, RowStatement, Sha } from "../core/words.ts";
import type { RepositoryState } from "../ports.ts";
import type { Target } from "./target.ts";

/** An edit of one plan file, and what its rows will state once it is merged. */
export type Edit = PlanEdit & { readonly rows: readonly RowStatement[] };

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
    return [
      editOf({
        path,
        before,
        after: after?.plan ?? null,
        problems: after?.problems ?? [],
        snapshot: row?.role === "snapshot",
        pull: content,
      }),
    ];
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

function editOf(edit: {
  readonly path: string;
  readonly before: Plan | null;
  readonly after: Plan | null;
  readonly problems: readonly Problem[];
  readonly snapshot: boolean;
  readonly pull: PullContentFact;
}): Edit {
  const { path, before, after, problems } = edit;
  if (after === null) {
    const removed = problems.length > 0 ? [] : (before?.tasks ?? []).map((task) => task.id);
    return { path, added: [], removed, restated: [], changed: [], problems, rows: [] };
  }
  const change = comparePlans(before, after);
  const restated = change.restated.filter((row) => row.before !== null);
  const rows = restated.map(({ after: task }) => ({
    fact: `${edit.pull.id}:${path}`,
    scope: task.scope,
    token: task.token,
    at: 0,
    commit: edit.pull.headSha,
    status: task.status,
    written: task.writtenStatus,
    line: task.line,
  }));
  return {
    path,
    added: change.added.map((task) => task.id),
    removed: change.removed.map((task) => task.id),
    restated: restated.flatMap((row) =>
      row.before === null ? [] : [{ id: row.after.id, before: row.before.status, after: row.after.status }],
    ),
    changed: change.changed.map((row) => row.after.id),
    problems,
    rows: edit.snapshot ? [] : rows,
  };
}
