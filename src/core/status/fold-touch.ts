import type { TaskEvent } from "./event.ts";
import type { FoldState } from "./fold-state.ts";

/** Remembers the event if it shows that somebody works on the task or spoke of it. What the machine does around it (gates, other tasks) is none. */
export function stepTouch(state: FoldState, event: TaskEvent): void {
  if (!isSignOfWork(state, event)) return;
  const landed = event.kind === "touched" && event.branch === null && event.bare;
  state.touch = { at: event.at, cause: event.cause, landed };
}

function isSignOfWork(state: FoldState, event: TaskEvent): boolean {
  switch (event.kind) {
    case "row":
    case "stated":
    case "reverted":
    case "touched":
    case "block":
    case "unblock":
    case "released":
      return true;
    case "pull":
      return event.names && event.works && event.counts;
    case "branch":
      return event.live;
    case "issue":
    case "issue-act":
      return event.links || state.linked.has(event.number);
    case "link":
      return event.linked;
    case "review":
      return state.pulls.get(event.number)?.names === true && event.verdict !== "dismissed";
    default:
      return false;
  }
}
