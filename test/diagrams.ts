import type { GanttBar, GanttSection, GraphTask } from "../src/core/render/diagram-views.ts";
import { web } from "./sample-plan.ts";

export const bar = (id: string, start: string | null, end: string | null, change: Partial<GanttBar> = {}): GanttBar => ({
  id,
  title: `Task ${id}`,
  url: `${web}/blob/main/docs/plan.csv#L2`,
  critical: false,
  start,
  end,
  standing: "ready",
  ...change,
});

export const ganttSection = (title: string, bars: readonly GanttBar[], change: Partial<GanttSection> = {}): GanttSection => ({
  title,
  due: null,
  reached: false,
  bars,
  ...change,
});

/** An unfinished task that waits for others, by their ids. */
export const waiting = (id: string, waitsFor: readonly string[] = [], change: Partial<GraphTask> = {}): GraphTask => ({
  key: id,
  id,
  title: `Task ${id}`,
  url: `${web}/blob/main/docs/plan.csv#L2`,
  critical: false,
  standing: waitsFor.length === 0 ? "ready" : "waiting",
  waitsFor,
  holdsUp: { tasks: 0, hours: 0 },
  ...change,
});
