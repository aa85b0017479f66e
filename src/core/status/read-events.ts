import type { Known } from "../evidence/known.ts";
import { readReferences } from "../evidence/read-references.ts";
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
import { commentEvents } from "./comment-events.ts";
import { arrivedThroughPull, commitEvents } from "./commit-events.ts";
import { linkTo, ranks, type TaskEvent } from "./event.ts";
import { issueEvents, linksOf } from "./issue-events.ts";
import { isOwnPull, isTakenUp, namingsOf, type PullNaming, pullEvents } from "./pull-events.ts";
import { releaseEvents } from "./release-events.ts";
import { runEvents } from "./run-events.ts";
import { isCompletionBranch, type SettingsInTime } from "./settings-in-time.ts";
import { undoneComments } from "./undo.ts";

/**
 * Facts as events of the tasks they name. Each text is read once, however many tasks it names. An event counts for a token only
 * where the index says that the thing mentions it, so that a derivation of one task and of all tasks see the same.
 */
export function readEvents(input: {
  readonly facts: readonly Fact[];
  readonly mentions: readonly Mention[];
  readonly tokens: ReadonlySet<Token>;
  readonly known: Known;
  readonly aliases: Aliases;
  readonly settings: SettingsInTime;
}): ReadonlyMap<Token, readonly TaskEvent[]> {
  // Sorted, so that where two facts contradict each other the later one wins, whichever came first.
  const facts = [...input.facts].sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1));
  const kinds = byKind(facts);
  const undone = undoneComments(
    facts.flatMap((fact) => (fact.kind === "comment" ? [fact] : [])),
    { ...input, roles: kinds.roles },
  );
  const reading = { ...input, about: aboutOf(input.mentions, input.aliases, input.tokens), ...kinds, undone };
  const told = facts.flatMap((fact) => eventsOf(fact, reading)).filter(([token]) => input.tokens.has(token));
  const onBranch = tokensBy(told, (event) => (event.kind === "touched" ? event.branch : null));
  const linked = tokensBy(told, (event) => (event.kind === "link" ? event.number : null));
  const issues = facts.flatMap((fact) => (fact.kind === "issue" ? eventsOfIssue(fact, linked.get(fact.number) ?? nothing, reading) : []));
  const branches = facts.flatMap((fact) => (fact.kind === "branch" ? branchEvents(fact, onBranch.get(fact.name) ?? nothing, reading) : []));
  const events = new Map<Token, TaskEvent[]>();
  for (const [token, event] of [...told, ...issues, ...branches, ...releaseEvents(facts, told)]) {
    const list = events.get(token);
    if (list === undefined) events.set(token, [event]);
    else list.push(event);
  }
  return events;
}

type Reading = {
  readonly known: Known;
  readonly aliases: Aliases;
  readonly settings: SettingsInTime;
  readonly tokens: ReadonlySet<Token>;
  readonly about: ReadonlyMap<Thing, ReadonlySet<Token>>;
  readonly pulls: readonly PullFact[];
  readonly contents: ReadonlyMap<string, PullContentFact>;
  /** By thing, and of comments and of acts on issues by fact. */
  readonly roles: ReadonlyMap<string, Role>;
  /** Comments whose commands were taken back. */
  readonly undone: ReadonlySet<FactId>;
};

const nothing: ReadonlySet<Token> = new Set();

function eventsOf(fact: Fact, reading: Reading): readonly (readonly [Token, TaskEvent])[] {
  const { known, settings } = reading;
  const configuration = settings.at(fact.at);
  const about = reading.about.get(fact.thing) ?? nothing;
  const named = (events: readonly (readonly [Token, TaskEvent])[]) => events.filter(([token]) => about.has(token));
  switch (fact.kind) {
    case "pull": {
      const strange = fact.fork && !trusted(reading.roles.get(fact.thing));
      const counts = !strange || isTakenUp(fact);
      const content = reading.contents.get(`${fact.number}:${fact.headSha}`) ?? null;
      return pullEvents({
        pull: fact,
        // A stranger may edit as often as he likes: before somebody takes it up, his words are not even read.
        namings: counts ? only(namingsOf(fact, content, known, configuration), about) : new Map(),
        tokens: about,
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
        }),
      );
    case "comment":
      if (reading.undone.has(fact.id)) return [];
      return named(
        commentEvents({ comment: fact, known, aliases: reading.aliases, configuration, role: reading.roles.get(fact.id) ?? null }),
      );
    case "run":
      return runEvents(fact, reading.tokens, settings);
    default:
      return [];
  }
}

