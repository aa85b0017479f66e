import type pg from "pg";
import { pullNumberOf, type Undoing, undoingOf, undoingOfPull } from "../core/evidence/subject.ts";
import { isRelation } from "../core/status/mentions.ts";
import type { Fact, Thing, Token, VanishedFact } from "../core/words.ts";
import { factsOf, mentionsOfThings, thingsMentioning } from "./gather-facts.ts";

type Client = pg.ClientBase | pg.Pool;

/** No chain of reverts, or of forced pushes, is followed further. */
const deepest = 20;

/**
 * What became of the work that these facts tell of, or undo: reverts of it and what those revert in turn, and pushes that took it off its
 * branch or brought it again. An empty answer, after a few look-ups by index: nothing ever did.
 */
export async function takenBack(client: Client, repository: number, facts: readonly Fact[]): Promise<readonly Fact[]> {
  const all: Fact[] = [...facts];
  const things = new Set(facts.map((fact) => fact.thing));
  let fresh = facts;
  for (let depth = 0; depth < deepest && fresh.length > 0; depth += 1) {
    const followed = followedIn(fresh, depth === 0 ? null : shasOf(all));
    const found = [...(await undoing(client, repository, fresh)), ...(await moving(client, repository, fresh, followed)), ...arrivals(all)];
    fresh = await factsOf(client, repository, new Set(found.filter((thing) => !things.has(thing))));
    for (const fact of fresh) things.add(fact.thing);
    all.push(...fresh);
  }
  return all.slice(facts.length);
}

/** What is named by all that became of this work, so that tasks are found which whoever takes it back does not name. */
export async function namedByUndone(client: Client, repository: number, facts: readonly Fact[]): Promise<readonly Token[]> {
  const things = new Set((await takenBack(client, repository, facts)).map((fact) => fact.thing));
  const named = (await mentionsOfThings(client, repository, things)).map(({ token }) => token);
  return [...new Set(named)].filter((token) => !isRelation(token));
}

/** Reverts of what these tell of and, of reverts among these, what they take back; with the pull requests that either came from. */
async function undoing(client: Client, repository: number, facts: readonly Fact[]): Promise<readonly Thing[]> {
  const reverts = await thingsMentioning(client, repository, await namesOf(client, repository, facts));
  const taken = facts.flatMap((fact) => undoingIn(fact) ?? []);
  if (reverts.length === 0 && taken.length === 0) return [];
  const commits = facts.filter((fact) => fact.kind === "commit");
  const shas = taken.flatMap((each) => each.shas);
  const merges = [...shas, ...commits.map(({ pushHead }) => pushHead)].map((sha) => `merge:${sha}`);
  const numbers = [...taken.flatMap((each) => each.pulls), ...commits.flatMap(({ message }) => pullNumberOf(message) ?? [])];
  const behind = await thingsMentioning(client, repository, [...new Set(merges)]);
  return [...reverts, ...behind, ...shas.map((sha) => `commit:${sha}`), ...numbers.map((number) => `pull:${number}`)];
}

/** How reverts would name what these tell of: themselves, the commits that pull requests brought, and others that were merged by the same. */
async function namesOf(client: Client, repository: number, facts: readonly Fact[]): Promise<readonly string[]> {
  const pulls = facts.filter((fact) => fact.kind === "pull");
  const merges = pulls.flatMap(({ number, mergeSha }) => [
    `pull:${number}`,
    ...(mergeSha === null ? [] : [`head:${mergeSha}`, `merge:${mergeSha}`]),
  ]);
  const brought = await thingsMentioning(client, repository, [...new Set(merges)]);
  return [
    ...new Set([
      ...shasOf(facts).map((sha) => `sha:${sha}`),
      ...brought.flatMap((thing) =>
        /^(?:commit|pull):/.test(thing) ? [thing.replace("commit:", "sha:").replace("pull:", "undoes:")] : [],
      ),
      ...pulls.map(({ number }) => `undoes:${number}`),
    ]),
  ];
}

function undoingIn(fact: Fact): Undoing | null {
  if (fact.kind === "commit") return undoingOf(fact.message);
  return fact.kind === "pull" ? undoingOfPull(fact) : null;
}

/** The commits that these tell of. */
const shasOf = (facts: readonly Fact[]): readonly string[] =>
  facts.flatMap((fact) => (fact.kind === "commit" ? [fact.sha] : fact.kind === "pull" ? (fact.mergeSha ?? []) : []));

type Moved = VanishedFact["commits"];

/** Of what pushes took off branches, what is asked about (`asked` null: all), and what that lives on in. */
function followedIn(facts: readonly Fact[], asked: readonly string[] | null): Moved {
  const vanished = facts.filter((fact) => fact.kind === "vanished").sort((a, b) => a.at - b.at);
  if (asked === null) return vanished.flatMap((fact) => fact.commits);
  const wanted = new Set(asked);
  return vanished.flatMap((fact) => fact.commits).filter(({ sha, as }) => wanted.has(sha) || (as !== null && wanted.has(as)));
}

/** Pushes that took these commits, or what they live on in, off a branch; and what is known of those that were taken. */
async function moving(client: Client, repository: number, facts: readonly Fact[], followed: Moved): Promise<readonly Thing[]> {
  const shas = followed.flatMap(({ sha, as }) => [sha, ...(as === null ? [] : [as])]);
  const tokens = [...[...shasOf(facts), ...shas].flatMap((sha) => [`gone:${sha}`, `lives:${sha}`]), ...shas.map((sha) => `merge:${sha}`)];
  return [...(await thingsMentioning(client, repository, [...new Set(tokens)])), ...shas.map((sha) => `commit:${sha}`)];
}

/** The pushes that brought commits which some push took: they may have brought them again. */
function arrivals(facts: readonly Fact[]): readonly Thing[] {
  const taken = new Set(facts.flatMap((fact) => (fact.kind === "vanished" ? fact.commits.map(({ sha }) => sha) : [])));
  return facts.flatMap((fact) => (fact.kind === "commit" && taken.has(fact.sha) ? [`push:${fact.pushHead}`] : []));
}
