import { isFolderPath, unpackFolder } from "./folder.ts";

/** Where in a text something stands. Lines and columns count from 1, columns in UTF-16 units. `path`: the file, where the text is a folder's. */
export type Place = { readonly line: number; readonly column: number; readonly path?: string };

/** Answers which line and column an offset of the text is on. Lines end with LF, CRLF or CR. */
export type LineIndex = { readonly lines: number; readonly placeOf: (offset: number) => Place; readonly startOf: (line: number) => number };

/** The lines are looked for when a place is first asked for. */
export function lineIndex(text: string): LineIndex {
  let found: readonly number[] | null = null;
  const starts = (): readonly number[] => {
    found ??= lineStarts(text);
    return found;
  };
  const startOf = (line: number): number => starts()[Math.max(1, Math.min(line, starts().length)) - 1] ?? 0;
  const placeOf = (offset: number): Place => {
    const within = Math.max(0, Math.min(offset, text.length));
    const line = lastAtMost(starts(), within) + 1;
    return { line, column: within - startOf(line) + 1 };
  };
  return {
    get lines() {
      return starts().length;
    },
    placeOf,
    startOf,
  };
}

function lineStarts(text: string): readonly number[] {
  const starts = [0];
  if (!text.includes("\r")) {
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
    return starts;
  }
  for (let i = 0; i < text.length; i += 1) {
    const unit = text.charCodeAt(i);
    if (unit === 10 || (unit === 13 && text.charCodeAt(i + 1) !== 10)) starts.push(i + 1);
  }
  return starts;
}

/** The line index of a file, or of a packed folder: there a place is in the file that it stands in. */
export function linesOf(path: string, text: string): LineIndex {
  const lines = lineIndex(text);
  const files = isFolderPath(path) ? (unpackFolder(text) ?? []) : [];
  if (files.length === 0) return lines;
  const starts = files.map((file) => file.from);
  const placeOf = (offset: number): Place => {
    const file = files[lastAtMost(starts, offset)];
    if (file === undefined) return lines.placeOf(offset);
    const { line, column } = lines.placeOf(Math.max(file.from, Math.min(offset, file.to)));
    return { path: path + file.path, line: line - lines.placeOf(file.from).line + 1, column };
  };
  return { lines: lines.lines, startOf: lines.startOf, placeOf };
}

/** The index of the last number that is not above `limit`; 0 where all are. */
function lastAtMost(sorted: readonly number[], limit: number): number {
  let low = 0;
  let high = sorted.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((sorted[middle] ?? 0) <= limit) low = middle;
    else high = middle - 1;
  }
  return low;
}
