import { type Change, type FormatEdit, unwritable } from "../change.ts";
import { editBmad } from "../yaml/edit-bmad.ts";
import { writeAndReadAgain } from "../yaml/read-again.ts";
import { readBmad } from "../yaml/read-bmad.ts";
import type { Format, Source } from "./format.ts";

/** BMAD's `sprint-status.yaml`: epics, stories and retrospectives as keys of `development_status`, in the order of work. */
export const bmad: Format = {
  summary: "a YAML file with `development_status:`, as BMAD keeps it",
  read: (source) => {
    const plan = readBmad(source);
    return plan === null || "refusal" in plan ? plan : { draft: plan.draft, because: "a BMAD sprint status" };
  },
  edit,
};

function edit(source: Source, changes: readonly Change[]): FormatEdit | null {
  const plan = readBmad({ ...source, report: () => {} });
  if (plan === null) return null;
  if ("refusal" in plan)
    return { splices: [], unwritten: changes.map((change) => unwritable(change, plan.refusal.because, plan.refusal.at)) };
  if (changes.length === 0) return { splices: [], unwritten: [] };
  return writeAndReadAgain(source, changes, {
    before: plan.draft.tasks,
    write: (some) => editBmad(plan, some, source),
    read: (other) => {
      const again = readBmad(other);
      return again === null || "refusal" in again ? null : again.draft.tasks;
    },
  });
}
