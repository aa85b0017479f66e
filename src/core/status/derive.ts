import { type Known, knownFrom } from "../evidence/known.ts";
import { rowKey } from "../plan/compare.ts";
import {
  type AuditEntry,
  type Configuration,
  canonicalJson,
  type Derived,
  type DerivedTask,
  type Fact,
  type FoldedTask,
  type History,
  type Homes,
  type Planned,
  type RowStatement,
  type TaskMaterial,
  type TasksMaterial,
  type Token,
  type Track,
  type Transition,
} from "../words.ts";
import { type Aliases, aliasesIn } from "./aliases.ts";
import { commandAudit } from "./command-audit.ts";
import { ranks, type TaskEvent } from "./event.ts";
import { foldTask } from "./fold.ts";
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
    tasks: new Set(material.tasks.map(rowKey)),
    known,
    aliases: aliasesIn(settings.now),
    settings,
  });

  const stating = material.tasks.map((task) => ({ task, stated: statedByPeople(task, material.facts) }));
  const first = foldAll(stating, events, material.tracks, settings);
  const tracks = new Map([...material.tracks, ...first.map((task): readonly [string, Track] => [keyOf(task), task.folded.track])]);
  // What a task waits for is a question about other tasks without their holds, so a second round settles it for good.
  const derived = foldAll(stating, events, tracks, settings);

  const changed = derived.filter((task) => !isStored(task));
  return { tasks: changed, audit: [...changed.flatMap(auditOf), ...commandAudit({ facts: material.facts, fresh, known, settings })] };
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

function foldAll(
  tasks: readonly { readonly task: TaskMaterial; readonly stated: readonly RowStatement[] }[],
  events: ReadonlyMap<string, readonly TaskEvent[]>,
  tracks: ReadonlyMap<string, Track>,
  settings: SettingsInTime,
): readonly DerivedTask[] {
  const requires = settings.now.completionRequires.map((name) => name.toLowerCase());
  return tasks.flatMap(({ task, stated }) => {
    const blockedBy = settings.now.dependencies === "block" && task.present ? task.declared.dependencies : [];
    const waits = new Set([
      ...blockedBy,
      ...(events.get(rowKey(task)) ?? []).flatMap((event) => (event.kind === "block" && event.on !== null ? [event.on] : [])),
    ]);
    const blockers = [...waits].flatMap((token) => blockerEvents(token, tracks.get(`${task.scope} ${token}`) ?? []));
    const all = [...stated.map(rowEvent), ...(events.get(rowKey(task)) ?? []), ...blockers];
    const options = { token: task.token, requires, blockedBy, issuesBlock: settings.now.dependencies === "block" };
    const folded = foldTask(withoutUndone(all, options), options);
    return folded === null ? [] : [{ ...task, folded }];
  });
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

function blockerEvents(token: Token, track: Track): readonly TaskEvent[] {
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
