import type pg from "pg";
import { aliasesIn } from "../core/status/aliases.ts";
import { isRelation } from "../core/status/mentions.ts";
import type { Fact, Planned, TaskMaterial, TasksMaterial, Thing } from "../core/words.ts";
import { factsAcrossEdges, issuesBehindEdges } from "./gather-edges.ts";
import { factsOf, mentionsOfThings, relatedFacts, thingsMentioning } from "./gather-facts.ts";
import { homesAmong, tracksFor } from "./gather-stored.ts";
import { takenBack } from "./gather-taken-back.ts";

/**
 * What is around a batch's facts, enough to tell what they change for tasks whose folds are kept: all facts about its things, whatever
 * speaks for those, and for deployments the work they brought. Null where work was taken back or issues wait for others: that reaches
 * further than can be told from here.
 */
export async function materialAround(
  client: pg.ClientBase,
  repository: number,
  batch: {
    readonly planned: Planned;
    readonly fresh: readonly Fact[];
    readonly things: ReadonlySet<Thing>;
    readonly tasks: readonly TaskMaterial[];
    readonly isIdle: (branch: string) => boolean;
  },
): Promise<TasksMaterial | null> {
  const { planned, tasks, isIdle } = batch;
  const own = await factsOf(client, repository, new Set([...batch.things, "labels"]));
  const requires = planned.configuration.completionRequires.length > 0;
  const related = await relatedFacts(client, repository, own, { requires, isIdle });
  const deployed = await workDeployed(client, repository, [...own, ...related]);
  const facts = [...new Map([...own, ...related, ...deployed].map((fact) => [fact.id, fact])).values()];
  if (await reachesFurther(client, repository, { facts, fresh: batch.fresh })) return null;
  const mentions = (await mentionsOfThings(client, repository, new Set(facts.map((fact) => fact.thing)))).filter(
    ({ token }) => !isRelation(token),
  );
  const { follow } = aliasesIn(planned.configuration);
  const tokens = new Set([...mentions.flatMap(({ token }) => [token, follow(token)]), ...tasks.map((task) => task.token)]);
  const homes = await homesAmong(client, repository, [...tokens]);
  return { tasks, facts, mentions, homes, tracks: await tracksFor(client, repository, tasks) };
}

async function reachesFurther(
  client: pg.ClientBase,
  repository: number,
  { facts, fresh }: { readonly facts: readonly Fact[]; readonly fresh: readonly Fact[] },
): Promise<boolean> {
  if (facts.some((fact) => fact.kind === "vanished" || fact.kind === "relation")) return true;
  if ((await takenBack(client, repository, facts)).length > 0) return true;
  if ((await issuesBehindEdges(client, repository, fresh)).length > 0) return true;
  return (await factsAcrossEdges(client, repository, facts)).length > 0;
}

/** The branch that a thing is; empty for anything else. */
export const branchOf = (thing: Thing): string => (thing.startsWith("branch:") ? thing.slice("branch:".length) : "");

/** Commits and pull requests whose work these deployments may have brought. */
async function workDeployed(client: pg.ClientBase, repository: number, facts: readonly Fact[]): Promise<readonly Fact[]> {
  const shas = [...new Set(facts.flatMap((fact) => (fact.kind === "deployment" ? [fact.sha] : [])))];
  if (shas.length === 0) return [];
  const brought = await thingsMentioning(
    client,
    repository,
    shas.flatMap((sha) => [`merge:${sha}`, `head:${sha}`]),
  );
  return factsOf(client, repository, new Set([...brought, ...shas.map((sha) => `commit:${sha}`)]));
}
