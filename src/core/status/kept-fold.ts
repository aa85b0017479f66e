import { z } from "zod";
import type { CarriedFold, Keeping, KeepLimits, KeptEvent, KeptFold, Scope, Token, Track, Transition } from "../words.ts";
import { inOrder, type TaskEvent } from "./event.ts";
import { type FoldOptions, type FoldStart, foldEvents, once } from "./fold.ts";
import { emptyFold, type FoldState } from "./fold-state.ts";
import { isLoss, putAway, subjectOf } from "./put-away.ts";

/**
 * What is kept of a fold, so that a task with many events need not be folded from the start. It holds for as long as no event up to its
 * time changes: `carryOn` sees to that.
 */
export type KeptBody = {
  readonly state: FoldState;
  readonly last: Transition;
  /** Tasks that commands up to then made it wait for, and when those were finished. */
  readonly waits: ReadonlySet<Token>;
  readonly blockers: readonly string[];
};

/** One task as folded: its own events in any order, those of the tasks it waits for, and from where they were folded. */
export type Folding = {
  readonly task: { readonly scope: Scope; readonly token: Token };
  readonly own: readonly TaskEvent[];
  readonly blockers: readonly TaskEvent[];
  readonly options: FoldOptions;
  readonly track: Track;
};

/** Null where what is stored was written by another version of the fold. */
export function readKept(fold: Pick<KeptFold, "body">): KeptBody | null {
  const read = keptBody.safeParse(revived(fold.body));
  return read.success ? read.data : null;
}

export const readKeptEvent = ({ body }: KeptEvent): TaskEvent => keptEvent.parse(body);

export const keptEventOf = (event: TaskEvent): KeptEvent => ({ key: `${event.id} ${event.kind}`, body: event });

/** Where the fold of a task goes on from. `track` = as stored. */
export function startFrom(fold: KeptFold, track: Track): FoldStart | null {
  const body = readKept(fold);
  return body === null ? null : { state: body.state, last: body.last, track: track.filter((step) => step.at <= fold.at) };
}

/** What is to be kept of this fold; null: all is well as it is stored. `carried` = from where it went on; null: it was folded whole. */
export function keepingOf(folding: Folding, carried: CarriedFold | null, limits: KeepLimits): Keeping | null {
  const { task, own } = folding;
  const events = once(inOrder(own));
  const boundary = events.length > limits.most ? boundaryIn(events, limits.outside) : null;
  if (boundary !== null && isKeepable(events)) {
    const fold = foldUpTo(folding, { events, carried, boundary, limits });
    if (fold !== null) return { ...task, kind: "fold", fold, goesOn: carried !== null };
  }
  if (carried === null) return { ...task, kind: "nothing" };
  const { added, removed } = carried;
  return added.length + removed.length === 0 ? null : { ...task, kind: "tail", added, removed };
}

/** An undo can take back anything that was ever said; two events of one name could not be told apart. */
const isKeepable = (events: readonly TaskEvent[]): boolean =>
  events.every((event) => event.kind !== "undo") && new Set(events.map((event) => keptEventOf(event).key)).size === events.length;

/** How many events to put away: so that the newest stay outside, and no second is divided. Null where that leaves nothing. */
function boundaryIn(events: readonly TaskEvent[], outside: number): number | null {
  const second = (index: number): number => Math.floor((events[index]?.at ?? 0) / 1000);
  let boundary = Math.max(0, events.length - outside);
  while (boundary > 0 && second(boundary - 1) === second(boundary)) boundary -= 1;
  return boundary === 0 ? null : boundary;
}

function foldUpTo(
  { blockers, options, track }: Folding,
  so: {
    readonly events: readonly TaskEvent[];
    readonly carried: CarriedFold | null;
    readonly boundary: number;
    readonly limits: KeepLimits;
  },
): KeptFold | null {
  const { events, carried, boundary, limits } = so;
  const at = events[boundary - 1]?.at ?? 0;
  const before = carried === null ? null : readKept(carried);
  const start = carried === null ? null : startFrom(carried, track);
  const [away, tail] = [events.slice(0, boundary), events.slice(boundary)];
  const steps = blockers.filter((event) => carried === null || event.at > carried.at);
  const { state, history } = foldEvents([...events, ...steps], options, { start, until: at });
  const last = history.at(-1) ?? start?.last;
  if (last === undefined) return null;
  const later = new Set(tail.map(subjectOf));
  if (!tail.some(isLoss)) putAway(state, { ...options, ...limits }, (subject) => !later.has(subject));
  const body: KeptBody = {
    state,
    last,
    waits: new Set([...(before?.waits ?? []), ...waitsIn(away)]),
    blockers: blockers.flatMap((event) => (event.at <= at ? [blockerLine(event)] : [])).sort(),
  };
  return {
    at,
    steps: (carried?.steps ?? 0) + history.length,
    body: plain(body),
    tail: tail.map(keptEventOf),
    past: new Set(away.flatMap(pastOf)),
  };
}

/** What is to be known of an event for ever: `pull:<n>` or `branch:<name>` was spoken of, commits lie `on:<branch>`, `linked:<n>` was commanded. */
export function pastOf(event: TaskEvent): readonly string[] {
  const subject = subjectOf(event);
  const own = subject === null ? [] : [subject];
  if (event.kind === "touched" && event.branch !== null) return [...own, `on:${event.branch}`];
  return event.kind === "link" ? [...own, `linked:${event.number}`] : own;
}

/** Tasks that commands made this one wait for. */
export const waitsIn = (events: readonly TaskEvent[]): readonly Token[] =>
  events.flatMap((event) => (event.kind === "block" && event.on !== null ? [event.on] : []));

/** A step of a task that this one waits for, in one line. */
export const blockerLine = (event: TaskEvent): string => `${event.id}:${event.kind === "blocker" && event.finished}`;

/** As JSON can hold it, whatever the state remembers: maps and sets under names of their own. */
function plain(value: unknown): unknown {
  if (value instanceof Map) return { $map: [...value].map(plain) };
  if (value instanceof Set) return { $set: [...value].map(plain) };
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, plain(member)]));
}

function revived(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revived);
  if (value === null || typeof value !== "object") return value;
  if ("$map" in value) return new Map(entries.parse(value.$map).map(([key, member]) => [key, revived(member)]));
  if ("$set" in value) return new Set(z.array(z.unknown()).parse(value.$set));
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, revived(member)]));
}

const entries = z.array(z.tuple([z.unknown(), z.unknown()]));

const shapeOf = (value: unknown): string => (value instanceof Map ? "map" : value instanceof Set ? "set" : "plain");

/** Whether a value has just what a fold remembers: nothing is missing, and maps are maps. The stored rows are ours alone. */
function isFoldState(value: unknown): boolean {
  if (value === null || typeof value !== "object") return false;
  const known = Object.entries(emptyFold());
  const found = new Map<string, unknown>(Object.entries(value));
  return found.size === known.length && known.every(([key, member]) => found.has(key) && shapeOf(found.get(key)) === shapeOf(member));
}

const object = z.looseObject({});

const keptBody: z.ZodType<KeptBody> = z.object({
  state: z.custom<FoldState>(isFoldState),
  last: z.custom<Transition>((value) => object.safeParse(value).success),
  waits: z.set(z.string()),
  blockers: z.array(z.string()),
});

const event = z.looseObject({ kind: z.string(), id: z.string(), at: z.number(), rank: z.number(), cause: object });

const keptEvent = z.custom<TaskEvent>((value) => event.safeParse(value).success);
