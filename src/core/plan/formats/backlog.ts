import { editTaskFiles } from "../backlog/edit-task-files.ts";
import { readFolder } from "../backlog/read-folder.ts";
import { readTaskFile } from "../backlog/task-file.ts";
import type { Change, FormatEdit } from "../change.ts";
import { unwritable } from "../change.ts";
import type { Draft } from "../draft.ts";
import { isFolderPath } from "../folder.ts";
import type { Format, FormatReading, Source } from "./format.ts";

/** Plans kept by Backlog.md: a folder with a file for each task. */
export const backlog: Format = { summary: "a folder of task files with front matter, as Backlog.md keeps it", read, edit };

function read(source: Source): FormatReading {
  if (!isFolderPath(source.path)) return null;
  const folder = readFolder(source);
  if ("refusal" in folder) return folder;
  const { config, tasks, tokens, milestones, criteria } = folder;
  const draft: Draft = {
    tasks: tasks.flatMap((task) => readTaskFile(task, { tokens, config }, source.report) ?? []),
    milestones,
    risks: [],
    roles: [],
    cadence: [],
    criteria,
    block: false,
  };
  return { draft, because: "a folder of task files with front matter" };
}

function edit(source: Source, changes: readonly Change[]): FormatEdit | null {
  if (!isFolderPath(source.path)) return null;
  const folder = readFolder({ ...source, report: () => undefined });
  if ("refusal" in folder)
    return { splices: [], unwritten: changes.map((change) => unwritable(change, "the folder is not read as a plan")) };
  return editTaskFiles(source, folder, changes);
}
