import { type Change, type FormatEdit, unwritable } from "../change.ts";
import type { Draft } from "../draft.ts";
import type { Refusal, Source } from "../formats/format.ts";
import { writeAndReadAgain } from "./read-again.ts";

/** How one form of YAML is read and written. */
type Form<Read extends { readonly draft: Draft }> = {
  readonly read: (source: Source) => Read | { readonly refusal: Refusal } | null;
  readonly write: (plan: Read, changes: readonly Change[], source: Source) => FormatEdit;
};

/** Edits what a form reads, and reads it again: null where it is not of this form; a refused file stays as it is. */
export function editAsRead<Read extends { readonly draft: Draft }>(
  source: Source,
  changes: readonly Change[],
  { read, write }: Form<Read>,
): FormatEdit | null {
  const plan = read({ ...source, report: () => {} });
  if (plan === null) return null;
  if ("refusal" in plan)
    return { splices: [], unwritten: changes.map((change) => unwritable(change, plan.refusal.because, plan.refusal.at)) };
  if (changes.length === 0) return { splices: [], unwritten: [] };
  return writeAndReadAgain(source, changes, {
    before: plan.draft.tasks,
    write: (some) => write(plan, some, source),
    read: (other) => {
      const again = read(other);
      return again === null || "refusal" in again ? null : again.draft.tasks;
    },
  });
}
