import type { BoardTask, IsoDate } from "../words.ts";
import { type Setting, todayOf } from "./activity.ts";
import { type Times, timesOf } from "./critical-path.ts";
import { type Levelled, level } from "./level.ts";
import { type Network, networkOf } from "./network.ts";
import type { Calendar } from "./working-time.ts";

/** A network with its earliest, latest and levelled times, all in minutes of work since `today` (the number of a working day) began. */
export type Timetable = {
  readonly calendar: Calendar;
  readonly today: number;
  readonly network: Network;
  /** The place of an open task in the network; -1 of any other. */
  readonly placeOf: (task: BoardTask) => number;
  readonly times: Times;
  readonly levelled: Levelled;
};

export function timetableOf(setting: Setting, network = networkOf(setting)): Timetable {
  const times = timesOf(network);
  const levelled = level(network, times, setting.configuration.capacity);
  const places = new Int32Array(setting.index.tasks.length).fill(-1);
  for (const [at, { place }] of network.activities.entries()) places[place] = at;
  const placeOf = (task: BoardTask): number => places[setting.index.placeOf(task)] ?? -1;
  return { calendar: setting.calendar, today: todayOf(setting), network, placeOf, times, levelled };
}

/** Where those of some tasks that are open stand in a network. */
export function openPlaces(placeOf: Timetable["placeOf"], tasks: readonly BoardTask[]): readonly number[] {
  const open: number[] = [];
  for (const task of tasks) {
    const place = placeOf(task);
    if (place !== -1) open.push(place);
  }
  return open;
}

// What ends with a day ends on that day, not on the next; and a sum of thirds must not make it the next.
const grain = 1e-6;

type Clock = Pick<Timetable, "calendar" | "today">;

/** The working day on which something ends that ends after so many minutes. */
export const endDay = ({ calendar, today }: Clock, minutes: number): number =>
  today + Math.max(0, Math.ceil(minutes / calendar.minutesPerDay - grain) - 1);

export type Days = { readonly start: IsoDate; readonly finish: IsoDate };

/** The days from one time to another. What takes no time lies on the day on which it is over. */
export function daysOf(clock: Clock, start: number, finish: number): Days {
  const { calendar, today } = clock;
  const last = endDay(clock, finish);
  const first = Math.min(last, today + Math.floor(start / calendar.minutesPerDay + grain));
  return { start: calendar.dateOf(first), finish: calendar.dateOf(last) };
}

/** When the last of some activities is finished, levelled; 0 of none. */
export const finishOf = (places: readonly number[], finish: Float64Array): number =>
  places.reduce((last, place) => Math.max(last, finish[place] ?? 0), 0);
