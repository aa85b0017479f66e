import { type Known, knownFrom } from "../evidence/known.ts";
import { rowKey } from "../plan/compare.ts";
import {
  type AuditEntry,
  type CarriedFold,
  type Configuration,
  canonicalJson,
  type Derived,
  type DerivedTask,
  type Fact,
  type FoldedTask,
  type History,
  type Homes,
  type Keeping,
  type Planned,
  type RowStatement,
  type TasksMaterial,
  type Token,
  type Track,
  type Transition,
} from "../words.ts";
import { type Aliases, aliasesIn } from "./aliases.ts";
import { commandAudit } from "./command-audit.ts";
import { ranks, type TaskEvent } from "./event.ts";
import { foldTask } from "./fold.ts";
import { type Folding, keepingOf, readKept, readKeptEvent, startFrom, waitsIn } from "./kept-fold.ts";
import { statedByPeople } from "./proposals.ts";
import { readEvents } from "./read-events.ts";
import { type SettingsInTime, settingsInTime } from "./settings-in-time.ts";
import { withoutUndone } from "./undo.ts";

/** The configuration in force, now and at other times. */
export type Context = Pick<Planned, "configurations" | "configuration" | "defaultBranch">;

/**
 * History before → history after, for every task that the batch touches. A function of the set of facts: the order in which they came,
 * repeats and batching make no difference to histories and states. `fresh` are the batch's new facts (only the audit of commands asks).
 */
export function derive(planned: Context, material: TasksMaterial, fresh: readonly Fact[]): Derived {
  const settings = settingsInTime(planned.configurations, planned.defaultBranch);
  const known = knownTo(material.homes, planned.configuration);
  const events = readEvents({
    facts: material.facts,
    mentions: material.mentions,
    tasks: new Set(material.tasks.map(rowKey).filter((task) => carriedIn(material, task) === null)),
    known,
    aliases: aliasesIn(settings.now),
    settings,
  });

  const first = foldAll(material, { events, tracks: material.tracks, settings });
  const tracks = new Map([
    ...material.tracks,
    ...first.map(({ derived }): readonly [string, Track] => [keyOf(derived), derived.folded.track]),
  ]);
  // What a task waits for is a question about other tasks without their holds, so a second round settles it for good.
  const settled = new Map(first.flatMap((one) => (one.waits ? [] : [[rowKey(one.derived), one] as const])));
  const folds = foldAll(material, { events, tracks, settings, settled });

  const changed = folds.flatMap(({ derived }) => (isStored(derived) ? [] : [derived]));
  return {
    tasks: changed,
    audit: [...changed.flatMap(auditOf), ...commandAudit({ facts: material.facts, fresh, known, settings })],
    keepings: keepingsOf(material, folds),
  };
}

const carriedIn = (material: TasksMaterial, task: string): CarriedFold | null => material.kept?.folds.get(task) ?? null;

/** Only for tasks that have a kept fold already, or deserve one now. */
function keepingsOf({ kept }: TasksMaterial, folds: readonly Folded[]): readonly Keeping[] {
  if (kept === undefined) return [];
  return folds.flatMap(({ folding, carried }) => {
    const keeping = keepingOf(folding, carried, kept.limits);
    if (keeping === null || (keeping.kind === "nothing" && !kept.folds.has(rowKey(folding.task)))) return [];
    return [keeping];
  });
}

/** `scope token`: how tracks are keyed. */
export const keyOf = (task: { readonly scope: string; readonly token: Token }): string => `${task.scope} ${task.token}`;

/** What readers of texts may know of the plans: ids and where they live, with the aliases and retired ids in force now. */
export function knownTo(homes: Homes, configuration: Configuration): Known {
  const aliases = aliasesIn(configuration);
  return knownFrom({
    ids: [...homes].flatMap(([token, [home]]) => (home === undefined || isReplaced(token, homes, aliases) ? [] : [home.id])),
    homes,
    aliases: Object.assign({}, ...configuration.plans.map((plan) => plan.aliases)),
    retired: configuration.plans.flatMap((plan) => plan.retired),
  });
}

/** Whether no row has the id any more because an alias says what it is called now. */
const isReplaced = (token: Token, homes: Homes, aliases: Aliases): boolean =>
  (homes.get(token) ?? []).every((home) => !home.present) && (homes.get(aliases.follow(token)) ?? []).some((home) => home.present);

/** `waits` = it rests on other tasks. */
type Folded = {
  readonly derived: DerivedTask;
  readonly folding: Folding;
  readonly carried: CarriedFold | null;
  readonly waits: boolean;
};

