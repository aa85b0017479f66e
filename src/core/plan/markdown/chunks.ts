/** A part of a Markdown text that can be parsed on its own; `offset` = where it begins in the whole. */
export type Chunk = { readonly text: string; readonly offset: number };

/** A text in parts. `unread` = where lines were blanked out because no parser should be asked to read them. */
export type Chunks = { readonly chunks: readonly Chunk[]; readonly unread: readonly number[] };

const enough = 200;
const tooLong = 500;
const mostMarks = 3;
const mostIndent = 40;

/**
 * Cuts a Markdown text where all its lists and quotes are closed anyway, since the parser's time grows with the square of what is
 * open: measured, 6000 lines of nested list items take 11 s in one piece and 0.4 s in pieces of 200. Lines nested deeper than any
 * plan nests them, and what is beyond 500 lines without a place to cut, become blanks; rows of a table do not count for that.
 */
export function chunksOf(text: string): Chunks {
  const chunks: Chunk[] = [];
  const unread: number[] = [];
  let kept: string[] = [];
  let start = 0;
  let offset = 0;
  let uncut = 0;
  let state = startState;
  for (const line of linesOf(text)) {
    state = next(state, line);
    if (kept.length >= enough && state.cut) {
      chunks.push({ text: kept.join(""), offset: start });
      kept = [];
      start = offset;
      uncut = 0;
    }
    if (!state.table) uncut += 1;
    const skip = !state.table && !state.mark && (uncut > tooLong || isDeep(line));
    if (skip && line.trim() !== "") unread.push(offset);
    kept.push(skip ? line.replace(/[^\r\n]/g, " ") : line);
    offset += line.length;
  }
  if (kept.length > 0) chunks.push({ text: kept.join(""), offset: start });
  return { chunks, unread };
}

/** What is known behind a line. */
type State = {
  /** The marks of the fence that is open. */
  readonly fence: string | null;
  readonly comment: boolean;
  /** The line opens or closes a fence. */
  readonly mark: boolean;
  /** The line is a row of a table that stands by itself. */
  readonly table: boolean;
  /** The line leaves nothing open: it is blank, or a heading. */
  readonly free: boolean;
  /** All that was open before the line ends with it, so that the text may be cut in front of it. */
  readonly cut: boolean;
};

const startState: State = { fence: null, comment: false, mark: false, table: false, free: true, cut: false };

function next(before: State, line: string): State {
  if (before.comment) return { ...startState, comment: !line.includes("-->"), free: false };
  const fence = fenceOf(line);
  if (before.fence !== null) {
    const closes = fence?.bare === true && fence.marks.startsWith(before.fence);
    return { ...startState, fence: closes ? null : before.fence, mark: closes, free: closes };
  }
  const heading = /^#{1,6}[ \t]/.test(line);
  const cut = heading || /^(?:[-*+]|1[.)])[ \t]+\S/.test(line) || (before.free && /^[^ \t\r\n]/.test(line));
  const table = line.startsWith("|") && (before.table || before.free);
  const comment = /^ {0,3}<!--/.test(line) && !line.includes("-->");
  return {
    fence: fence?.marks ?? null,
    comment,
    mark: fence !== null,
    table,
    free: heading || line.trim() === "",
    cut: cut && !(table && before.table),
  };
}

function fenceOf(line: string): { readonly marks: string; readonly bare: boolean } | null {
  const found = /^ {0,3}(`{3,}(?![^\r\n]*`)|~{3,})/.exec(line);
  return found === null ? null : { marks: found[1] ?? "", bare: line.trim() === found[1] };
}

/** Whether a line begins with more quote and list marks, or stands further in, than lines of plans do. */
function isDeep(line: string): boolean {
  const indent = /^[ \t]*/.exec(line)?.[0].replaceAll("\t", "    ").length ?? 0;
  const mark = /[ \t]*(?:>|[-*+](?=\s|$)|\d{1,9}[.)](?=\s|$))/y;
  let marks = 0;
  while (marks <= mostMarks && mark.test(line)) marks += 1;
  return marks > mostMarks || indent > mostIndent;
}

/** The lines of a text with their line ends. */
function* linesOf(text: string): Generator<string> {
  const pattern = /[^\r\n]*(?:\r\n|\r|\n|$)/y;
  while (pattern.lastIndex < text.length) {
    const found = pattern.exec(text);
    if (found === null) return;
    yield found[0];
  }
}
