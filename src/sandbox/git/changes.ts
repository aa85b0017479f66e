import { lineChanges } from "./lines.ts";
import { blobAt, type Files, type Objects, type Sha } from "./objects.ts";

export type Change = {
  readonly path: string;
  readonly status: "added" | "removed" | "modified" | "renamed";
  readonly before: Sha | null;
  readonly after: Sha | null;
  /** Where a renamed file was. */
  readonly previous: string | null;
};

export type ChangeSize = { readonly additions: number; readonly deletions: number; readonly patch: string | null };

/** What differs between two folders, by path. A file that moved without an edit is renamed; one that was edited as well is removed and added. */
export function changesBetween(before: Files, after: Files): Change[] {
  const removed = new Map([...before].filter(([path]) => !after.has(path)));
  const changes: Change[] = [];
  for (const [path, sha] of after) {
    const old = before.get(path) ?? null;
    if (old === sha) continue;
    const previous = old === null ? ([...removed].find(([, blob]) => blob === sha)?.[0] ?? null) : null;
    if (previous !== null) removed.delete(previous);
    const status = old !== null ? "modified" : previous === null ? "added" : "renamed";
    changes.push({ path, status, before: previous === null ? old : sha, after: sha, previous });
  }
  for (const [path, sha] of removed) changes.push({ path, status: "removed", before: sha, after: null, previous: null });
  return changes.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Lines added and removed; no patch for binary files and for pure renames. */
export function sizeOf(objects: Objects, change: Change): ChangeSize {
  const before = textOf(objects, change.before);
  const after = textOf(objects, change.after);
  if (before === null || after === null || before === after) return { additions: 0, deletions: 0, patch: null };
  return lineChanges(before, after);
}

function textOf(objects: Objects, sha: Sha | null): string | null {
  if (sha === null) return "";
  const bytes = blobAt(objects, sha);
  return bytes.includes(0) ? null : bytes.toString("utf8");
}
