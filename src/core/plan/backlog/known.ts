import { type Status, statuses, type Token } from "../../words.ts";
import type { Field } from "../columns.ts";
import type { DraftTask } from "../draft.ts";
import type { Source } from "../formats/format.ts";
import { ownWord } from "./own-word.ts";
import type { Folder } from "./read-folder.ts";
import { fieldsOf, readTaskFile, type TaskFile } from "./task-file.ts";

/** A task and its file. */
export type Standing = { readonly task: DraftTask; readonly in: TaskFile };

/** A folder that is being edited: its tasks, how it spells statuses (null: not at all), and which keys its files use. */
export type Known = {
  readonly source: Source;
  readonly folder: Folder;
  readonly tasks: ReadonlyMap<Token, Standing>;
  readonly words: ReadonlyMap<Status, string | null>;
  readonly keys: ReadonlyMap<Field, string>;
};

export function knownOf(source: Source, folder: Folder): Known {
  const tasks = new Map<Token, Standing>();
  const keys = new Map<Field, string>(Object.entries(usual).map(([key, field]) => [field, key]));
  const seen = new Set<Field>();
  for (const file of folder.tasks) {
    const task = readTaskFile(file, folder, () => undefined);
    if (task !== null && !tasks.has(task.token)) tasks.set(task.token, { task, in: file });
    for (const [field, { key }] of fieldsOf(file.front)) {
      if (!seen.has(field)) keys.set(field, key);
      seen.add(field);
    }
  }
  const rows = [...tasks.values()];
  return { source, folder, tasks, keys, words: new Map(statuses.map((status) => [status, ownWord(status, folder.config, rows)])) };
}

/** What Backlog.md writes where no file of the folder has such a key yet. */
const usual = { assignee: "owner", priority: "priority", due_date: "due", milestone: "milestone" } as const satisfies Record<string, Field>;

/** Why a status cannot be written. */
export const noWord = (status: Status, { config: { statuses: words } }: Folder): string =>
  `none of the folder's statuses (${words.slice(0, 12).join(", ")}) means ${status}`;

export const noPlace = "the files of this folder have no place for it";
