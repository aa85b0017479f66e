import type { PlannedMilestone, Scope } from "../../words.ts";
import type { Draft, DraftTask } from "../draft.ts";
import type { Written } from "../markdown/document.ts";
import type { BoxItem, Heading } from "./walk.ts";

/** A piece of the text, `to` not included. */
export type Span = { readonly from: number; readonly to: number };

/** A task and how it stands in the file. `box` is null where nothing shows its status, `at` where it has no item of a list. */
export type BoxRow = {
  readonly task: DraftTask;
  readonly box: Written | null;
  readonly at: BoxItem | null;
  /** The head of its words as written (`**`, `T001`, `** `), so that a new item can be written like it. */
  readonly style: Style;
  /** Where its day of completion stands; null where the format has no place for one. */
  readonly completed: CompletedSpot | null;
  /** Why it cannot be taken out; null where it can. */
  readonly fixed: string | null;
};

/** `day` is null where none is written, `whole` the day with all that is written around it, or where that would go. */
export type CompletedSpot = { readonly day: Span | null; readonly whole: Span };

export type Style = { readonly before: string; readonly behind: string; readonly end: string };

/** A file of boxes as it was read. */
export type BoxPlan = {
  readonly scope: Scope;
  readonly rows: readonly BoxRow[];
  readonly headings: readonly Heading[];
  readonly milestones: readonly PlannedMilestone[];
  readonly criteria: Draft["criteria"];
};

/** The draft that a file of boxes comes to. */
export const draftOf = ({ scope, rows, milestones, criteria }: BoxPlan): Draft => ({
  scope,
  tasks: rows.map(({ task }) => task),
  milestones,
  risks: [],
  roles: [],
  cadence: [],
  criteria,
  block: false,
});

/** The scope of a list of tasks: the folder of a `tasks.md`, since one feature or change has one; else the file. */
export const scopeOf = (path: string): Scope => {
  const slash = path.lastIndexOf("/");
  return slash > 0 && path.slice(slash + 1).toLowerCase() === "tasks.md" ? path.slice(0, slash) : path;
};
