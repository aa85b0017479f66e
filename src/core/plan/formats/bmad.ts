import { editAsRead } from "../yaml/edit-as-read.ts";
import { editBmad } from "../yaml/edit-bmad.ts";
import { readBmad } from "../yaml/read-bmad.ts";
import type { Format } from "./format.ts";

/** BMAD's `sprint-status.yaml`: epics, stories and retrospectives as keys of `development_status`, in the order of work. */
export const bmad: Format = {
  summary: "a YAML file with `development_status:`, as BMAD keeps it",
  read: (source) => {
    const plan = readBmad(source);
    return plan === null || "refusal" in plan ? plan : { draft: plan.draft, because: "a BMAD sprint status" };
  },
  edit: (source, changes) => editAsRead(source, changes, { read: readBmad, write: editBmad }),
};
