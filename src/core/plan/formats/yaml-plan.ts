import { editAsRead } from "../yaml/edit-as-read.ts";
import { editYamlPlan } from "../yaml/edit-yaml-plan.ts";
import { readYamlPlan } from "../yaml/read-yaml-plan.ts";
import type { Format } from "./format.ts";

/** Plans kept as YAML: roadmaps, lists of tasks and epics, plans whose tasks list steps for a runner, and the strict form. */
export const yamlPlan: Format = {
  summary: "a YAML file with tasks, in lists or under their ids, also below phases and epics",
  read: (source) => {
    const plan = readYamlPlan(source);
    return plan === null || "refusal" in plan ? plan : { draft: plan.draft, because: plan.because };
  },
  edit: (source, changes) => editAsRead(source, changes, { read: readYamlPlan, write: editYamlPlan }),
};
