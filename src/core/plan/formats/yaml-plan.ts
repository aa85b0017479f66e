import { type Change, type FormatEdit, unwritable } from "../change.ts";
import { editYamlPlan } from "../yaml/edit-yaml-plan.ts";
import { writeAndReadAgain } from "../yaml/read-again.ts";
import { readYamlPlan } from "../yaml/read-yaml-plan.ts";
import type { Format, Source } from "./format.ts";

/** Plans kept as YAML: roadmaps, lists of tasks and epics, plans whose tasks list steps for a runner, and the strict form. */
export const yamlPlan: Format = {
  summary: "a YAML file with tasks, in lists or under their ids, also below phases and epics",
  read: (source) => {
    const plan = readYamlPlan(source);
    return plan === null || "refusal" in plan ? plan : { draft: plan.draft, because: plan.because };
  },
  edit,
};

function edit(source: Source, changes: readonly Change[]): FormatEdit | null {
  const plan = readYamlPlan({ ...source, report: () => {} });
  if (plan === null) return null;
  if ("refusal" in plan)
    return { splices: [], unwritten: changes.map((change) => unwritable(change, plan.refusal.because, plan.refusal.at)) };
  if (changes.length === 0) return { splices: [], unwritten: [] };
  return writeAndReadAgain(source, changes, {
    before: plan.draft.tasks,
    write: (some) => editYamlPlan(plan, some, source),
    read: (other) => {
      const again = readYamlPlan(other);
      return again === null || "refusal" in again ? null : again.draft.tasks;
    },
  });
}
