/**
 * A folder of task files read as one plan: its path ends with `/`, and its text is all its files one behind the other, each below a head
 * of its own, `\0<path in the folder>\0` and a line break. No text file holds a NUL, so that a packed folder is a text like any other:
 * it has versions and line numbers, and is edited by putting pieces in the place of others.
 */

/** One file of a packed folder: its path in the folder, and where its content stands in the text (`to` not included). */
export type FolderFile = { readonly path: string; readonly from: number; readonly to: number };

/** No folder of more files than this is read as a plan. */
export const mostFolderFiles = 5000;

export const isFolderPath = (path: string): boolean => path.endsWith("/");

/** The text of a folder from its files' contents by their paths in it. What a content has of NULs becomes U+FFFD. */
export function packFolder(files: ReadonlyMap<string, string>): string {
  const sorted = [...files].sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([path, content]) => packedFile(path, content)).join("");
}

/** A file as it stands in a packed folder, its head included. */
export const packedFile = (path: string, content: string): string => `\0${path}\0\n${content.replaceAll("\0", "\uFFFD")}`;

/** The files of a packed folder, in its order; null where the text is none. */
export function unpackFolder(text: string): readonly FolderFile[] | null {
  const files: FolderFile[] = [];
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf("\0", at + 1);
    if (text[at] !== "\0" || end < at + 2 || text[end + 1] !== "\n") return null;
    const next = text.indexOf("\0", end + 2);
    const to = next < 0 ? text.length : next;
    files.push({ path: text.slice(at + 1, end), from: end + 2, to });
    at = to;
  }
  return files;
}

/** What an edit of a packed folder comes to in its files: each that differs with its new content, or null where it is gone. */
export function changedFiles(before: string, after: string): readonly { readonly path: string; readonly content: string | null }[] {
  const old = contents(before);
  const now = contents(after);
  const written = [...now].filter(([path, content]) => old.get(path) !== content).map(([path, content]) => ({ path, content }));
  const gone = [...old.keys()].filter((path) => !now.has(path)).map((path) => ({ path, content: null }));
  return [...written, ...gone];
}

/** The contents of a packed folder's files by their paths; of a text that is none, nothing. */
export const contents = (text: string): ReadonlyMap<string, string> =>
  new Map((unpackFolder(text) ?? []).map(({ path, from, to }) => [path, text.slice(from, to)]));
