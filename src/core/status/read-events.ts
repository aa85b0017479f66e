import type { Known } from "../evidence/known.ts";
import { readReferences } from "../evidence/read-references.ts";
import { tasksMeant } from "../evidence/settle.ts";
import { undoingOf } from "../evidence/subject.ts";
import { rowKey } from "../plan/compare.ts";
import {
  type BranchFact,
  type CommitFact,
  type Configuration,
  type Fact,
  type FactId,
  type FactKind,
  type IssueFact,
  isSyncBranch,
  type Mention,
  type PullContentFact,
  type PullFact,
  type Role,
  revisionIn,
  type Thing,
  type Token,
} from "../words.ts";
import type { Aliases } from "./aliases.ts";
import { aroundComment, commentEvents } from "./comment-events.ts";
import { arrivedThroughPull, commitEvents, commitsAlike } from "./commit-events.ts";
import { linkTo, ranks, type TaskEvent } from "./event.ts";
import { issueEvents, linksOf } from "./issue-events.ts";
import { inOrderOfTime } from "./one-second.ts";
import { isOwnPull, isTakenUp, type PullNaming, pullEvents, readPull } from "./pull-events.ts";
import { withRelabelled } from "./relabelled.ts";
import { relationEvents } from "./relation-events.ts";
import { releaseEvents } from "./release-events.ts";
import { revertEvents, targetsOf } from "./revert-events.ts";
import { reviewEvents } from "./review-events.ts";
import { gateEvents, requiredEvents } from "./run-events.ts";
import { isCompletionBranch, type SettingsInTime } from "./settings-in-time.ts";
import { toldOnce } from "./told-once.ts";
import { undoneComments } from "./undo.ts";
import { vanishedEvents } from "./vanished-events.ts";

/**
 * Facts as events of the tasks they name, by `rowKey`. Each text is read once, however many tasks it names. An event counts for a task only
 * where the index says that the thing mentions its id, so that a derivation of one task and of all tasks see the same.
 */
export function readEvents(input: {
  readonly facts: readonly Fact[];
  readonly mentions: readonly Mention[];
  readonly tasks: ReadonlySet<string>;
  readonly known: Known;
  readonly aliases: Aliases;
  readonly settings: SettingsInTime;
  readonly past?: Past;
}): ReadonlyMap<string, readonly TaskEvent[]> {
  // Sorted, so that where two facts contradict each other the later one wins, whichever came first.
  const facts = withRelabelled(commitsAlike(toldOnce(input.facts)).sort(inOrderOfTime));
  const kinds = byKind(facts);
  const undone = undoneComments(
    facts.flatMap((fact) => (fact.kind === "comment" ? [fact] : [])),
    { ...input, roles: kinds.roles },
  );
  const reading = { ...input, facts, about: aboutOf(input.mentions, input.aliases, tasksByToken(input)), ...kinds, undone };
  const named = facts.flatMap((fact) => eventsOf(fact, reading)).filter(([task]) => input.tasks.has(task));
  const reverts = revertEvents(
    { facts, pulls: kinds.pulls, completes: (branch, fact) => completesAt(branch, fact, input.settings) },
    named,
  );
  const told = [...named, ...reverts];
  const onBranch = joined(
    tasksBy(told, (event) => (event.kind === "touched" ? event.branch : null)),
    input.past?.branches,
  );
  const linked = joined(
    tasksBy(told, (event) => (event.kind === "link" ? event.number : null)),
    input.past?.issues,
  );
  const issues = facts.flatMap((fact) => (fact.kind === "issue" ? eventsOfIssue(fact, linked.get(fact.number) ?? nothing, reading) : []));
  const branches = facts.flatMap((fact) => (fact.kind === "branch" ? branchEvents(fact, onBranch.get(fact.name) ?? nothing, reading) : []));
  const events = new Map<string, TaskEvent[]>();
  const tasksOf = (issue: number) => new Set([...(reading.about.get(`issue:${issue}`) ?? []), ...(linked.get(issue) ?? [])]);
  for (const [task, event] of [
    ...told,
    ...issues,
    ...relationEvents(facts, tasksOf),
    ...branches,
    ...requiredEvents(facts, told, input.settings.now),
    ...vanishedEvents(facts, told),
    ...releaseEvents(facts, told),
  ]) {
    const list = events.get(task);
    if (list === undefined) events.set(task, [event]);
    else list.push(event);
  }
  return events;
}

