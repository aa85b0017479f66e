import fc from "fast-check";
import { membersOf } from "../src/core/schedule/membership.ts";
import { presentStatus } from "../src/core/schedule/readiness.ts";
import { indexOf } from "../src/core/schedule/task-index.ts";
import { type Timetable, timetableOf } from "../src/core/schedule/timetable.ts";
import { calendarOf } from "../src/core/schedule/working-time.ts";
import type { Board, BoardTask, Configuration } from "../src/core/words.ts";
import { at, board, configuration, task } from "./board.ts";

/** The timetable of some plans on Monday 2026-01-05. */
export function timetable(boards: readonly Board[], change: Partial<Configuration> = {}, now = at(0)): Timetable {
  const settings = configuration(change);
  const milestones = membersOf(boards, settings);
  const index = indexOf(boards);
  return timetableOf({
    index,
    configuration: settings,
    calendar: calendarOf(settings),
    now,
    statuses: index.tasks.map(presentStatus),
    milestones,
  });
}

/** Rows of a textbook: activity, duration, immediate predecessors. A unit of the book is one hour. */
export const network = (...rows: readonly (readonly [string, number, string?])[]): Board =>
  board(rows.map(([id, hours, before = ""]) => task(id, { hours, dependencies: before.split(" ").filter((one) => one !== "") })));

/** Hours by task id, of one of a timetable's arrays of minutes. */
export const hoursById = ({ network: { activities } }: Timetable, minutes: Float64Array): Readonly<Record<string, number>> =>
  Object.fromEntries(activities.map(({ task: { id } }, place) => [id, (minutes[place] ?? Number.NaN) / 60]));

export type Row = {
  readonly hours: number;
  readonly owner: string | null;
  readonly priority: number | null;
  readonly due: string | null;
  readonly start: string | null;
  readonly status: BoardTask["status"];
  /** Of the rows before this one; a row that is not there is no dependency. */
  readonly after: readonly number[];
};

/** Plans of a few tasks without circles. */
export const anyRows = (most = 9): fc.Arbitrary<readonly Row[]> =>
  fc.array(
    fc.record({
      hours: fc.integer({ min: 0, max: 20 }),
      owner: fc.constantFrom("backend", "frontend", null),
      priority: fc.constantFrom(0, 2, null),
      due: fc.constantFrom("2026-01-07", "2026-01-16", null),
      start: fc.constantFrom("2026-01-08", "2026-01-01", null, null, null),
      status: fc.constantFrom("todo", "todo", "todo", "in-progress", "blocked", "completed", "deferred"),
      after: fc.array(fc.integer({ min: 1, max: 5 }), { maxLength: 3 }),
    }),
    { minLength: 1, maxLength: most },
  );

export const tasksOf = (rows: readonly Row[]): readonly BoardTask[] =>
  rows.map(({ after, status, ...row }, index) =>
    task(`A-${index + 1}`, {
      ...row,
      status,
      state: { since: at(-4 * 24 * 60) },
      dependencies: after.flatMap((back) => (index - back >= 0 ? [`A-${index - back + 1}`] : [])),
    }),
  );
