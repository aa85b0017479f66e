import { undoingOf, undoingOfPull } from "../evidence/subject.ts";
import type { Fact, PullFact } from "../words.ts";
import { workOfCommit } from "./commit-events.ts";
import { linkTo, ranks, type TaskEvent, type Work } from "./event.ts";
import { workOfPull } from "./pull-events.ts";

/** Events by the key of their task. */
type Told = readonly (readonly [string, TaskEvent])[];

type Asked = {
  readonly facts: readonly Fact[];
  readonly pulls: readonly PullFact[];
  /** Whether a fact is about a completion branch, as configured at its time. */
  readonly completes: (branch: string, fact: Fact) => boolean;
};

/** A commit or merged pull request on a completion branch that takes work back. */
type Revert = { readonly event: TaskEvent & { readonly kind: "reverted" } };

/**
 * Reverts as events of the tasks whose work they take back, though their words may not name them: a revert of a merge quotes the merge, and
 * one of a revert may name that alone. `told` = all that bears on tasks by its words.
 */
export function revertEvents(asked: Asked, told: Told): Told {
  const merged = new Set<number>();
  const reverts = asked.facts.flatMap((fact) => {
    if (fact.kind !== "pull") return revertIn(fact, asked);
    // Its author may edit it for ever, but whoever merged it took the words that it had then.
    if (fact.state !== "merged" || merged.has(fact.number)) return [];
    merged.add(fact.number);
    return revertIn(fact, asked);
  });
  const tasks = tasksByKey(told);
  const found = new Map<string, readonly [string, TaskEvent]>();
  // A revert is work itself, which another takes back, and deliveries come in any order: until nothing is found any more.
  for (let before = -1; before < found.size; ) {
    before = found.size;
    for (const { event } of reverts)
      for (const task of new Set(event.targets.flatMap((key) => [...(tasks.get(key) ?? [])]))) {
        found.set(`${task} ${event.id}`, [task, event]);
        note(tasks, task, event.work);
      }
  }
  return [...found.values()];
}

/** What a text takes back, by the keys of works that we know; none where we know nothing of what it names. */
export function targetsOf(
  undoing: { readonly shas: readonly string[]; readonly pulls: readonly number[] } | null,
  { facts, pulls }: Pick<Asked, "facts" | "pulls">,
): readonly string[] {
  if (undoing === null) return [];
  const commits = facts.flatMap((fact) => (fact.kind === "commit" && undoing.shas.includes(fact.sha) ? [fact] : []));
  const merged = pulls.filter(
    (pull) => undoing.pulls.includes(pull.number) || (pull.mergeSha !== null && undoing.shas.includes(pull.mergeSha)),
  );
  const keys = [...commits.flatMap((commit) => workOfCommit(commit, pulls).keys), ...merged.flatMap((pull) => workOfPull(pull).keys)];
  return [...new Set(keys)].sort();
}

function revertIn(fact: Fact, asked: Asked): readonly Revert[] {
  if (fact.kind === "commit") {
    const undoing = asked.completes(fact.branch, fact) ? undoingOf(fact.message) : null;
    if (undoing === null) return [];
    const words = fact.message.trimStart().split(/[\r\n]/, 1)[0] ?? "";
    return [reverted(fact, { ...undoing, work: workOfCommit(fact, asked.pulls), rank: ranks.commit, actor: fact.author, words }, asked)];
  }
  if (fact.kind !== "pull" || fact.state !== "merged" || !asked.completes(fact.base, fact)) return [];
  const undoing = undoingOfPull(fact);
  if (undoing === null) return [];
  const actor = fact.actor ?? fact.author.login;
  return [reverted(fact, { ...undoing, work: workOfPull(fact), rank: ranks.merged, actor, words: fact.title }, asked)];
}

type Undone = {
  readonly shas: readonly string[];
  readonly pulls: readonly number[];
  readonly again: boolean;
  readonly work: Work;
  readonly rank: number;
  readonly actor: string | null;
  readonly words: string;
};

function reverted(fact: Fact, { work, rank, actor, words, again, ...undoing }: Undone, asked: Asked): Revert {
  const cause = { fact: fact.id, rule: again ? "reapply" : "revert", actor, link: linkTo(fact), words };
  const body = { kind: "reverted", work, targets: targetsOf(undoing, asked), quoted: false, again } as const;
  return { event: { ...body, at: fact.at, rank, id: `${fact.id}:reverted`, cause } };
}

/** Tasks by the keys of the works that bear on them. */
function tasksByKey(told: Told): Map<string, Set<string>> {
  const tasks = new Map<string, Set<string>>();
  for (const [task, event] of told) {
    if (event.kind === "touched" && event.branch !== null) continue;
    if (event.kind === "pull" && (event.state !== "merged" || !event.names)) continue;
    if ("work" in event && event.work !== undefined) note(tasks, task, event.work);
  }
  return tasks;
}

function note(tasks: Map<string, Set<string>>, task: string, work: Work): void {
  for (const key of work.keys) tasks.set(key, (tasks.get(key) ?? new Set()).add(task));
}
