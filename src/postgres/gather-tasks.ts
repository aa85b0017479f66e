import type pg from "pg";
import { normalise } from "../core/plan/token.ts";
import { aliasesIn } from "../core/status/aliases.ts";
import { speakingRoles } from "../core/status/comment-events.ts";
import { isRelation, workflowNames } from "../core/status/mentions.ts";
import type { Configuration, Fact, Mention, Planned, TasksMaterial, Thing, Token } from "../core/words.ts";
import { factsAcrossEdges, issuesBehindEdges, thingsRelabelled } from "./gather-edges.ts";
import { factsOf, mentionsOfThings, relatedFacts, talkAround, thingsMentioning, withoutIdleTalk } from "./gather-facts.ts";
import { homesAmong, tasksWith, tracksFor } from "./gather-stored.ts";
import { takenBack } from "./gather-taken-back.ts";

/**
 * All that bears on the tasks a batch touches: those its things mention (now or in an earlier snapshot), those whose plan rows moved,
 * those held by a gate that ran, and whoever waits for one of them. Cost follows the change: by index, never by the size of the plan.
 */
export async function gatherTasks(
  client: pg.ClientBase,
  repository: number,
  planned: Planned,
  fresh: readonly Fact[],
): Promise<TasksMaterial> {
  const roles = speakingRoles(planned.configurations);
  const things = await thingsConcerned(client, repository, planned, fresh);
  const speaking = await withoutIdleTalk(client, repository, things, roles);
  const said = await mentionsOfThings(client, repository, speaking);
  // One more command, or one taken back, can change which of the others in its issue stand.
  const talk = await talkAround(client, repository, said);
  const mentioned = [...said, ...(await mentionsOfThings(client, repository, new Set(talk)))];
  const tokens = tokensTouched(mentioned, planned, fresh);
  const tasks = await tasksWith(client, repository, tokens, planned.configuration.dependencies);
  return materialFor(client, repository, { ...planned, tasks, things });
}

/** All that bears on the given tasks, whatever brought them up. `things` are gathered besides. */
export async function materialFor(
  client: pg.ClientBase | pg.Pool,
  repository: number,
  ask: Pick<Planned, "configuration" | "configurations"> & {
    readonly tasks: TasksMaterial["tasks"];
    readonly things: ReadonlySet<Thing>;
  },
): Promise<TasksMaterial> {
  const tokens = [...new Set(ask.tasks.map((task) => task.token))];
  const aliases = aliasesIn(ask.configuration);
  const named = [...tokens.flatMap(aliases.spellings), ...gatesOf(tokens, ask.configuration)];
  const naming = new Set(await thingsMentioning(client, repository, named));
  const things = new Set([...ask.things, ...(await withoutIdleTalk(client, repository, naming, speakingRoles(ask.configurations)))]);
  const told = await factsOf(client, repository, new Set([...things, "labels"]));
  const facts = [...told, ...(await takenBack(client, repository, told))];
  const related = await relatedFacts(client, repository, facts, ask.configuration.completionRequires.length > 0);
  const across = await factsAcrossEdges(client, repository, [...facts, ...related]);
  const all = [...new Map([...facts, ...related, ...across].map((fact) => [fact.id, fact])).values()];
  const mentions = (await mentionsOfThings(client, repository, new Set(all.map((fact) => fact.thing)))).filter(
    ({ token }) => !isRelation(token),
  );
  const homes = await homesAmong(client, repository, [
    ...new Set([...mentions.flatMap(({ token }) => [token, aliases.follow(token)]), ...tokens]),
  ]);
  return {
    tasks: ask.tasks,
    facts: all,
    mentions,
    homes,
    tracks: await tracksFor(client, repository, ask.tasks),
  };
}

/**
 * Things the batch is about, commits and comments that its pull requests and branches speak for, commands that link its issues, and pull
 * requests whose merge waited for one of its runs.
 */
async function thingsConcerned(
  client: pg.ClientBase,
  repository: number,
  planned: Planned,
  fresh: readonly Fact[],
): Promise<ReadonlySet<Thing>> {
  const requires = planned.configuration.completionRequires.length > 0;
  const relations = fresh.flatMap((fact): readonly string[] => {
    if (fact.kind === "pull") return [`pull:${fact.number}`, ...(fact.mergeSha === null ? [] : [`head:${fact.mergeSha}`])];
    if (fact.kind === "pull-content") return [`pull:${fact.number}`];
    // The run that a merge waited for brings its tasks to completion.
    if (fact.kind === "run" && requires) return [`merge:${fact.headSha}`];
    // A reading of who closed it is about the issue too.
    if (fact.thing.startsWith("issue:")) return [`linked:${fact.thing.slice("issue:".length)}`];
    if (fact.kind === "deployment") return [`merge:${fact.sha}`, `head:${fact.sha}`];
    if (fact.kind === "push") return [`head:${fact.after}`];
    return fact.kind === "branch" ? [`branch:${fact.name}`] : [];
  });
  const roles = speakingRoles(planned.configurations);
  const relabelled = await thingsRelabelled(client, repository, fresh);
  const issues = relabelled.flatMap((thing) => (thing.startsWith("issue:") ? [thing.slice("issue:".length)] : []));
  const behind = [...issues, ...(await issuesBehindEdges(client, repository, fresh))];
  const undone = (await takenBack(client, repository, fresh)).map((fact) => fact.thing);
  const speaking = await thingsMentioning(client, repository, [...relations, ...behind.map((issue) => `linked:${issue}`)]);
  const related = await withoutIdleTalk(client, repository, new Set(speaking), roles);
  const plain = fresh.filter((fact) => fact.kind !== "plan" && fact.kind !== "configuration" && fact.kind !== "repository");
  const deployed = fresh.flatMap((fact) => (fact.kind === "deployment" ? [`commit:${fact.sha}`] : []));
  return new Set([
    ...plain.map((fact) => fact.thing),
    ...related,
    ...deployed,
    ...undone,
    ...relabelled,
    ...behind.map((issue) => `issue:${issue}`),
  ]);
}

/** Ids that the batch touches, aliases followed; null means every task. */
function tokensTouched(mentioned: readonly Mention[], planned: Planned, fresh: readonly Fact[]): readonly Token[] | null {
  if (planned.touched === "all") return null;
  const aliases = aliasesIn(planned.configuration);
  const named = mentioned.map((mention) => mention.token).filter((token) => !isRelation(token));
  const gated = fresh.flatMap((fact) => {
    if (fact.kind !== "run") return [];
    const names = workflowNames(fact.workflow, fact.file);
    return planned.configuration.gates
      .filter((gate) => names.includes(gate.workflow.toLowerCase()))
      .flatMap((gate) => gate.tasks.map(normalise));
  });
  return [...new Set([...named, ...gated, ...planned.touched].flatMap((token) => [token, aliases.follow(token)]))];
}

/** Index entries of the workflows whose gates hold one of these tasks. */
function gatesOf(tokens: readonly Token[], configuration: Configuration): readonly string[] {
  const wanted = new Set(tokens);
  return configuration.gates
    .filter((gate) => gate.tasks.some((id) => wanted.has(normalise(id))))
    .map((gate) => `workflow:${gate.workflow.toLowerCase()}`);
}
