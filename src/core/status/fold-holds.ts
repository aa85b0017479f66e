import { isFinished, type Status } from "../words.ts";
import type { TaskEvent } from "./event.ts";
import { type FoldState, underneath } from "./fold-state.ts";

/** Begins, renames or ends a hold. One that goes on keeps its beginning, and with it whether it covers. */
export function setHold(state: FoldState, key: string, reason: string | null, event: TaskEvent): void {
  const before = state.holds.get(key);
  if (reason === null) {
    state.holds.delete(key);
    return;
  }
  const covers = before?.covers ?? !isFinished(underneath(state));
  state.holds.set(key, { key, reason, since: before?.since ?? event.at, cause: before?.cause ?? event.cause, covers });
}

/** Begins, changes or ends the status that labels on one issue or pull request state. One that goes on keeps its beginning. */
export function setLabel(state: FoldState, key: string, status: Status | null, event: TaskEvent): void {
  if (status === null) {
    state.labelled.delete(key);
    return;
  }
  if (state.labelled.get(key)?.status !== status) state.labelled.set(key, { status, at: event.at, cause: event.cause, person: false });
}