/** A commit by which a plan was written back, or that brought a pull request of ours along: bookkeeping, whatever it says. */
function isOwnCommit(commit: CommitFact, pulls: readonly PullFact[]): boolean {
  return isSyncBranch(commit.branch) || revisionIn(commit.message) !== null || arrivedThroughPull(commit, pulls.filter(isOwnPull));
}

/** A branch bears on the tasks its name names and on those that commits on it name; completion branches on none. */
function branchEvents(fact: BranchFact, worked: ReadonlySet<Token>, reading: Reading): readonly (readonly [Token, TaskEvent])[] {
  const configuration = reading.settings.at(fact.at);
  if (isSyncBranch(fact.name) || completes(fact.name, configuration, reading.settings)) return [];
  const named = new Map(
    readReferences(fact.name, "branch", reading.known, configuration.verbs).references.map((reference) => [
      reference.token,
      reference.words,
    ]),
  );
  const about = reading.about.get(fact.thing) ?? nothing;
  const tokens = new Set([...[...named.keys()].filter((token) => about.has(token)), ...worked]);
  return [...tokens].map((token) => [
    token,
    {
      kind: "branch",
      name: fact.name,
      live: fact.head !== null,
      names: named.has(token),
      at: fact.at,
      rank: ranks.branch,
      id: fact.id,
      cause: {
        fact: fact.id,
        rule: fact.head === null ? "branch-deleted" : "branch-pushed",
        actor: fact.actor,
        link: fact.head === null ? null : linkTo(fact),
        words: named.get(token) ?? fact.name,
      },
    },
  ]);
}

/** An issue bears on the tasks its labels and its title name, and on those that commands in it link. */
function eventsOfIssue(fact: IssueFact, linked: ReadonlySet<Token>, reading: Reading): readonly (readonly [Token, TaskEvent])[] {
  return issueEvents({
    issue: fact,
    links: linksOf(fact, reading.known, reading.roles.get(fact.thing) ?? null),
    tokens: new Set([...(reading.about.get(fact.thing) ?? nothing), ...linked]),
    configuration: reading.settings.at(fact.at),
    actor: reading.roles.get(fact.id) ?? null,
  });
}

const trusted = (role: Role | undefined): boolean => role !== undefined && role !== "none" && role !== "read";

function completes(branch: string, configuration: Configuration, settings: SettingsInTime): boolean {
  return isCompletionBranch(branch, configuration, settings.defaultBranch);
}

function only(namings: ReadonlyMap<Token, PullNaming>, tokens: ReadonlySet<Token>): ReadonlyMap<Token, PullNaming> {
  return new Map([...namings].filter(([token]) => tokens.has(token)));
}

/** The tasks of those events that have a key, by it. */
function tokensBy<K>(
  events: readonly (readonly [Token, TaskEvent])[],
  key: (event: TaskEvent) => K | null,
): ReadonlyMap<K, ReadonlySet<Token>> {
  const tokens = new Map<K, Set<Token>>();
  for (const [token, event] of events) {
    const known = key(event);
    if (known === null) continue;
    const set = tokens.get(known);
    if (set === undefined) tokens.set(known, new Set([token]));
    else set.add(token);
  }
  return tokens;
}

/** Which tokens each thing may bear on: as mentioned, aliases followed. */
function aboutOf(mentions: readonly Mention[], aliases: Aliases, tokens: ReadonlySet<Token>): ReadonlyMap<Thing, ReadonlySet<Token>> {
  const about = new Map<Thing, Set<Token>>();
  for (const mention of mentions) {
    const token = tokens.has(mention.token) ? mention.token : aliases.follow(mention.token);
    if (!tokens.has(token)) continue;
    const set = about.get(mention.thing);
    if (set === undefined) about.set(mention.thing, new Set([token]));
    else set.add(token);
  }
  return about;
}

function byKind(facts: readonly Fact[]): Pick<Reading, "pulls" | "contents" | "roles"> {
  const of = <K extends FactKind>(kind: K) => facts.filter((fact): fact is Extract<Fact, { kind: K }> => fact.kind === kind);
  return {
    pulls: of("pull"),
    contents: new Map(of("pull-content").map((fact) => [`${fact.number}:${fact.headSha}`, fact])),
    roles: new Map(of("permission").map((fact) => [fact.about, fact.role])),
  };
}