function foldAll(
  material: TasksMaterial,
  so: {
    readonly events: ReadonlyMap<string, readonly TaskEvent[]>;
    readonly tracks: ReadonlyMap<string, Track>;
    readonly settings: SettingsInTime;
    /** What need not be folded again, by `rowKey`. */
    readonly settled?: ReadonlyMap<string, Folded>;
  },
): readonly Folded[] {
  const { now } = so.settings;
  const requires = now.completionRequires.map((name) => name.toLowerCase());
  return material.tasks.flatMap((task) => {
    const settled = so.settled?.get(rowKey(task));
    if (settled !== undefined) return [settled];
    const carried = carriedIn(material, rowKey(task));
    const options = {
      token: task.token,
      requires,
      blockedBy: now.dependencies === "block" && task.present ? task.declared.dependencies : [],
      issuesBlock: now.dependencies === "block",
    };
    const own =
      carried === null
        ? [...statedByPeople(task, material.facts).map(rowEvent), ...(so.events.get(rowKey(task)) ?? [])]
        : carried.tail.map(readKeptEvent);
    const waits = new Set([...options.blockedBy, ...(carried === null ? [] : (readKept(carried)?.waits ?? [])), ...waitsIn(own)]);
    const blockers = [...waits].flatMap((token) => blockerEvents(token, so.tracks.get(`${task.scope} ${token}`) ?? []));
    const folding = { task: { scope: task.scope, token: task.token }, own, blockers, options, track: task.stored?.track ?? [] };
    const folded = carried === null ? foldTask(withoutUndone([...own, ...blockers], options), options) : foldOn(folding, carried);
    return folded === null ? [] : [{ derived: { ...task, folded, earlier: carried?.steps ?? 0 }, folding, carried, waits: waits.size > 0 }];
  });
}

function foldOn({ own, blockers, options, track }: Folding, carried: CarriedFold): FoldedTask | null {
  const start = startFrom(carried, track);
  if (start === null) throw new Error(`the kept fold of ${options.token} cannot be read, though it was`);
  return foldTask([...own, ...blockers.filter((event) => event.at > carried.at)], options, start);
}

function rowEvent(row: RowStatement): TaskEvent {
  return {
    kind: "row",
    status: row.status,
    at: row.at,
    rank: ranks.row,
    id: `${row.fact}:${row.token}`,
    cause: { fact: row.fact, rule: "plan-row", actor: null, link: `commit/${row.commit}`, words: row.written },
  };
}

/** When a task that others wait for was finished and when it was not, as their events. */
export function blockerEvents(token: Token, track: Track): readonly TaskEvent[] {
  return track.map((step) => ({
    kind: "blocker",
    token,
    finished: step.finished,
    at: step.at,
    rank: ranks.blocker,
    id: `blocker:${token}:${step.at}`,
    cause: { fact: `task:${token}`, rule: step.finished ? "blocker-finished" : "blocker-reopened", actor: null, link: null, words: token },
  }));
}

function isStored(task: DerivedTask): boolean {
  const { stored, folded, present } = task;
  return stored !== null && stored.present === present && sameFold(stored, folded);
}

function sameFold(a: FoldedTask, b: FoldedTask): boolean {
  const plain = ({ state, history, track, waitsFor }: FoldedTask) => canonicalJson([state, history, track, waitsFor]);
  return plain(a) === plain(b);
}

/** Audit entries that turn the stored history into the derived one; nothing dated before the plan was watched is audited singly. */
function auditOf(task: DerivedTask): readonly AuditEntry[] {
  const before = since(task.stored?.history ?? [], task.watchedSince);
  const after = since(task.folded.history, task.watchedSince);
  const vanished = before.filter((transition) => !after.some((other) => isSame(transition, other)));
  const appeared = after.filter((transition) => !before.some((other) => isSame(transition, other)));
  const last = after.at(-1) ?? task.folded.history.at(-1);
  const entry = (action: AuditEntry["action"], transition: Transition, from: unknown, to: unknown): AuditEntry => ({
    at: transition.at,
    actor: transition.cause.actor,
    action,
    entityType: "task",
    entityId: `${task.scope}#${task.declared.id}`,
    before: from,
    after: to,
    cause: transition.cause,
  });
  const corrected = vanished.map((transition) => entry("task.history_corrected", transition, transition, null));
  const appended = appeared.map((transition) =>
    transition.before === null
      ? entry("task.created", transition, null, { status: transition.after, title: task.declared.title })
      : entry("task.status_changed", transition, { status: transition.before }, { status: transition.after }),
  );
  if (last === undefined || task.stored === null || task.stored.present === task.present) return [...corrected, ...appended];
  const gone = entry(task.present ? "task.restored" : "task.removed", last, { present: task.stored.present }, { present: task.present });
  return [...corrected, ...appended, { ...gone, actor: null, cause: null }];
}

const since = (history: History, time: number): History => history.filter((transition) => transition.at > time);

const isSame = (a: Transition, b: Transition): boolean =>
  a.at === b.at && a.before === b.before && a.after === b.after && a.cause.fact === b.cause.fact && a.cause.rule === b.cause.rule;
