import type { PlannedMilestone, PlannedRisk, PlannedTask } from "../words.ts";
import type { Field } from "./columns.ts";

/** A row as the file writes it. `place` answers where a field stands (null: where the row starts), as an offset of the text. */
export type Row = { readonly cells: ReadonlyMap<Field, string>; readonly place: (field: Field | null) => number };

/** A task read from its row alone: what it waits for is still text, and other rows may have the same id. */
export type DraftTask = Omit<PlannedTask, "dependencies"> & {
  readonly waitsFor: string;
  readonly place: Row["place"];
  /** N, where the file calls it `Task N`. */
  readonly number: string | null;
};

/** All that one file says, before its rows are held against each other. */
export type Draft = {
  readonly tasks: readonly DraftTask[];
  readonly milestones: readonly PlannedMilestone[];
  readonly risks: readonly PlannedRisk[];
  readonly criteria: { readonly open: number; readonly done: number };
  readonly block: boolean;
};