/** What facts that are not among those read tell of others: tasks by the branches that commits naming them lie on, and by the issues linked to them. */
export type Past = {
  readonly branches: ReadonlyMap<string, ReadonlySet<string>>;
  readonly issues: ReadonlyMap<number, ReadonlySet<string>>;
};

function joined<K>(told: ReadonlyMap<K, ReadonlySet<string>>, past: ReadonlyMap<K, ReadonlySet<string>> = new Map()): typeof told {
  return new Map([...told, ...[...past].map(([key, tasks]) => [key, new Set([...(told.get(key) ?? []), ...tasks])] as const)]);
}

/** Events with the task of each. */
type Told = readonly (readonly [string, TaskEvent])[];

type Reading = {
  readonly facts: readonly Fact[];
  readonly known: Known;
  readonly aliases: Aliases;
  readonly settings: SettingsInTime;
  readonly tasks: ReadonlySet<string>;
  readonly about: ReadonlyMap<Thing, ReadonlySet<string>>;
  readonly pulls: readonly PullFact[];
  readonly contents: ReadonlyMap<string, PullContentFact>;
  /** By thing, and of comments and of acts on issues by fact. */
  readonly roles: ReadonlyMap<string, Role>;
  /** Comments whose commands were taken back. */
  readonly undone: ReadonlySet<FactId>;
};

const nothing: ReadonlySet<string> = new Set();

function eventsOf(fact: Fact, reading: Reading): Told {
  const { known, settings } = reading;
  const configuration = settings.at(fact.at);
  const about = reading.about.get(fact.thing) ?? nothing;
  const named = (events: Told) => events.filter(([task]) => about.has(task));
  switch (fact.kind) {
    case "pull": {
      const strange = fact.fork && !isTrusted(reading.roles.get(fact.thing));
      const counts = !strange || isTakenUp(fact);
      const content = reading.contents.get(`${fact.number}:${fact.headSha}`) ?? null;
      return pullEvents({
        pull: fact,
        // A stranger may edit as often as he likes: before somebody takes it up, his words are not even read.
        namings: counts ? only(readPull(fact, content, known, configuration).namings, about) : new Map(),
        tasks: about,
        configuration,
        completes: completes(fact.base, configuration, settings),
        strange,
        counts,
      });
    }
    case "commit":
      if (isOwnCommit(fact, reading.pulls)) return [];
      return named(
        commitEvents({
          commit: fact,
          known,
          configuration,
          completes: completes(fact.branch, configuration, settings),
          via: arrivedThroughPull(fact, reading.pulls),
          pulls: reading.pulls,
          targets: targetsOf(undoingOf(fact.message), reading),
        }),
      );
    case "comment":
      if (reading.undone.has(fact.id)) return [];
      return named(
        commentEvents({
          comment: fact,
          known,
          aliases: reading.aliases,
          configuration,
          role: reading.roles.get(fact.id) ?? null,
          around: aroundComment(fact, reading),
        }),
      );
    case "review":
      return reviewEvents(fact, about, reading.roles.get(fact.id) ?? null);
    case "run":
      return gateEvents(fact, reading);
    default:
      return [];
  }
}

/** A commit by which a plan was written back, or that brought a pull request of ours along: bookkeeping, whatever it says. */
function isOwnCommit(commit: CommitFact, pulls: readonly PullFact[]): boolean {
  return isSyncBranch(commit.branch) || revisionIn(commit.message) !== null || arrivedThroughPull(commit, pulls.filter(isOwnPull));
}

