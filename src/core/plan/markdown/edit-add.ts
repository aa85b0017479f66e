import type { Change, Splice, Unwritten } from "../change.ts";
import type { DraftTask } from "../draft.ts";
import type { Section } from "../row.ts";
import { addItem } from "./add-item.ts";
import { addProse } from "./add-prose.ts";
import { addRow } from "./add-row.ts";
import type { Added } from "./added-task.ts";
import type { Home, WrittenPlan } from "./written-plan.ts";

type Add = Extract<Change, { kind: "add" }>;

/** A new task below another, written as that one is; without another, below the last that it fits to. */
export function addTask(
  change: Add,
  after: DraftTask | null,
  plan: WrittenPlan,
): { readonly splices: readonly Splice[]; readonly unwritten: readonly Unwritten[] } | { readonly because: string } {
  const like = after ?? neighbour(change, plan);
  const added = like === null ? addFirst(change, plan) : addBelow(change, like, plan);
  if (added === null) return { because: "no task of the file shows how one is written" };
  const at = added.splice.from;
  const unwritten = added.left.map((field) => ({ change, field, because: "the file has no place for it", at }));
  return { splices: [added.splice], unwritten };
}

function addBelow({ task }: Add, like: DraftTask, plan: WrittenPlan): Added | null {
  const home = plan.homeOf(like);
  switch (home?.kind) {
    case "row":
      return addRow(task, { table: home.table, after: home.row }, plan);
    case "item":
      return addItem(task, like, home, plan);
    case "line":
      return addProse(task, like, home, plan);
    default:
      return null;
  }
}

function addFirst({ task }: Add, plan: WrittenPlan): Added | null {
  for (const block of plan.blocks) {
    const added = block.kind === "table" ? addRow(task, { table: block, after: null }, plan) : null;
    if (added !== null) return added;
  }
  return null;
}

/** The last task that stands where the new one belongs: in its phase, and on a board under its status. */
function neighbour({ task }: Add, { tasks, homeOf }: WrittenPlan): DraftTask | null {
  const status = task.status ?? "todo";
  const fits = tasks.filter((one) => {
    const said = sectionOf(homeOf(one));
    return said !== null && (said.status === null || said.status.status === status);
  });
  const inPhase = fits.findLast((one) => (task.phase ?? null) !== null && one.phase === task.phase);
  return inPhase ?? fits.at(-1) ?? tasks.at(-1) ?? null;
}

function sectionOf(home: Home | null): Section | null {
  if (home === null) return null;
  return home.kind === "row" ? home.table.section : home.kind === "item" ? home.list.section : home.line.section;
}
