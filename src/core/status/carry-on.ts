import { rowKey } from "../plan/compare.ts";
import {
  type CarriedFold,
  canonicalJson,
  type Fact,
  type FactKind,
  type KeptFold,
  type TaskMaterial,
  type TasksMaterial,
} from "../words.ts";
import { aliasesIn } from "./aliases.ts";
import { blockerEvents, type Context, keyOf, knownTo } from "./derive.ts";
import { inOrder, type TaskEvent } from "./event.ts";
import { once } from "./fold.ts";
import { blockerLine, type KeptBody, keptEventOf, pastOf, readKept, readKeptEvent, waitsIn } from "./kept-fold.ts";
import { subjectOf, subjectsIn } from "./put-away.ts";
import { type Past, readEvents } from "./read-events.ts";
import { settingsInTime } from "./settings-in-time.ts";

/** Facts whose whole bearing on other facts is found around them. Any other kind makes every task be folded whole. */
const foundAround: ReadonlySet<FactKind> = new Set<FactKind>([
  "pull",
  "pull-content",
  "review",
  "commit",
  "push",
  "branch",
  "comment",
  "permission",
  "issue",
  "run",
  "deployment",
  "merge-group",
  "rerequest",
  "plan",
  "configuration",
]);

export const isFoundAround = (fresh: readonly Fact[]): boolean => fresh.every((fact) => foundAround.has(fact.kind));

/** What a fact may speak of by name, as `pastOf` calls it. */
export function namesOf(fact: Fact): readonly string[] {
  if (fact.kind === "branch") return [`branch:${fact.name}`, `on:${fact.name}`];
  if (fact.kind === "commit") return [`branch:${fact.branch}`, `on:${fact.branch}`];
  if (fact.kind === "comment") return [`linked:${fact.issue}`];
  return [fact.thing, fact.thing.replace(/^issue:/, "linked:")];
}

/** A task's kept fold, as read. */
export type ReadFold = { readonly fold: KeptFold; readonly body: KeptBody; readonly tail: readonly TaskEvent[] };

export function readFold(fold: KeptFold): ReadFold | null {
  const body = readKept(fold);
  return body === null ? null : { fold, body, tail: fold.tail.map(readKeptEvent) };
}

/** Pull requests that are open as far as the task knows. */
export function openPulls({ body, tail }: ReadFold): readonly number[] {
  const states = new Map([...body.state.pulls].map(([number, pull]) => [number, pull.state]));
  for (const event of inOrder(tail)) if (event.kind === "pull") states.set(event.number, event.state);
  return [...states].flatMap(([number, state]) => (state === "open" || state === "draft" ? [number] : []));
}

/**
 * Brings kept folds on by a batch, as far as that is safe; a task that is missing in the answer must be folded whole. The events of what is
 * around the fresh facts are read without and with these: whatever differs is the batch's doing, and nothing else can have changed. A
 * difference at or before the time of a fold, or one that does not fit its tail, makes it useless.
 */
export function carryOn(input: {
  readonly context: Context;
  /** What is around the fresh facts, and the facts themselves. */
  readonly around: Pick<TasksMaterial, "facts" | "mentions" | "homes" | "tracks">;
  readonly fresh: readonly Fact[];
  /** Every task of the batch. */
  readonly tasks: readonly TaskMaterial[];
  /** By `rowKey`. */
  readonly kept: ReadonlyMap<string, ReadFold>;
}): ReadonlyMap<string, CarriedFold> {
  const { context, around, kept } = input;
  const settings = settingsInTime(context.configurations, context.defaultBranch);
  const read = (facts: readonly Fact[]) =>
    readEvents({
      facts,
      mentions: around.mentions,
      tasks: new Set(kept.keys()),
      known: knownTo(around.homes, context.configuration),
      aliases: aliasesIn(context.configuration),
      settings,
      past: pastIn(kept),
    });
  const fresh = new Set(input.fresh.map((fact) => fact.id));
  const before = read(around.facts.filter((fact) => !fresh.has(fact.id)));
  const after = read(around.facts);
  const carried = new Map<string, CarriedFold>();
  for (const [task, one] of kept) {
    const told = { before: before.get(task) ?? [], after: after.get(task) ?? [] };
    const on = carriedBy(one, told, fresh);
    if (on !== null) carried.set(task, on);
  }
  return withoutMovedBlockers({ ...input, carried });
}

function pastIn(kept: ReadonlyMap<string, ReadFold>): Past {
  const [branches, issues] = [new Map<string, Set<string>>(), new Map<number, Set<string>>()];
  for (const [task, { fold, tail }] of kept) {
    for (const name of new Set([...fold.past, ...tail.flatMap(pastOf)])) {
      const branch = /^on:(.*)$/s.exec(name)?.[1];
      const issue = /^linked:(.*)$/.exec(name)?.[1];
      if (branch !== undefined) branches.set(branch, (branches.get(branch) ?? new Set()).add(task));
      if (issue !== undefined) issues.set(Number(issue), (issues.get(Number(issue)) ?? new Set()).add(task));
    }
  }
  return { branches, issues };
}

