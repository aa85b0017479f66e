/** The plain records that the diagrams take. All texts in them are people's, as written; dates need not be valid. */
import type { IsoDate } from "../words.ts";

/** How a task stands, as far as a diagram tells. A `ready` one can be started; a `waiting` one waits for others. Deferred ones are not drawn. */
export type Standing = "completed" | "in-progress" | "blocked" | "ready" | "waiting";

/** `url` = the task's line in the plan; null where there is no page. */
export type DiagramTask = {
  readonly id: string;
  readonly title: string;
  readonly url: string | null;
  /** On the, or a, critical path. */
  readonly critical: boolean;
};

// ── the gantt chart ───────────────────────────────────────────────────────────────────────────

export type GanttView = { readonly sections: readonly GanttSection[] };

/** A milestone or a phase. `due` is drawn as a mark of its own. An empty title: the tasks of none. */
export type GanttSection = {
  readonly title: string;
  readonly due: IsoDate | null;
  readonly reached: boolean;
  readonly bars: readonly GanttBar[];
};

/** From the first to the last day of work, both included; null where nothing is known. */
export type GanttBar = DiagramTask & { readonly start: IsoDate | null; readonly end: IsoDate | null; readonly standing: Standing };

// ── the dependency graph ──────────────────────────────────────────────────────────────────────

/** The unfinished tasks. */
export type GraphView = { readonly tasks: readonly GraphTask[] };

export type GraphTask = DiagramTask & {
  /** Tells tasks of different scopes apart that share an id. */
  readonly key: string;
  readonly standing: Exclude<Standing, "completed">;
  /** Keys of the unfinished tasks that it waits for directly. Keys that no task of the view has are passed over. */
  readonly waitsFor: readonly string[];
  /** All unfinished tasks behind it, and their hours. */
  readonly holdsUp: { readonly tasks: number; readonly hours: number };
};
