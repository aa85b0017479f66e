import type { Token } from "../../words.ts";
import type { Field } from "../columns.ts";
import type { DraftTask } from "../draft.ts";
import type { Source } from "../formats/format.ts";
import type { Folder } from "./read-folder.ts";
import { fieldsOf, type TaskFile } from "./task-file.ts";

/** A task and its file. */
export type Standing = { readonly task: DraftTask; readonly in: TaskFile };

/** A folder that is being edited, with its tasks. */
export type Known = { readonly source: Source; readonly folder: Folder; readonly tasks: ReadonlyMap<Token, Standing> };

/** The key that the files of this folder use for a field; null where none of them has one and Backlog.md knows none. */
export function keyFor(field: Field, { tasks }: Known): string | null {
  for (const { in: file } of tasks.values()) {
    const entry = fieldsOf(file.front).get(field);
    if (entry !== undefined) return entry.key;
  }
  return usual[field] ?? null;
}

const usual: Readonly<Partial<Record<Field, string>>> = {
  owner: "assignee",
  priority: "priority",
  due: "due_date",
  milestone: "milestone",
};
