import type { DraftTask } from "../draft.ts";
import { packedFile, unpackFolder } from "../folder.ts";
import { readFrontMatter } from "./front-matter.ts";
import type { Folder } from "./read-folder.ts";
import { readTaskFile, type TaskFile } from "./task-file.ts";

/** The task of a file with another content; null where that holds none. */
export function readAgain({ file, completed }: Pick<TaskFile, "file" | "completed">, content: string, folder: Folder): DraftTask | null {
  const text = packedFile(file.path, content);
  const alone = unpackFolder(text)?.[0];
  const front = alone === undefined ? null : readFrontMatter(text, alone);
  if (alone === undefined || front === null || front.wrong !== null) return null;
  return readTaskFile({ file: alone, front, completed }, folder, () => undefined);
}
