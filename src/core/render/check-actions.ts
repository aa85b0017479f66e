import type { CheckAction } from "../words.ts";
import type { CheckView } from "./views.ts";

const rereads: CheckAction = { label: "Re-read plan", description: "Reads the plan and runs the check again", identifier: "re-read" };
const ignores: CheckAction = { label: "Ignore for this PR", description: "Makes it neutral; re-run it to undo", identifier: "ignore" };

/** The buttons under a check: what is ignored already, or belongs to no open pull request, can only be evaluated again. */
export const checkActions = ({ kind, pulls }: CheckView): readonly CheckAction[] =>
  kind === "pulls" && pulls.some(({ ignoredBy }) => ignoredBy === null) ? [rereads, ignores] : [rereads];
