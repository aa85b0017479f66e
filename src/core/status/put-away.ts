import type { Instant } from "../words.ts";
import type { TaskEvent } from "./event.ts";
import { type FoldState, isLanded } from "./fold-state.ts";
import { isAnyLost, spoken } from "./fold-works.ts";

/** What an event is about, where a fold remembers it by name and may forget it; null for all else. */
export function subjectOf(event: TaskEvent): string | null {
  if (event.kind === "pull" || event.kind === "review") return `pull:${event.number}`;
  const branch = event.kind === "branch" ? event.name : event.kind === "touched" ? event.branch : null;
  return branch === null ? null : `branch:${branch}`;
}

/** Of everything that a state remembers by such a name. */
export const subjectsIn = ({ pulls, branches }: FoldState): readonly string[] => [
  ...[...pulls.keys()].map((number) => `pull:${number}`),
  ...[...branches.keys()].map((name) => `branch:${name}`),
];

/** Whether an event tells that work was taken back, or came again: of a task where that happens nothing is put away. */
export const isLoss = (event: TaskEvent): boolean => event.kind === "reverted" || event.kind === "vanished";

/**
 * Forgets pull requests that came to their end before the last word, and branches that rest since before it, but for the newest (`branches`),
 * so that what is kept of a fold follows what is going on and not what ever was. It makes no difference as long as no work is ever lost and
 * none of them is spoken of again (`isOver`): whoever goes on from such a fold has to look out for both.
 */
export function putAway(
  state: FoldState,
  { requires, branches }: { readonly requires: readonly string[]; readonly branches: number },
  isOver: (subject: string) => boolean,
): void {
  const now = spoken(state);
  if (now === null || isAnyLost(state)) return;
  // While nothing is lost, of all that was said only the last counts.
  state.statements.splice(0, state.statements.length, now);
  for (const name of restingBranches(state, now.at, isOver).slice(branches)) state.branches.delete(name);
  for (const pull of state.pulls.values()) {
    const ended = pull.mergedAt ?? pull.openedAt;
    if (pull.state === "open" || pull.state === "draft" || !isOver(`pull:${pull.number}`)) continue;
    if (pull.state === "merged" && ended >= now.at) continue;
    // People are told of a merge where it completes nothing, and of one that lacks what the repository requires.
    if (pull.state === "merged" && pull.names && pull.claims && !isLanded(pull)) continue;
    if (isLanded(pull)) {
      if (requires.some((workflow) => !state.passed.has(`${workflow}:${pull.mergeSha}`))) continue;
      state.landedBefore += 1;
    }
    state.settled.delete(`${pull.number}:${ended}`);
    for (const [key, verdict] of state.verdicts) if (verdict.number === pull.number) state.verdicts.delete(key);
    state.pulls.delete(pull.number);
  }
}

/**
 * The branches that moved before the last word, the newest first: whether they live or not, they lift nothing. One whose commits name other
 * tasks than it does is told of while it lives.
 */
function restingBranches(state: FoldState, said: Instant, isOver: (subject: string) => boolean): readonly string[] {
  const moved = new Map([...state.branches].map(([name, { touched }]) => [name, touched ?? 0]));
  for (const { branch, at } of state.touches.values()) if (branch !== null) moved.set(branch, Math.max(moved.get(branch) ?? 0, at));
  const resting = [...moved].filter(([name, at]) => at <= said && !state.strays.has(name) && isOver(`branch:${name}`));
  return resting.sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1)).map(([name]) => name);
}
