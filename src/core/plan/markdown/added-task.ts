import type { NewTask, Splice } from "../change.ts";

/** A new task as lines of the file: `splice` puts them in, `left` are the fields that have no place there. */
export type Added = { readonly splice: Splice; readonly left: readonly (keyof NewTask)[] };

const optional = ["status", "owner", "priority", "hours", "due", "completed", "phase", "milestone", "notes", "dependencies"] as const;
export type Given = (typeof optional)[number];

/** What a new task says beside its id and its title. */
export function givenOf(task: NewTask): readonly Given[] {
  return optional.filter((field) => {
    const value = task[field] ?? null;
    return value !== null && !(Array.isArray(value) && value.length === 0);
  });
}
