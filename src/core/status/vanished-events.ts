import type { CommitFact, Fact, Sha, VanishedFact } from "../words.ts";
import { linkTo, placeOf, ranks, type TaskEvent } from "./event.ts";

/** Events by the key of their task. */
type Told = readonly (readonly [string, TaskEvent])[];

/**
 * Commits that pushes took off their branches, or brought again, as events of the tasks whose work they are. `told` = all that bears on tasks
 * by what they say; `facts` in order of time.
 */
export function vanishedEvents(facts: readonly Fact[], told: Told): Told {
  const vanished = facts.filter((fact) => fact.kind === "vanished");
  if (vanished.length === 0) return [];
  const tasks = tasksByPlace(told);
  const gone = vanished.flatMap((fact) => goneEvents(fact, tasks));
  const places = new Set(gone.flatMap(([, event]) => (event.kind === "vanished" ? [event.place] : [])));
  return [...gone, ...returnEvents(facts, places, tasks)];
}

type Tasks = Map<string, Set<string>>;

function goneEvents(fact: VanishedFact, tasks: Tasks): Told {
  return fact.commits.flatMap(({ sha, as }) => {
    const place = placeOf(fact.branch, sha);
    const next = as === null ? null : placeOf(fact.branch, as);
    const own = tasks.get(place) ?? new Set();
    // What lives on in another commit can vanish with that one.
    if (next !== null && own.size > 0) tasks.set(next, new Set([...(tasks.get(next) ?? []), ...own]));
    const cause = { fact: fact.id, rule: "commit-vanished", actor: fact.actor, link: linkTo(fact), words: shown(sha, fact.branch) };
    const event = {
      kind: "vanished",
      place,
      as: next,
      back: false,
      at: fact.at,
      rank: ranks.vanished,
      id: `${fact.id}:${sha}`,
      cause,
    } as const;
    return [...own].map((task) => [task, event] as const);
  });
}

/** A push whose commits lay on the branch before, and had vanished from it, brings them again. */
function returnEvents(facts: readonly Fact[], places: ReadonlySet<string>, tasks: Tasks): Told {
  const arrivals = new Map<string, CommitFact[]>();
  for (const fact of facts) {
    if (fact.kind !== "commit" || !places.has(placeOf(fact.branch, fact.sha))) continue;
    const push = placeOf(fact.branch, fact.pushHead);
    arrivals.set(push, [...(arrivals.get(push) ?? []), fact]);
  }
  return facts.flatMap((fact): Told => {
    if (fact.kind !== "push") return [];
    return (arrivals.get(placeOf(fact.branch, fact.after)) ?? []).flatMap(({ sha, branch }) => {
      const place = placeOf(branch, sha);
      const cause = { fact: fact.id, rule: "commit-returned", actor: fact.actor, link: linkTo(fact), words: shown(sha, branch) };
      const event = {
        kind: "vanished",
        place,
        as: null,
        back: true,
        at: fact.at,
        rank: ranks.returned,
        id: `${fact.id}:${sha}`,
        cause,
      } as const;
      return [...(tasks.get(place) ?? [])].map((task) => [task, event] as const);
    });
  });
}

const shown = (sha: Sha, branch: string): string => `${sha.slice(0, 7)} ${branch}`;

function tasksByPlace(told: Told): Tasks {
  const tasks: Tasks = new Map();
  for (const [task, event] of told) {
    if (event.kind === "pull" && !event.names) continue;
    const place = "work" in event ? (event.work?.place ?? null) : null;
    if (place !== null) tasks.set(place, (tasks.get(place) ?? new Set()).add(task));
  }
  return tasks;
}
