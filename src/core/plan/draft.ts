import type { Cadence, PlannedMilestone, PlannedRisk, PlannedRole, PlannedTask, Scope } from "../words.ts";
import type { Field } from "./columns.ts";

/**
 * Where the words of a field stand in the text and how they are written there: in a table's cell, as a checkbox (`[ ]`, `[x]*`), behind
 * `Status:` on a line of their own, or as a mark in a heading or an item (`[done]`, `✅`).
 */
export type Spot = { readonly from: number; readonly to: number; readonly kind: "cell" | "box" | "value" | "mark" };

/** A row as the file writes it. `place` answers where a field stands (null: where the row starts), as an offset of the text. */
export type Row = {
  readonly cells: ReadonlyMap<Field, string>;
  /** Cells under names that mean nothing to us; empty ones left out. */
  readonly extra?: Readonly<Record<string, string>>;
  readonly place: (field: Field | null) => number;
  /** Where a field can be written; null where the row has no place for it. Absent: nothing of this row can. */
  readonly spot?: (field: Field) => Spot | null;
  /** All that belongs to the row, whole lines, so that it can be taken out. Absent: it cannot be taken out safely. */
  readonly extent?: () => { readonly from: number; readonly to: number };
};

/** A task read from its row alone: what it waits for is still text, and other rows may have the same id. */
export type DraftTask = Omit<PlannedTask, "dependencies" | "scope" | "file" | "line"> & {
  /** Null: the plan's own. */
  readonly scope: Scope | null;
  /** The file says nothing of its status, so that it has the one its sub-tasks come to, where it has any. */
  readonly rollsUp: boolean;
  readonly waitsFor: string;
  readonly place: Row["place"];
  readonly spot?: Row["spot"];
  readonly extent?: Row["extent"];
  /** N, where the file calls it `Task N`. */
  readonly number: string | null;
};

/** All that one file says, before its rows are held against each other. */
export type Draft = {
  /** The scope of tasks that name none; absent: the file's path. */
  readonly scope?: Scope;
  readonly tasks: readonly DraftTask[];
  readonly milestones: readonly PlannedMilestone[];
  readonly risks: readonly PlannedRisk[];
  readonly roles: readonly PlannedRole[];
  readonly cadence: readonly Cadence[];
  readonly criteria: { readonly open: number; readonly done: number };
  readonly block: boolean;
};

/** A draft that tells of nothing but its tasks. */
export const onlyTasks = (tasks: readonly DraftTask[]): Draft => ({
  tasks,
  milestones: [],
  risks: [],
  roles: [],
  cadence: [],
  criteria: { open: 0, done: 0 },
  block: false,
});
