import { holdsUpIn } from "../schedule/blockers.ts";
import type { MilestoneProgress } from "../schedule/milestones.ts";
import { type Readiness, tasksByKey } from "../schedule/readiness.ts";
import type { PlanForecast, Schedule } from "../schedule/schedule.ts";
import { keyOf } from "../schedule/task-key.ts";
import type { Days } from "../schedule/timetable.ts";
import { type Board, type BoardTask, isFinished } from "../words.ts";
import { lineUrl } from "./addresses.ts";
import type { DiagramTask, GanttBar, GanttView, GraphView, Standing } from "./diagram-views.ts";
import type { Shown } from "./task-cells.ts";

/** What the diagrams of one plan are drawn from. */
export type Drawn = Shown & {
  readonly board: Board;
  readonly milestones: readonly MilestoneProgress[];
  readonly schedule: Schedule;
  readonly finished: ReadonlyMap<string, Days>;
  readonly readiness: ReadonlyMap<string, Readiness>;
};

/**
 * The open tasks from the day on which each is planned to begin, and the completed ones as they were worked on, by milestone; those of none
 * come last. Without any open one there is nothing to draw.
 */
export function ganttOf(drawn: Drawn): GanttView {
  const known = tasksByKey(drawn.board.tasks);
  const bars = new Map([...known].flatMap(([key, task]) => barOf(drawn, key, task)));
  if ([...bars.values()].every(({ standing }) => standing === "completed")) return { sections: [] };
  const grouped = new Set(drawn.milestones.flatMap(({ tasks }) => tasks));
  const barsOf = (keys: Iterable<string>): readonly GanttBar[] => [...new Set(keys)].flatMap((key) => bars.get(key) ?? []);
  const sections = drawn.milestones.map(({ id, title, due, percent, tasks }) => ({
    title: title === "" ? id : title,
    due,
    reached: percent === 100,
    bars: barsOf(tasks),
  }));
  return {
    sections: [...sections, { title: "", due: null, reached: false, bars: barsOf([...bars.keys()].filter((key) => !grouped.has(key))) }],
  };
}

function barOf(drawn: Drawn, key: string, task: BoardTask): readonly (readonly [string, GanttBar])[] {
  const bar = (days: Days | undefined, standing: Standing) =>
    [[key, { ...diagramTask(drawn, task), start: days?.start ?? null, end: days?.finish ?? null, standing }]] as const;
  if (task.state.status === "completed") return bar(drawn.finished.get(key), "completed");
  const dates = drawn.schedule.tasks.get(key);
  return dates === undefined ? [] : bar(dates.planned, standingOf(drawn, task));
}

/** What the unfinished tasks wait for. What nobody means to do now is none of them. */
export function graphOf(drawn: Drawn): GraphView {
  const behind = holdsUpIn(drawn.board.tasks);
  const tasks = [...tasksByKey(drawn.board.tasks)].flatMap(([key, task]) => {
    if (isFinished(task.state.status)) return [];
    const waitsFor = (drawn.readiness.get(key)?.waitingOn ?? []).map(keyOf);
    return [{ ...diagramTask(drawn, task), key, standing: standingOf(drawn, task), waitsFor, holdsUp: behind.get(task) ?? none }];
  });
  return { tasks };
}

const none = { tasks: 0, hours: 0 };

const diagramTask = ({ web, branch, schedule }: Drawn, task: BoardTask): DiagramTask => ({
  id: task.id,
  title: task.title,
  url: lineUrl({ web, at: branch }, task.file, task.line),
  critical: schedule.tasks.get(keyOf(task))?.critical ?? false,
});

function standingOf({ readiness }: Drawn, task: BoardTask): Exclude<Standing, "completed"> {
  const { status } = task.state;
  if (status === "blocked" || status === "in-progress") return status;
  return readiness.get(keyOf(task))?.ready === true ? "ready" : "waiting";
}

/** The forecast of the board's plan; undefined where the schedule knows no such plan. */
export const forecastIn = (schedule: Schedule, { path }: Board): PlanForecast | undefined =>
  schedule.plans.find((plan) => plan.path === path);
