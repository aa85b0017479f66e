import type { TaskEvent } from "./event.ts";
import { setHold, setLabel } from "./fold-holds.ts";
import type { FoldState } from "./fold-state.ts";
import { say } from "./fold-works.ts";

type Told = Extract<TaskEvent, { kind: "issue" | "issue-act" | "link" }>;

/** An issue, what was done to it, or a command that links it. Its labels speak for the task while it is linked, its closing if it is then. */
export function stepIssue(state: FoldState, event: Told): void {
  const { number } = event;
  if (event.kind === "issue-act") {
    if (!event.links && !state.linked.has(number)) return;
    say(state, { status: event.status, at: event.at, cause: event.cause, person: false });
    state.evidence = true;
    return;
  }
  if (event.kind === "issue") state.issues.set(number, event);
  else if (event.linked) state.linked.add(number);
  else state.linked.delete(number);
  settleLabels(state, number, event);
}

function settleLabels(state: FoldState, number: number, event: Told): void {
  const issue = state.issues.get(number);
  if (issue === undefined) return;
  const linked = issue.links || state.linked.has(number);
  const label = linked ? issue.label : null;
  const blocked = linked ? issue.blocked : null;
  state.evidence ||= label !== null || blocked !== null;
  setLabel(state, `issue:${number}`, label, event);
  setHold(state, `issue:${number}`, blocked === null ? null : `label "${blocked}" on #${number}`, event);
}
