import type { Board, BoardTask, Configuration, Instant, IsoDate, Status } from "../words.ts";
import { type Milestone, milestonesByName } from "./membership.ts";
import { networkAfter } from "./network-after.ts";
import { criticalTasks } from "./schedule.ts";
import type { TaskIndex } from "./task-index.ts";
import { keyOf } from "./task-key.ts";
import { daysOf, finishOf, openPlaces, type Timetable, timetableOf } from "./timetable.ts";
import { calendarOf } from "./working-time.ts";

/** The plans as they are, or as they would be. `index` and `milestones` are those of the same boards, `statuses` stand by place. */
export type Side = {
  readonly boards: readonly Board[];
  readonly index: TaskIndex;
  readonly configuration: Configuration;
  readonly milestones: readonly Milestone[];
  readonly statuses: readonly Status[];
};

/**
 * How the planned end of something moves: dates by owner's capacity if every task takes its estimate (`Expected.levelled`), null where
 * nothing of it is left. `days` = working days, and parts of one, by which it is later; below 0 earlier. An end that is reached by the
 * change, or that was reached before it, is measured from the beginning of today.
 */
export type EndShift = { readonly before: IsoDate | null; readonly after: IsoDate | null; readonly days: number };
/** Those that move only. */
export type MilestoneEndShift = EndShift & Pick<Milestone, "id" | "title" | "due">;
/** `critical` = the first critical path before and after, from first to last; null where it is the same tasks. Plans that keep both are left out. */
export type PlanEndShift = EndShift & {
  readonly path: string;
  readonly critical: { readonly before: readonly BoardTask[]; readonly after: readonly BoardTask[] } | null;
};
export type ScheduleShift = { readonly milestones: readonly MilestoneEndShift[]; readonly plans: readonly PlanEndShift[] };

/**
 * How a change moves ends and critical paths. Ends are planned, not simulated: two simulations of 10 000 tasks take a second, a pull
 * request is to be answered at once, and what a reader compares is the same plan with and without the change.
 */
export function shiftOf(before: Side, after: Side, now: Instant): ScheduleShift {
  const was = layOut(before, now);
  const becomes = layOut(after, now, before.index === after.index && before.configuration === after.configuration ? was : null);
  return { milestones: milestoneShifts(was, becomes), plans: planShifts(was, becomes) };
}

type Laid = { readonly side: Side; readonly timetable: Timetable };

/** `same` = the same plans with other statuses. */
function layOut(side: Side, now: Instant, same: Laid | null = null): Laid {
  const setting = { ...side, calendar: calendarOf(side.configuration), now };
  if (same === null) return { side, timetable: timetableOf(setting) };
  return {
    side,
    timetable: timetableOf(setting, networkAfter(setting, { network: same.timetable.network, statuses: same.side.statuses })),
  };
}

function milestoneShifts(was: Laid, becomes: Laid): readonly MilestoneEndShift[] {
  const [before, after] = [endsOf(was), endsOf(becomes)];
  const earlier = milestonesByName(was.side.milestones);
  return [...milestonesByName(becomes.side.milestones)].flatMap(([name, { milestone, at }]) => {
    const ends = { before: before[earlier.get(name)?.at ?? -1] ?? null, after: after[at] ?? null };
    const shift = shiftBetween(was.timetable, becomes.timetable, ends);
    return shift.days === 0 ? [] : [{ id: milestone.id, title: milestone.title, due: milestone.due, ...shift }];
  });
}

const endsOf = ({ side, timetable }: Laid): readonly (number | null)[] => side.milestones.map(({ members }) => endOf(timetable, members));

function endOf({ placeOf, levelled }: Timetable, tasks: readonly BoardTask[]): number | null {
  const places = openPlaces(placeOf, tasks);
  return places.length === 0 ? null : finishOf(places, levelled.finish);
}

function planShifts(was: Laid, becomes: Laid): readonly PlanEndShift[] {
  const planBefore = new Map(was.side.boards.map(({ path }, plan) => [path, plan]));
  return becomes.side.boards.flatMap(({ path, tasks }, plan) => {
    const earlier = planBefore.get(path);
    const ends = {
      before: endOf(was.timetable, was.side.boards[earlier ?? -1]?.tasks ?? []),
      after: endOf(becomes.timetable, tasks),
    };
    const shift = shiftBetween(was.timetable, becomes.timetable, ends);
    const [first, then] = [earlier === undefined ? [] : criticalPath(was.timetable, earlier), criticalPath(becomes.timetable, plan)];
    const critical = first.map(keyOf).join() === then.map(keyOf).join() ? null : { before: first, after: then };
    return shift.days === 0 && critical === null ? [] : [{ path, ...shift, critical }];
  });
}

const criticalPath = (timetable: Timetable, plan: number): readonly BoardTask[] => criticalTasks(timetable, plan).paths[0] ?? [];

function shiftBetween(
  was: Timetable,
  becomes: Timetable,
  ends: { readonly before: number | null; readonly after: number | null },
): EndShift {
  const date = (timetable: Timetable, end: number | null): IsoDate | null => (end === null ? null : daysOf(timetable, end, end).finish);
  // Each side by its own working day: a change of `hours_per_day` moves days, not hours.
  const days = (ends.after ?? 0) / becomes.calendar.minutesPerDay - (ends.before ?? 0) / was.calendar.minutesPerDay;
  return { before: date(was, ends.before), after: date(becomes, ends.after), days: Math.round(days * 1000) / 1000 };
}
