import type { IsoDate, PlannedTask, Scope, Status, Token } from "../words.ts";

/** What an edit gives a task; what is absent stays as it is, `null` empties. */
export type NewValues = {
  readonly status?: Status;
  readonly completed?: IsoDate | null;
  readonly owner?: string | null;
  readonly notes?: string | null;
};

/** A task to be added; what is absent the row leaves empty. `dependencies` are ids as the plan writes them. */
export type NewTask = { readonly id: string; readonly title: string; readonly dependencies?: readonly string[] } & Partial<
  Pick<PlannedTask, "status" | "owner" | "priority" | "hours" | "due" | "completed" | "phase" | "milestone" | "notes">
>;

/** One change of a plan. Of one task there is at most one change in an edit. `after` = the task below which to add; null: at the end. */
export type Change =
  | { readonly kind: "set"; readonly scope: Scope; readonly token: Token; readonly to: NewValues }
  | { readonly kind: "add"; readonly scope: Scope; readonly task: NewTask; readonly after: Token | null }
  | { readonly kind: "remove"; readonly scope: Scope; readonly token: Token };

/** What a change asked for and the file has no safe way to say. `field` null: the whole change. `at` = an offset of the text. */
export type Unwritten = {
  readonly change: Change;
  readonly field: keyof NewValues | keyof NewTask | null;
  readonly because: string;
  readonly at: number;
};

/** A piece of the text to be put in place of another; nothing else moves. Offsets of the text, `to` not included. */
export type Splice = { readonly from: number; readonly to: number; readonly text: string };

/** What changes come to in one file. A change is in `splices` as a whole but for the fields that `unwritten` names. */
export type FormatEdit = { readonly splices: readonly Splice[]; readonly unwritten: readonly Unwritten[] };

/** A change that no part of can be written. */
export const unwritable = (change: Change, because: string, at = 0): Unwritten => ({ change, field: null, because, at });
