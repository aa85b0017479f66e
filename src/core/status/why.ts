import {
  type Hold,
  type Instant,
  type IssueName,
  isFinished,
  type Status,
  type TaskState,
  type Transition,
  unreachable,
} from "../words.ts";

/** Something that would change a status: what would have to happen, and the command that does it, where one does. */
export type Way = { readonly what: string; readonly command: string | null };

/** Why a task has its status: every change of it in order, what holds it now, and what would change it. */
export type Why = {
  readonly status: Status;
  readonly since: Instant;
  readonly steps: readonly Transition[];
  readonly holds: readonly Hold[];
  /** What merged work still waits for before it counts, as clauses. */
  readonly waits: readonly string[];
  /** What issues of it wait for, so that it is not ready: no reason of a status by itself. */
  readonly waitsForIssues: readonly { readonly issue: number; readonly on: readonly IssueName[] }[];
  readonly ways: readonly Way[];
};

/** The one account of a status, for the reply to `/why`, the command line and the check run. `history` may be empty: then the last cause is all there is. */
export function whyOf(id: string, state: TaskState, history: readonly Transition[]): Why {
  const steps = history.length > 0 ? history : [{ at: state.since, before: null, after: state.status, cause: state.cause }];
  const waiting = isFinished(state.status) ? [] : state.issues.filter(({ waitsFor }) => waitsFor.length > 0);
  const waitsForIssues = waiting.map(({ number, waitsFor }) => ({ issue: number, on: waitsFor }));
  const ways = [...releases(id, state), ...changes(id, state)];
  const { status, since, holds, waits } = state;
  return { status, since, steps, holds, waits, waitsForIssues, ways };
}

/** What stands first between a task and what its work asks for; null where nothing does. */
export const obstacleOf = ({ status, holds, waits }: Why): string | null => (status === "blocked" ? holds[0]?.reason : waits[0]) ?? null;

/** What would end that a task is blocked. */
export const releasesOf = (id: string, state: TaskState): readonly Way[] =>
  state.holds.length > 0 ? releases(id, state) : changes(id, state);

function releases(id: string, { holds }: TaskState): readonly Way[] {
  return holds.map((hold): Way => {
    const [kind = "", ...rest] = hold.key.split(":");
    const what = rest.join(":");
    switch (kind) {
      case "command":
        return { what: "someone allowed unblocks it", command: `/unblock ${id}` };
      case "on":
        return { what: `${what} is completed, or someone allowed unblocks it`, command: `/unblock ${id}` };
      case "depends":
        return { what: `${what} is completed`, command: null };
      case "waits":
        return { what: `${what} is closed, or the issue that waits for it does so no longer`, command: null };
      case "issue":
      case "pull":
        return { what: `the label is taken off #${what}`, command: null };
      case "gate":
        return { what: `a newer run passes: ${hold.reason}`, command: null };
      default:
        return { what: `this ends: ${hold.reason}`, command: null };
    }
  });
}

function changes(id: string, { underneath }: TaskState): readonly Way[] {
  const row: Way = { what: "its row in the plan file says otherwise", command: null };
  switch (underneath) {
    case "todo":
      return [
        { what: "a branch, a commit or a pull request names it", command: null },
        { what: "someone starts it", command: `/start ${id}` },
        row,
      ];
    case "in-progress":
      return [
        { what: "every pull request that claims it is merged", command: null },
        { what: "someone completes it", command: `/done ${id}` },
        row,
      ];
    case "completed":
      return [{ what: "what completed it is reverted", command: null }, { what: "someone reopens it", command: `/reopen ${id}` }, row];
    case "deferred":
      return [{ what: "someone reopens it; until then no pull request completes it", command: `/reopen ${id}` }, row];
    case "blocked":
      return [{ what: "someone sets another status", command: `/status ${id} in-progress` }, row];
    default:
      return unreachable(underneath);
  }
}
