import type { EditedPlan } from "../core/plan/edited-plan.ts";
import { matchesGlob } from "../core/plan/glob.ts";
import { mergePlans } from "../core/plan/merge-plans.ts";
import { readPlan } from "../core/plan/read-plan.ts";
import type { PlanEdit } from "../core/render/views.ts";
import type { Configuration, PlanReading, PlanRow, Problem, PullContentFact, Sha } from "../core/words.ts";
import type { RepositoryState } from "../ports.ts";
import type { Target } from "./target.ts";

/** An edit of one plan file; `edited` null where its version cannot be read, so that the plan stays as it is. */
export type Edit = Pick<PlanEdit, "path" | "problems" | "old"> & { readonly edited: EditedPlan | null };

/** What the pull request does to plan files, against their newest readable versions on the default branch; new plans are all added. */
export async function planEdits(target: Target, state: RepositoryState, content: PullContentFact | null): Promise<readonly Edit[]> {
  if (content === null || content.texts.length === 0) return [];
  const rows = new Map(state.plans.map((plan) => [plan.path, plan]));
  const known = content.texts.flatMap(({ path }) => rows.get(path) ?? []);
  const standing = await standingBlobs(target, known);
  const texts = await target.store.texts([
    ...content.texts.flatMap(({ blob, origin }) => [blob ?? [], origin ?? []].flat()),
    ...standing.values(),
  ]);
  const read = (path: string, blob: Sha | null | undefined, named: boolean): PlanReading | null =>
    blob == null ? null : readPlan({ path, text: texts.get(blob) ?? "", named });
  return content.texts.flatMap(({ path, blob, origin }): readonly Edit[] => {
    const row = rows.get(path);
    const then = read(path, blob, row !== undefined || isNamed(path, state.configuration));
    if (row === undefined && then?.plan == null) return [];
    const now = read(path, standing.get(path), true);
    const parted = origin === standing.get(path) ? now : read(path, origin, true);
    return [{ path, edited: editOf(path, { parted, now, then }), ...problemsOf(now, then) }];
  });
}

/** What the base got since the branch set out stays. */
function editOf(
  path: string,
  { parted, now, then }: { readonly parted: PlanReading | null; readonly now: PlanReading | null; readonly then: PlanReading | null },
): EditedPlan | null {
  const before = now?.plan ?? null;
  if (then === null) return { path, before, after: null };
  if (then.plan === null) return null;
  return { path, before, after: before === null ? then.plan : mergePlans(parted?.plan ?? before, before, then.plan) };
}

const isNamed = (path: string, { plans }: Configuration): boolean =>
  plans.some((plan) => plan.snapshot === path || matchesGlob(plan.path, path));

/** A problem is the same wherever it has moved to in the file. */
function problemsOf(now: PlanReading | null, then: PlanReading | null): Pick<Edit, "problems" | "old"> {
  const name = ({ code, message }: Problem): string => `${code} ${message.replace(/\bline \d+/g, "line")}`;
  const had = new Set(now?.problems.map(name) ?? []);
  const problems = then?.problems ?? [];
  return { problems, old: problems.filter((problem) => had.has(name(problem))) };
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
