import type { Field } from "../columns.ts";
import type { Refusal } from "../formats/format.ts";
import { isNone } from "../none.ts";
import { readStatusCell } from "../status-spelling.ts";
import { type Candidate, hasId, isRunnerPlan } from "./read-tasks.ts";

/**
 * Why these entries make no plan; null where they do. A file that somebody names must only have ids; one that nobody names must look like
 * work, since pipelines, playbooks and flows have lists called `tasks` too, with ids, titles or dependencies, but not with statuses.
 */
export function doubtAbout(
  candidates: readonly Candidate[],
  { named, at }: { readonly named: boolean; readonly at: number },
): Refusal | null {
  const withIds = candidates.filter(({ cells }) => hasId(cells));
  const titled = candidates.filter(({ cells }) => says(cells, "title") || says(cells, "detail"));
  if (candidates.length === 0) return refusal("not-a-plan", at, "no list in it holds tasks");
  if (withIds.length === 0) {
    const meant = titled.length * 2 >= candidates.length && stated(candidates) > 0 && knowsMost(candidates);
    return { ...refusal(titled.length > 0 ? "no-id-column" : "not-a-plan", at, "its tasks have no ids"), meant };
  }
  if (named || isRunnerPlan(candidates)) return null;
  if (titled.length * 2 < candidates.length) return refusal("not-a-plan", at, "most of its entries have no title");
  if (stated(candidates) === 0 && !withIds.every(isWork))
    return refusal("not-a-plan", at, "its entries say nothing of work: no status, no owner");
  return knowsMost(candidates) ? null : refusal("not-a-plan", at, "most of what it calls a status is none");
}

const refusal = (code: Refusal["code"], at: number, because: string): Refusal => ({ code, at, because, meant: false });

type Cells = Candidate["cells"];
const says = ({ cells }: Cells, field: Field): boolean => !isNone(cells.get(field) ?? "");

const stated = (candidates: readonly Candidate[]): number => candidates.filter(({ cells }) => says(cells, "status")).length;

function knowsMost(candidates: readonly Candidate[]): boolean {
  const known = candidates.filter(({ cells }) => says(cells, "status") && readStatusCell(cells.cells.get("status") ?? "").reading !== null);
  return known.length * 2 >= stated(candidates);
}

/** A task without a status still shows who does it, when, how urgent or how long it is. */
const isWork = ({ cells }: Candidate): boolean =>
  says(cells, "title") && (["owner", "priority", "hours", "days", "due", "milestone"] as const).some((field) => says(cells, field));