function carriedBy(
  { fold, body, tail }: ReadFold,
  told: { readonly before: readonly TaskEvent[]; readonly after: readonly TaskEvent[] },
  fresh: ReadonlySet<string>,
): CarriedFold | null {
  const [before, after, standing] = [byKey(told.before), byKey(told.after), byKey(tail)];
  const removed = [...before].filter(([key, event]) => !isSame(event, after.get(key)));
  const added = [...after].filter(([key, event]) => !isSame(event, before.get(key)) && !isSame(event, standing.get(key)));
  const gone = new Set(removed.map(([key]) => key));
  if ([...removed, ...added].some(([, event]) => event.at <= fold.at)) return null;
  if (removed.some(([key, event]) => !isSame(event, standing.get(key)) || isLeaning(event, after.get(key)))) return null;
  if (added.some(([key]) => standing.has(key) && !gone.has(key))) return null;
  const remembered = new Set([...subjectsIn(body.state), ...tail.map(subjectOf)]);
  if (added.some(([, event]) => isBeyond(event, remembered, (name) => fresh.has(event.cause.fact) && !fold.past.has(name)))) return null;
  const stays = [...standing].flatMap(([key, event]) => (gone.has(key) ? [] : [event]));
  const came = added.map(([, event]) => keptEventOf(event));
  return { ...fold, tail: [...stays.map(keptEventOf), ...came], added: came, removed: [...gone] };
}

/**
 * Whether an event asks for more than was kept: for all that was ever said or done, for what became of another task before, or for a pull
 * request or a branch that was put away as it stood.
 */
function isBeyond(event: TaskEvent, remembered: ReadonlySet<string | null>, isNew: (subject: string) => boolean): boolean {
  if (reaching.has(event.kind) || (event.kind === "block" && event.on !== null)) return true;
  const subject = subjectOf(event);
  return subject !== null && !remembered.has(subject) && !isNew(subject);
}

/** Events whose meaning rests on any others, however old: what is taken back, and what issues at both ends of an edge say. */
const reaching: ReadonlySet<TaskEvent["kind"]> = new Set(["undo", "reverted", "vanished", "relation", "other-issue"]);

/** Whether other events may rest on one that is gone now. */
const isLeaning = (event: TaskEvent, now: TaskEvent | undefined): boolean =>
  reaching.has(event.kind) || ((event.kind === "touched" || event.kind === "link") && now?.kind !== event.kind);

const byKey = (events: readonly TaskEvent[]): ReadonlyMap<string, TaskEvent> =>
  new Map(once(inOrder(events)).map((event) => [keptEventOf(event).key, event]));

const isSame = (a: TaskEvent, b: TaskEvent | undefined): boolean => b !== undefined && canonicalJson(a) === canonicalJson(b);

/** A fold rests on when other tasks were finished: those must not be in the batch themselves, unless they go on from the same time or later. */
function withoutMovedBlockers(input: {
  readonly context: Context;
  readonly around: Pick<TasksMaterial, "tracks">;
  readonly tasks: readonly TaskMaterial[];
  readonly kept: ReadonlyMap<string, ReadFold>;
  readonly carried: ReadonlyMap<string, CarriedFold>;
}): ReadonlyMap<string, CarriedFold> {
  const batch = new Set(input.tasks.map(rowKey));
  const standing = new Map(input.carried);
  const isMoved = (task: TaskMaterial, fold: KeptFold, { body, tail }: ReadFold): boolean => {
    const blockedBy = input.context.configuration.dependencies === "block" && task.present ? task.declared.dependencies : [];
    const waits = [...new Set([...blockedBy, ...body.waits, ...waitsIn(tail)])];
    const steps = waits.flatMap((token) => blockerEvents(token, input.around.tracks.get(keyOf({ ...task, token })) ?? []));
    const lines = steps.filter((step) => step.at <= fold.at).map(blockerLine);
    if (canonicalJson(lines.sort()) !== canonicalJson(body.blockers)) return true;
    return waits.some((token) => {
      const other = rowKey({ ...task, token });
      return batch.has(other) && (standing.get(other)?.at ?? Number.NEGATIVE_INFINITY) < fold.at;
    });
  };
  for (;;) {
    const moved = input.tasks.filter((task) => {
      const [fold, one] = [standing.get(rowKey(task)), input.kept.get(rowKey(task))];
      return fold !== undefined && one !== undefined && isMoved(task, fold, one);
    });
    if (moved.length === 0) return standing;
    for (const task of moved) standing.delete(rowKey(task));
  }
}
