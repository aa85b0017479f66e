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

/** What a way is about: where it is shown, a link may stand for its name. A task by its token, in the scope of the one it is told of. */
export type Subject =
  | { readonly kind: "task" | "workflow" | "issue"; readonly name: string }
  | { readonly kind: "labelled"; readonly name: string; readonly on: "issue" | "pull" };

/** Something that would change a status: a clause in three parts around its subject, and the command that makes it so, where one does. */
export type Way = { readonly before: string; readonly subject: Subject | null; readonly after: string; readonly command: string | null };

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

/** A way as plain text. */
export const wayWords = ({ before, subject, after, command }: Way): string =>
  [before, subject?.name ?? "", after].filter((part) => part !== "").join(" ") + (command === null ? "" : `: ${command}`);

/** What would end that a task is blocked: `all` of it together where holds block it, any of it where its row does. */
export const releasesOf = (id: string, state: TaskState): { readonly ways: readonly Way[]; readonly all: boolean } =>
  state.holds.length > 0 ? { ways: releases(id, state), all: true } : { ways: changes(id, state), all: false };

const releases = (id: string, { holds }: TaskState): readonly Way[] => holds.map((hold) => endOf(hold, `/unblock ${id}`));

/** By the hold's key, which names what holds (`fold.ts`). */
function endOf({ key, reason }: Hold, unblocking: string): Way {
  const [, kind = "", name = ""] = /^([a-z]+):(.*)$/s.exec(key) ?? [];
  switch (kind) {
    case "on":
      return { ...about({ kind: "task", name }), after: "is completed, or someone allowed unblocks it", command: unblocking };
    case "depends":
      return { ...about({ kind: "task", name }), after: "is completed" };
    case "waits":
      return { ...about({ kind: "issue", name }), after: "is closed, or the issue that waits for it does so no longer" };
    case "issue":
    case "pull":
      return { ...about({ kind: "labelled", name: `#${name}`, on: kind }), before: "the label is taken off" };
    case "gate": {
      const [, workflow = name, branch = ""] = /^(.*):([^:]*)$/s.exec(name) ?? [];
      return { ...about({ kind: "workflow", name: workflow }), before: "a newer run of", after: `passes on ${branch}` };
    }
    default:
      return key === "command" ? does("someone allowed unblocks it", unblocking) : does(`this ends: ${reason}`);
  }
}

const about = (subject: Subject): Way => ({ before: "", subject, after: "", command: null });
const does = (before: string, command: string | null = null): Way => ({ before, subject: null, after: "", command });

function changes(id: string, { underneath }: TaskState): readonly Way[] {
  const row = does("its row in the plan file says otherwise");
  switch (underneath) {
    case "todo":
      return [does("a branch, a commit or a pull request names it"), does("someone starts it", `/start ${id}`), row];
    case "in-progress":
      return [does("every pull request that claims it is merged"), does("someone completes it", `/done ${id}`), row];
    case "completed":
      return [does("what completed it is reverted"), does("someone reopens it", `/reopen ${id}`), row];
    case "deferred":
      return [does("someone reopens it; until then no pull request completes it", `/reopen ${id}`), row];
    case "blocked":
      return [does("someone sets another status", `/status ${id} in-progress`), row];
    default:
      return unreachable(underneath);
  }
}
