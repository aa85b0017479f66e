import { changesBetween } from "./changes.ts";
import { mergeBase } from "./history.ts";
import { type Files, filesAt, type Objects, type Sha } from "./objects.ts";

/** `rest` = what both give together but for the files in conflict. */
export type Merged = { readonly files: Files } | { readonly conflicts: readonly string[]; readonly rest: Files };

/** Brings what `theirs` changed since both parted into `ours`, file by file: a file that both changed differently is a conflict. */
export function merge(objects: Objects, ours: Sha, theirs: Sha): Merged {
  const base = mergeBase(objects, ours, theirs);
  return apply(base === null ? new Map() : filesAt(objects, base), filesAt(objects, theirs), filesAt(objects, ours));
}

/** Brings the changes from `before` to `after` into `onto`. */
export function apply(before: Files, after: Files, onto: Files): Merged {
  const files = new Map(onto);
  const conflicts: string[] = [];
  const change = (path: string, from: Sha | null, to: Sha | null) => {
    const standing = onto.get(path) ?? null;
    if (standing === to) return;
    if (standing !== from) conflicts.push(path);
    else if (to === null) files.delete(path);
    else files.set(path, to);
  };
  for (const { path, status, before: from, after: to, previous } of changesBetween(before, after)) {
    change(path, status === "renamed" ? null : from, to);
    if (previous !== null) change(previous, from, null);
  }
  return conflicts.length > 0 ? { conflicts, rest: files } : { files };
}
