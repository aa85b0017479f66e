import type pg from "pg";
import { rowKey } from "../core/plan/compare.ts";
import { defaultConfiguration } from "../core/plan/configuration.ts";
import { normalise } from "../core/plan/token.ts";
import { aliasesIn } from "../core/status/aliases.ts";
import { carryOn, isFoundAround, namesOf, openPulls, type ReadFold, readFold } from "../core/status/carry-on.ts";
import { speakingRoles } from "../core/status/comment-events.ts";
import { isRelation, workflowNames } from "../core/status/mentions.ts";
import { isCompletionBranch } from "../core/status/settings-in-time.ts";
import type {
  CarriedFold,
  Configuration,
  Fact,
  KeepLimits,
  KeptFold,
  Mention,
  Planned,
  TasksMaterial,
  Thing,
  Token,
} from "../core/words.ts";
import { branchOf, materialAround } from "./gather-around.ts";
import { factsAcrossEdges, issuesBehindEdges, thingsRelabelled } from "./gather-edges.ts";
import { factsOf, mentionsOfThings, relatedFacts, talkAround, thingsMentioning, withoutIdleTalk } from "./gather-facts.ts";
import { homesAmong, tasksWith, tokensWaitingFor, tracksFor } from "./gather-stored.ts";
import { takenBack } from "./gather-taken-back.ts";
import { keptFoldsOf } from "./kept-folds.ts";

/**
 * All that bears on the tasks a batch touches: those its things mention (now or in an earlier snapshot), those whose plan rows moved,
 * those held by a gate that ran, and whoever waits for one of them. Cost follows the change: by index, never by the size of the plan, and
 * of tasks whose folds are kept (`limits`) never by what became of them before.
 */
export async function gatherTasks(
  client: pg.ClientBase,
  repository: number,
  batch: { readonly planned: Planned; readonly fresh: readonly Fact[]; readonly limits: KeepLimits },
): Promise<TasksMaterial> {
  const { planned, fresh, limits } = batch;
  const roles = speakingRoles(planned.configurations);
  const things = await thingsConcerned(client, repository, planned, fresh);
  const speaking = await withoutIdleTalk(client, repository, things, roles);
  const said = await mentionsOfThings(client, repository, speaking);
  // One more command, or one taken back, can change which of the others in its issue stand.
  const talk = await talkAround(client, repository, said);
  const mentioned = [...said, ...(await mentionsOfThings(client, repository, new Set(talk)))];
  const touched = tokensTouched(mentioned, planned, fresh);
  const { dependencies } = planned.configuration;
  const tokens = touched === null ? null : [...touched, ...(await tokensWaitingFor(client, repository, touched, dependencies))];
  const stored = await keptFoldsOf(client, repository, { tokens, names: fresh.flatMap(namesOf) });
  const kept = foldsToGoOnFrom(stored, planned, fresh);
  const steps = new Map([...kept].map(([task, { fold }]) => [task, fold.steps]));
  const tasks = await tasksWith(client, repository, tokens, steps);
  const near = { planned, fresh, tasks, kept, things: new Set([...things, ...talk]) };
  const carried = kept.size === 0 ? nothingCarried : await carriedTasks(client, repository, near);
  const lost = new Set([...kept.keys()].filter((task) => !carried.folds.has(task)));
  const again = tasks.filter((task) => lost.has(rowKey(task)));
  const reread = await tasksWith(client, repository, [...new Set(again.map((task) => task.token))]);
  const anew = new Map(reread.map((task) => [rowKey(task), task]));
  const all = tasks.map((task) => (lost.has(rowKey(task)) ? (anew.get(rowKey(task)) ?? task) : task));
  const whole = all.filter((task) => !carried.folds.has(rowKey(task)));
  const material =
    whole.length === 0 && carried.folds.size > 0 ? noMaterial : await materialFor(client, repository, { ...planned, tasks: whole, things });
  const folds = new Map([...[...stored.keys()].map((task) => [task, null] as const), ...carried.folds]);
  return { ...together(material, carried.material), tasks: all, kept: { limits, folds } };
}

/** Folds that may be gone on from: those of tasks that neither plan nor settings touch, in a batch of facts whose bearing can be told. */
function foldsToGoOnFrom(
  stored: ReadonlyMap<string, KeptFold | null>,
  { touched }: Planned,
  fresh: readonly Fact[],
): ReadonlyMap<string, ReadFold> {
  if (touched === "all" || !isFoundAround(fresh)) return new Map();
  return new Map(
    [...stored].flatMap(([task, fold]) => {
      const [token = ""] = task.split(" ");
      const read = fold === null || touched.has(token) ? null : readFold(fold);
      return read === null ? [] : [[task, read] as const];
    }),
  );
}

type Carried = { readonly material: TasksMaterial; readonly folds: ReadonlyMap<string, CarriedFold> };

const noMaterial: TasksMaterial = { tasks: [], facts: [], mentions: [], homes: new Map(), tracks: new Map() };
const nothingCarried: Carried = { material: noMaterial, folds: new Map() };

