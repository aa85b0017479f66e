import type { Fact, Sha } from "../words.ts";
import { linkTo, ranks, type TaskEvent } from "./event.ts";
import { isLanded } from "./fold-state.ts";

/** Events by the key of their task. */
type Told = readonly (readonly [string, TaskEvent])[];

/**
 * Deployments as events of the tasks whose work they brought: the deployed commit is the merge of a pull request that claims the task, a
 * commit on a completion branch that names it, or the head of the push that brought such a commit.
 */
export function releaseEvents(facts: readonly Fact[], told: Told): Told {
  const deployments = facts.filter((fact) => fact.kind === "deployment");
  if (deployments.length === 0) return [];
  const tasks = tasksBySha(facts, told);
  return deployments.flatMap((fact) =>
    [...(tasks.get(fact.sha) ?? [])].map((task): readonly [string, TaskEvent] => [
      task,
      {
        kind: "released",
        environment: fact.environment,
        at: fact.at,
        rank: ranks.released,
        id: fact.id,
        cause: { fact: fact.id, rule: "deployed", actor: null, link: linkTo(fact), words: fact.environment },
      },
    ]),
  );
}

function tasksBySha(facts: readonly Fact[], told: Told): ReadonlyMap<Sha, ReadonlySet<string>> {
  const commits = new Map(facts.flatMap((fact) => (fact.kind === "commit" ? [[fact.id, [fact.sha, fact.pushHead]] as const] : [])));
  const tasks = new Map<Sha, Set<string>>();
  for (const [task, event] of told) for (const sha of landings(event, commits)) tasks.set(sha, (tasks.get(sha) ?? new Set()).add(task));
  return tasks;
}

/** The commits with which a completion branch got the work that an event tells of. */
function landings(event: TaskEvent, commits: ReadonlyMap<string, readonly Sha[]>): readonly Sha[] {
  if (event.kind === "touched" && event.branch === null) return commits.get(event.cause.fact) ?? [];
  if (event.kind !== "pull" || event.mergeSha === null || !isLanded(event)) return [];
  // What a stranger writes into a pull request after it was merged is no word of whoever merged it.
  return event.strange && event.at > (event.mergedAt ?? event.at) ? [] : [event.mergeSha];
}
