import type { Fact, RelationFact } from "../words.ts";
import { linkTo, rankOfIssue, ranks, type TaskEvent } from "./event.ts";

/** Events by the key of their task. */
type Told = readonly (readonly [string, TaskEvent])[];

/**
 * What issues wait for and consist of, as events of the tasks that the issue is or was linked to (`tasksOf`, by number), with how the issues
 * at the other end stood.
 */
export function relationEvents(facts: readonly Fact[], tasksOf: (issue: number) => ReadonlySet<string>): Told {
  const concerned = new Map<number, Set<string>>();
  const edges = facts.flatMap((fact): Told => {
    if (fact.kind !== "relation") return [];
    const tasks = [...tasksOf(fact.of)];
    if (fact.other.repository === null) concerned.set(fact.other.number, new Set([...(concerned.get(fact.other.number) ?? []), ...tasks]));
    return tasks.map((task) => [task, edgeEvent(fact)]);
  });
  const others = facts.flatMap((fact): Told => {
    if (fact.kind !== "issue") return [];
    const event: TaskEvent = {
      kind: "other-issue",
      number: fact.number,
      open: fact.state === "open",
      at: fact.at,
      rank: rankOfIssue(fact.state),
      id: `${fact.id}:other`,
      cause: {
        fact: fact.id,
        rule: fact.state === "open" ? "issue-open" : "issue-ended",
        actor: fact.actor,
        link: linkTo(fact),
        words: `#${fact.number}`,
      },
    };
    return [...(concerned.get(fact.number) ?? [])].map((task) => [task, event]);
  });
  return [...edges, ...others];
}

function edgeEvent(fact: RelationFact): TaskEvent {
  const { relation, other, stands } = fact;
  const rule = relation === "part" ? (stands ? "part-added" : "part-removed") : stands ? "issue-waits" : "issue-waits-no-longer";
  return {
    kind: "relation",
    edge: fact.thing,
    relation,
    of: fact.of,
    other,
    stands,
    at: fact.at,
    rank: stands ? ranks.issue : ranks.closed,
    id: fact.id,
    cause: { fact: fact.id, rule, actor: fact.actor, link: linkTo(fact), words: `${other.repository ?? ""}#${other.number}` },
  };
}
