import type { Board, BoardTask, Instant, IsoDate, Move, Status } from "../words.ts";
import type { MilestoneForecast } from "./schedule.ts";
import { keyOf, taskKey } from "./task-key.ts";

/** What a task went through in a period: from its first status in it to its last, and when and why it came to that. */
export type Moved = { readonly task: BoardTask; readonly before: Status | null; readonly last: Move };

/** What happened to the tasks of a plan in a period. `others`: whatever else they went through, such as being reopened, deferred or released. */
export type Happened = {
  readonly completed: readonly Moved[];
  readonly started: readonly Moved[];
  readonly blocked: readonly Moved[];
  readonly others: readonly Moved[];
  /** Blocked now, and not newly so. */
  readonly stillBlocked: readonly BoardTask[];
};

/** `told` = moves of the end of the period before that were told then, as `moveKey` names them. */
export type Period = { readonly after: Instant; readonly until: Instant; readonly told: ReadonlySet<string> };

/** What GitHub tells late is told in the next digest, unless it comes more than a day after it happened. */
const lateBy = 24 * 60 * 60_000;

/** From when on moves bear on a period: a day before it begins, for those that were not known when the period before was told. */
export const lookBack = ({ after }: Pick<Period, "after">): Instant => after - lateBy;

/** The moves that the next digest could take for late ones, by name. */
export const toldLately = (moves: readonly Move[], until: Instant): readonly string[] =>
  moves.filter(({ at }) => at > until - lateBy && at <= until).map(moveKey);

/**
 * What happened on a board in a period, each task once, by where it stood before and after all of it: what was begun and taken back within
 * it did not happen. Nothing counts that was before `watchedSince`. Each list is in the order of its last moves.
 */
export function happenedOn(
  board: Board,
  watchedSince: Instant,
  { moves, period }: { readonly moves: readonly Move[]; readonly period: Period },
): Happened {
  const byTask = new Map<string, Move[]>();
  const from = Math.max(watchedSince, lookBack(period));
  for (const move of moves) {
    if (move.at <= from || move.at > period.until || period.told.has(moveKey(move))) continue;
    const key = taskKey(move.scope, move.token);
    const earlier = byTask.get(key);
    if (earlier === undefined) byTask.set(key, [move]);
    else earlier.push(move);
  }
  const moved = board.tasks
    .flatMap((task) => netOf(task, byTask.get(keyOf(task)) ?? []))
    .filter(({ before, last }) => before !== last.after)
    .sort((a, b) => a.last.at - b.last.at);
  const to = (status: Status) => moved.filter(({ last }) => last.after === status);
  const started = to("in-progress").filter(({ before }) => before === null || before === "todo" || before === "deferred");
  const blocked = to("blocked");
  return {
    completed: to("completed"),
    started,
    blocked,
    // A new row that nobody has begun is no news.
    others: moved.filter((one) => one.last.after !== "completed" && !started.includes(one) && !blocked.includes(one) && !isNewRow(one)),
    stillBlocked: board.tasks.filter(
      (task) => task.state.status === "blocked" && blockedSince(task) <= period.until && !blocked.some((one) => one.task === task),
    ),
  };
}

/** Whether anything happened: that something still stands, or that time went by, is no news. */
export const isEventful = ({ completed, started, blocked, others }: Happened): boolean =>
  completed.length + started.length + blocked.length + others.length > 0;

/** Since when a task is blocked: it may be held for one more reason meanwhile. */
export const blockedSince = ({ state }: BoardTask): Instant =>
  state.holds.reduce((oldest, { since }) => Math.min(oldest, since), state.since);

const isNewRow = ({ before, last }: Moved): boolean => before === null && last.after === "todo";

function netOf(task: BoardTask, moves: readonly Move[]): readonly Moved[] {
  const [first, last] = [moves[0], moves.at(-1)];
  return first === undefined || last === undefined ? [] : [{ task, before: first.before, last }];
}

const moveKey = ({ scope, token, at, after }: Move): string => JSON.stringify([scope, token, at, after]);

/** The planned ends of milestones (`Expected.levelled`), as one digest remembers them for the next. */
export type Ends = Readonly<Record<string, IsoDate>>;

/** A milestone that is planned to end later than it was. */
export type Slip = { readonly milestone: MilestoneForecast; readonly was: IsoDate; readonly now: IsoDate };

/** When each milestone that is not done is planned to end. */
export const endsOf = (milestones: readonly MilestoneForecast[]): Ends =>
  Object.fromEntries(named(milestones).flatMap(([name, { forecast }]) => ("levelled" in forecast ? [[name, forecast.levelled]] : [])));

/** The milestones that moved away since their ends were remembered, those that moved farthest first. */
export function slipsOf(milestones: readonly MilestoneForecast[], remembered: Ends): readonly Slip[] {
  const slips = named(milestones).flatMap(([name, milestone]): readonly Slip[] => {
    const was = remembered[name];
    const { forecast } = milestone;
    if (was === undefined || !("levelled" in forecast) || forecast.levelled <= was) return [];
    return [{ milestone, was, now: forecast.levelled }];
  });
  return slips.toSorted((a, b) => movedBy(b) - movedBy(a));
}

/** By how many days of the calendar. */
const movedBy = ({ was, now }: Slip): number => Math.round((Date.parse(now) - Date.parse(was)) / lateBy);

/** Twenty folders may have a first phase each: then the n-th one is meant. */
function named(milestones: readonly MilestoneForecast[]): readonly (readonly [string, MilestoneForecast])[] {
  const met = new Map<string, number>();
  return milestones.map((milestone) => {
    const count = met.get(milestone.id) ?? 0;
    met.set(milestone.id, count + 1);
    return [`${milestone.id}\n${count}`, milestone] as const;
  });
}
