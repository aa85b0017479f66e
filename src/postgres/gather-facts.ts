import type pg from "pg";
import { z } from "zod";
import { type Fact, factSchema, type Mention, type Role, type Thing } from "../core/words.ts";

type Client = pg.ClientBase | pg.Pool;
const bodyRow = z.object({ body: factSchema });
const thingRow = z.object({ thing: z.string() });
const mentionRow = z.object({ token: z.string(), thing: z.string() });

/** Every fact about these things, oldest first. */
export async function factsOf(client: Client, repository: number, things: ReadonlySet<Thing>): Promise<readonly Fact[]> {
  if (things.size === 0) return [];
  const { rows } = await client.query("select body from facts where repository_id = $1 and thing = any ($2) order by at, id", [
    repository,
    [...things],
  ]);
  return rows.map((row) => bodyRow.parse(row).body);
}

/** Things that mention one of these tokens or relations. */
export async function thingsMentioning(client: Client, repository: number, tokens: readonly string[]): Promise<readonly Thing[]> {
  if (tokens.length === 0) return [];
  const { rows } = await client.query("select distinct thing from mentions where repository_id = $1 and token = any ($2)", [
    repository,
    tokens,
  ]);
  return rows.map((row) => thingRow.parse(row).thing);
}

/**
 * The things without comments whose writers may change nothing: anyone can write those, in any number and length, and they bear on no
 * task. `roles` = those that may.
 */
export async function withoutIdleTalk(
  client: Client,
  repository: number,
  things: ReadonlySet<Thing>,
  roles: readonly Role[],
): Promise<ReadonlySet<Thing>> {
  const comments = [...things].filter((thing) => thing.startsWith("comment:"));
  if (comments.length === 0) return things;
  const { rows } = await client.query(
    `select distinct thing from facts
     where repository_id = $1 and thing = any ($2) and kind = 'permission' and body ->> 'role' = any ($3)`,
    [repository, comments, roles],
  );
  const heard = new Set(rows.map((row) => thingRow.parse(row).thing));
  return new Set([...things].filter((thing) => !thing.startsWith("comment:") || heard.has(thing)));
}

/** What these things mention. */
export async function mentionsOfThings(client: Client, repository: number, things: ReadonlySet<Thing>): Promise<readonly Mention[]> {
  if (things.size === 0) return [];
  const { rows } = await client.query("select token, thing from mentions where repository_id = $1 and thing = any ($2)", [
    repository,
    [...things],
  ]);
  return rows.map((row) => mentionRow.parse(row));
}

/**
 * Of comments with commands, by their mentions: where something was taken back in their issue, all comments with commands in it, because
 * which of them stand, only all of them tell.
 */
export async function talkAround(client: Client, repository: number, mentions: readonly Mention[]): Promise<readonly Thing[]> {
  const issues = new Set(mentions.flatMap(({ token }) => (token.startsWith("talk:") ? [token.slice("talk:".length)] : [])));
  if (issues.size === 0) return [];
  const undoing = await thingsMentioning(
    client,
    repository,
    [...issues].map((issue) => `undone:${issue}`),
  );
  if (undoing.length === 0) return [];
  const told = await mentionsOfThings(client, repository, new Set(undoing));
  const talks = told.flatMap(({ token }) => (token.startsWith("talk:") && issues.has(token.slice("talk:".length)) ? [token] : []));
  return thingsMentioning(client, repository, [...new Set(talks)]);
}

/** How facts are looked for: `requires` = the repository requires workflows on merge commits; `isIdle` = pushes to this branch tell nothing. */
export type Looking = { readonly requires: boolean; readonly isIdle: (branch: string) => boolean };

/**
 * Facts that speak for others: of commits the pull request they arrived through, the branch they lie on and their deployments, of comments those that take
 * them back and the issues they link and, where the repository requires workflows on merge commits, the runs on those commits.
 */
export async function relatedFacts(
  client: Client,
  repository: number,
  facts: readonly Fact[],
  { requires, isIdle }: Looking,
): Promise<readonly Fact[]> {
  const commits = facts.filter((fact) => fact.kind === "commit");
  const speaking = facts.filter((fact) => fact.kind === "commit" || fact.kind === "comment");
  const mentions = await mentionsOfThings(client, repository, new Set(speaking.map((fact) => fact.thing)));
  const pulls = mentions.flatMap(({ token }) => (token.startsWith("pull:") ? [token] : []));
  const issues = mentions.flatMap(({ token }) => (token.startsWith("linked:") ? [`issue:${token.slice("linked:".length)}`] : []));
  const landed = [
    ...commits.flatMap(({ sha, pushHead }) => [`merge:${pushHead}`, `deployed:${sha}`, `deployed:${pushHead}`]),
    ...facts.flatMap((fact) => (fact.kind === "pull" && fact.mergeSha !== null ? [`deployed:${fact.mergeSha}`] : [])),
  ];
  const merges = await thingsMentioning(client, repository, [...new Set(landed)]);
  const shas = facts.flatMap((fact) => (fact.kind === "pull" && fact.mergeSha !== null ? [`ran:${fact.mergeSha}`] : []));
  const runs = requires ? await thingsMentioning(client, repository, [...new Set(shas)]) : [];
  const branches = [...new Set(commits.flatMap(({ branch }) => (isIdle(branch) ? [] : [`branch:${branch}`])))];
  const talk = await talkAround(client, repository, mentions);
  return factsOf(client, repository, new Set([...pulls, ...issues, ...merges, ...runs, ...branches, ...talk]));
}
