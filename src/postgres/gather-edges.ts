import type pg from "pg";
import { formerNames } from "../core/status/relabelled.ts";
import type { Fact, Thing } from "../core/words.ts";
import { factsOf, mentionsOfThings, thingsMentioning } from "./gather-facts.ts";

type Client = pg.ClientBase | pg.Pool;

/** What the issues among these facts wait for and consist of, and how those at the other end stand. */
export async function factsAcrossEdges(client: Client, repository: number, facts: readonly Fact[]): Promise<readonly Fact[]> {
  const issues = new Set(facts.flatMap((fact) => (fact.kind === "issue" ? [fact.number] : [])));
  const edges = await thingsMentioning(
    client,
    repository,
    [...issues].map((number) => `edge-of:${number}`),
  );
  const relations = await factsOf(client, repository, new Set(edges));
  const others = relations.flatMap((fact) =>
    fact.kind === "relation" && fact.other.repository === null && !issues.has(fact.other.number) ? [`issue:${fact.other.number}`] : [],
  );
  return [...relations, ...(await factsOf(client, repository, new Set(others)))];
}

/** Issues and pull requests that carried the labels which these facts tell of, under whatever name. */
export async function thingsRelabelled(client: Client, repository: number, fresh: readonly Fact[]): Promise<readonly Thing[]> {
  const names = fresh.flatMap((fact) => (fact.kind === "label" && fact.read ? [fact.was] : []));
  if (names.length === 0) return [];
  const known = await factsOf(client, repository, new Set(["labels"]));
  return thingsMentioning(
    client,
    repository,
    formerNames(names, known).map((name) => `labelled:${name}`),
  );
}

/** The issues, by number, whose tasks these facts bear on across an edge: those that wait for, or consist of, an issue told of here. */
export async function issuesBehindEdges(client: Client, repository: number, fresh: readonly Fact[]): Promise<readonly string[]> {
  const told = fresh.flatMap((fact) => (fact.kind === "relation" ? [String(fact.of)] : []));
  const ends = fresh.flatMap((fact) => (fact.kind === "issue" ? [`edge-on:${fact.number}`] : []));
  const edges = await thingsMentioning(client, repository, [...new Set(ends)]);
  const mentions = await mentionsOfThings(client, repository, new Set(edges));
  const behind = mentions.flatMap(({ token }) => (token.startsWith("edge-of:") ? [token.slice("edge-of:".length)] : []));
  return [...new Set([...told, ...behind])];
}
