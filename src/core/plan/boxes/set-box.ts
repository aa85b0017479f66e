import type { Change, FormatEdit, NewValues, Splice, Unwritten } from "../change.ts";
import { unwritable } from "../change.ts";
import type { BoxRow } from "./box-plan.ts";
import type { Desk } from "./hand.ts";
import { markFor } from "./marks.ts";

type Set = Extract<Change, { readonly kind: "set" }>;

/** The sign between the brackets, and the day of completion where the format has a place for one. */
export function setBox(change: Set, desk: Desk): FormatEdit {
  const row = change.scope === desk.plan.scope ? desk.rows.get(change.token) : undefined;
  if (row === undefined) return { splices: [], unwritten: [unwritable(change, "this file has no such task")] };
  const splices: Splice[] = [];
  const unwritten: Unwritten[] = [];
  const refuse = (field: keyof NewValues, because: string): void => {
    unwritten.push({ change, field, because, at: row.task.place(field === "status" ? "status" : null) });
  };
  const { status, completed, owner, notes } = change.to;
  if (status !== undefined && (row.box === null || status !== row.task.status)) {
    const mark = markFor(status, desk.plan.rows, desk.hand.marks);
    if (row.box === null) refuse("status", "it has no box of its own");
    else if (mark === null) refuse("status", `no box of this file says ${status}`);
    else splices.push({ from: row.box.offset + 1, to: row.box.offset + row.box.text.indexOf("]"), text: mark });
  }
  if (completed !== undefined && completed !== row.task.completed) {
    const day = completionOf(completed, row, desk);
    if (day === null) refuse("completed", "there is no place for a day of completion");
    else splices.push(day);
  }
  if (owner !== undefined && owner !== row.task.owner) refuse("owner", "there is no place for an owner");
  if (notes !== undefined && notes !== row.task.notes) refuse("notes", "notes are bullets below the box, which are left to people");
  return { splices, unwritten };
}

function completionOf(day: string | null, { completed }: BoxRow, { hand }: Desk): Splice | null {
  if (completed === null || hand.completion === null) return null;
  if (day === null) return { ...completed.whole, text: "" };
  return completed.day === null ? { ...completed.whole, text: hand.completion(day) } : { ...completed.day, text: day };
}