/** A branch bears on the tasks its name names and on those that commits on it name; completion branches on none. */
function branchEvents(fact: BranchFact, worked: ReadonlySet<string>, reading: Reading): Told {
  const configuration = reading.settings.at(fact.at);
  if (isSyncBranch(fact.name) || completes(fact.name, configuration, reading.settings)) return [];
  const said = readReferences(fact.name, "branch", reading.known, configuration.verbs).references;
  const around = { branches: [fact.name], files: [], said };
  const named = new Map(
    said.flatMap((reference) => tasksMeant(reference, reading.known, around).map((task) => [task, reference.words] as const)),
  );
  const about = reading.about.get(fact.thing) ?? nothing;
  const tasks = new Set([...[...named.keys()].filter((task) => about.has(task)), ...worked]);
  return [...tasks].map((task) => [
    task,
    {
      kind: "branch",
      name: fact.name,
      live: fact.head !== null,
      names: named.has(task),
      at: fact.at,
      rank: ranks.branch,
      id: fact.id,
      cause: {
        fact: fact.id,
        rule: fact.head === null ? "branch-deleted" : "branch-pushed",
        actor: fact.actor,
        link: fact.head === null ? null : linkTo(fact),
        words: named.get(task) ?? fact.name,
      },
    },
  ]);
}

/** An issue bears on the tasks its labels and its title name, and on those that commands in it link. */
function eventsOfIssue(fact: IssueFact, linked: ReadonlySet<string>, reading: Reading): Told {
  return issueEvents({
    issue: fact,
    links: linksOf(fact, reading.known, reading.roles.get(fact.thing) ?? null),
    tasks: new Set([...(reading.about.get(fact.thing) ?? nothing), ...linked]),
    configuration: reading.settings.at(fact.at),
    actor: reading.roles.get(fact.id) ?? null,
  });
}

/** Whether somebody of this role may triage, so that his words count before a merge. */
export const isTrusted = (role: Role | undefined): boolean => role !== undefined && role !== "none" && role !== "read";

function completes(branch: string, configuration: Configuration, settings: SettingsInTime): boolean {
  return isCompletionBranch(branch, configuration, settings.defaultBranch);
}

const completesAt = (branch: string, fact: Fact, settings: SettingsInTime): boolean => completes(branch, settings.at(fact.at), settings);

function only(namings: ReadonlyMap<string, PullNaming>, tasks: ReadonlySet<string>): ReadonlyMap<string, PullNaming> {
  return new Map([...namings].filter(([task]) => tasks.has(task)));
}

/** The tasks of those events that have a key, by it. */
function tasksBy<K>(events: Told, key: (event: TaskEvent) => K | null): ReadonlyMap<K, ReadonlySet<string>> {
  const tasks = new Map<K, Set<string>>();
  for (const [task, event] of events) {
    const known = key(event);
    if (known !== null) add(tasks, known, task);
  }
  return tasks;
}

/** The tasks in question, by the ids that they go by. */
function tasksByToken({ known, tasks }: Pick<Reading, "known" | "tasks">): ReadonlyMap<Token, readonly string[]> {
  return new Map(
    [...(known.homes ?? [])].map(([token, homes]) => [
      token,
      homes.map(({ scope }) => rowKey({ scope, token })).filter((task) => tasks.has(task)),
    ]),
  );
}

/** Which tasks each thing may bear on: as mentioned, aliases followed. */
function aboutOf(
  mentions: readonly Mention[],
  aliases: Aliases,
  tasks: ReadonlyMap<Token, readonly string[]>,
): ReadonlyMap<Thing, ReadonlySet<string>> {
  const about = new Map<Thing, Set<string>>();
  for (const { token, thing } of mentions)
    for (const task of [token, aliases.follow(token)].flatMap((each) => tasks.get(each) ?? [])) add(about, thing, task);
  return about;
}

function add<K>(sets: Map<K, Set<string>>, key: K, value: string): void {
  const set = sets.get(key);
  if (set === undefined) sets.set(key, new Set([value]));
  else set.add(value);
}

/** What speaks for other facts; `facts` in order of time. */
export function byKind(facts: readonly Fact[]): Pick<Reading, "pulls" | "contents" | "roles"> {
  const of = <K extends FactKind>(kind: K) => facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);
  return {
    pulls: of("pull"),
    contents: new Map(of("pull-content").map((fact) => [`${fact.number}:${fact.headSha}`, fact])),
    roles: new Map(of("permission").map((fact) => [fact.about, fact.role])),
  };
}
