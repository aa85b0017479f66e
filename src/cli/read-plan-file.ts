import { open, readdir } from "node:fs/promises";
import { join } from "node:path";
import { memberOf } from "../core/plan/backlog/members.ts";
import { isFolderPath, mostFolderFiles, packFolder } from "../core/plan/folder.ts";
import { largestPlan } from "../core/plan/read-plan.ts";
import type { PlanFile } from "../core/plan/source.ts";

/** A plan's file as the reader wants it, or a folder of task files (its path ends with `/`) packed. */
export const readPlanFile = async (root: { readonly folder: string }, path: string): Promise<PlanFile> => ({
  path,
  text: await textOf(root, path),
});

/** The text of a file, or of a folder of task files; of one too large to be a plan only so much that the reader can tell. */
export async function textOf(root: { readonly folder: string }, path: string): Promise<string> {
  return isFolderPath(path) ? textOfFolder(join(root.folder, path)) : textOfFile(join(root.folder, path));
}

async function textOfFolder(folder: string): Promise<string> {
  const files = new Map<string, string>();
  let size = 0;
  for (const path of await taskFilesIn(folder)) {
    if (files.size > mostFolderFiles || size > largestPlan) break;
    const text = await textOfFile(join(folder, path));
    files.set(path, text);
    size += text.length;
  }
  return packFolder(files);
}

/** The files of a folder that are tasks, or say how it is kept, by their paths in it. Links are passed over. */
export async function taskFilesIn(folder: string): Promise<readonly string[]> {
  const found: string[] = [];
  for (const below of ["", "tasks/", "completed/", "milestones/"]) {
    const entries = await readdir(join(folder, below), { withFileTypes: true }).catch(() => []);
    found.push(...entries.filter((entry) => entry.isFile()).map((entry) => below + entry.name));
  }
  return found.filter((path) => memberOf(path) !== null);
}

async function textOfFile(path: string): Promise<string> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(Math.min(size, largestPlan + 1)) });
    return new TextDecoder("utf-8", { ignoreBOM: true }).decode(buffer.subarray(0, bytesRead));
  } finally {
    await file.close();
  }
}
