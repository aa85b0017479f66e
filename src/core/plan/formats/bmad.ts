import { unwritable } from "../change.ts";
import { readBmad } from "../yaml/read-bmad.ts";
import type { Format } from "./format.ts";

/** BMAD's `sprint-status.yaml`: epics, stories and retrospectives as keys of `development_status`, in the order of work. */
export const bmad: Format = {
  summary: "a YAML file with `development_status:`, as BMAD keeps it",
  read: (source) => {
    const plan = readBmad(source);
    if (plan === null || "refusal" in plan) return plan;
    return { draft: plan.draft, because: "a BMAD sprint status" };
  },
  edit: (source, changes) => {
    const plan = readBmad({ ...source, report: () => {} });
    if (plan === null) return null;
    return { splices: [], unwritten: changes.map((change) => unwritable(change, "this format is not edited")) };
  },
};