/** The kept folds brought on by the batch, as far as that is safe, and what is around it, with the pull requests that are open on these tasks. */
async function carriedTasks(
  client: pg.ClientBase,
  repository: number,
  near: {
    readonly planned: Planned;
    readonly fresh: readonly Fact[];
    readonly tasks: TasksMaterial["tasks"];
    readonly kept: ReadonlyMap<string, ReadFold>;
    readonly things: ReadonlySet<Thing>;
  },
): Promise<Carried> {
  const { planned, kept } = near;
  const around = await materialAround(client, repository, { ...near, isIdle: idleBranches(planned) });
  if (around === null) return nothingCarried;
  const folds = carryOn({ ...near, context: planned, around });
  const open = [...kept].flatMap(([task, fold]) => (folds.has(task) ? openPulls(fold) : []));
  const pulls = await factsOf(client, repository, new Set(open.map((number) => `pull:${number}`)));
  return { material: together(around, { ...noMaterial, facts: pulls }), folds };
}

function together(a: TasksMaterial, b: TasksMaterial): TasksMaterial {
  return {
    tasks: [...a.tasks, ...b.tasks],
    facts: [...new Map([...a.facts, ...b.facts].map((fact) => [fact.id, fact])).values()],
    mentions: [...a.mentions, ...b.mentions],
    homes: new Map([...a.homes, ...b.homes]),
    tracks: new Map([...a.tracks, ...b.tracks]),
  };
}

/** All that bears on the given tasks, whatever brought them up. `things` are gathered besides. */
export async function materialFor(
  client: pg.ClientBase | pg.Pool,
  repository: number,
  ask: Pick<Planned, "configuration" | "configurations" | "defaultBranch"> & {
    readonly tasks: TasksMaterial["tasks"];
    /** Ids that no task has yet. */
    readonly tokens?: readonly Token[];
    readonly things: ReadonlySet<Thing>;
  },
): Promise<TasksMaterial> {
  const tokens = [...new Set([...ask.tasks.map((task) => task.token), ...(ask.tokens ?? [])])];
  const aliases = aliasesIn(ask.configuration);
  const named = [...tokens.flatMap(aliases.spellings), ...gatesOf(tokens, ask.configuration)];
  const isIdle = idleBranches(ask);
  const naming = new Set((await thingsMentioning(client, repository, named)).filter((thing) => !isIdle(branchOf(thing))));
  const things = new Set([...ask.things, ...(await withoutIdleTalk(client, repository, naming, speakingRoles(ask.configurations)))]);
  const told = await factsOf(client, repository, new Set([...things, "labels"]));
  const facts = [...told, ...(await takenBack(client, repository, told))];
  const related = await relatedFacts(client, repository, facts, { requires: ask.configuration.completionRequires.length > 0, isIdle });
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
  const isIdle = idleBranches(planned);
  const relations = fresh.flatMap((fact): readonly string[] => {
    if (fact.kind === "pull") return [`pull:${fact.number}`, ...(fact.mergeSha === null ? [] : [`head:${fact.mergeSha}`])];
    if (fact.kind === "pull-content") return [`pull:${fact.number}`];
    // The run that a merge waited for brings its tasks to completion.
    if (fact.kind === "run" && requires) return [`merge:${fact.headSha}`];
    // A reading of who closed it is about the issue too.
    if (fact.thing.startsWith("issue:")) return [`linked:${fact.thing.slice("issue:".length)}`];
    if (fact.kind === "deployment") return [`merge:${fact.sha}`, `head:${fact.sha}`];
    if (fact.kind === "push") return [`head:${fact.after}`];
    return fact.kind === "branch" && !isIdle(fact.name) ? [`branch:${fact.name}`] : [];
  });
  const roles = speakingRoles(planned.configurations);
  const relabelled = await thingsRelabelled(client, repository, fresh);
  const issues = relabelled.flatMap((thing) => (thing.startsWith("issue:") ? [thing.slice("issue:".length)] : []));
  const behind = [...issues, ...(await issuesBehindEdges(client, repository, fresh))];
  const undone = (await takenBack(client, repository, fresh)).map((fact) => fact.thing);
  const speaking = await thingsMentioning(client, repository, [...relations, ...behind.map((issue) => `linked:${issue}`)]);
  const related = await withoutIdleTalk(client, repository, new Set(speaking), roles);
  const plain = fresh.filter(
    (fact) =>
      fact.kind !== "plan" && fact.kind !== "configuration" && fact.kind !== "repository" && !(fact.kind === "branch" && isIdle(fact.name)),
  );
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

/** Branches on which everything lands, whatever the settings were: that they moved bears on no task, and each push to them tells it. */
function idleBranches({ configurations, defaultBranch }: Pick<Planned, "configurations" | "defaultBranch">): (branch: string) => boolean {
  const all = [defaultConfiguration, ...configurations.flatMap((version) => version.configuration ?? [])];
  return (branch) => all.every((configuration) => isCompletionBranch(branch, configuration, defaultBranch));
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
