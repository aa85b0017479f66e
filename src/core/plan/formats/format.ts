import type { Change, FormatEdit } from "../change.ts";
import type { Draft } from "../draft.ts";
import type { LineIndex } from "../line-index.ts";
import type { Document } from "../markdown/document.ts";
import type { Plain } from "../markdown/plain-text.ts";
import type { Report } from "../problem-list.ts";
import type { ProblemCode } from "../problems.ts";

/** A file to be read. `named` = the configuration, the command or an earlier reading says that it is a plan. */
export type Source = {
  readonly path: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly named: boolean;
  readonly report: Report;
  /** The text as a Markdown document, with what makes its words plain. Only for a text that is not `tooLargeForMarkdown`. */
  readonly markdown: () => { readonly plain: Plain; readonly document: Document };
};

/** Why a file of a format is no plan. `meant` = it has the look of one, so that its author should hear of it though nobody named it. */
export type Refusal = { readonly code: ProblemCode; readonly at: number; readonly because: string; readonly meant: boolean };

/** What a format makes of a file; null where the file is not of this format, so that the next one may look. */
export type FormatReading = { readonly draft: Draft; readonly because: string } | { readonly refusal: Refusal } | null;

/**
 * One way to write plans. Detection is part of reading: it looks at the content. `edit` answers null exactly where `read` does; a file that
 * `read` refuses it leaves as it is, and says so of every change.
 */
export type Format = {
  readonly summary: string;
  readonly read: (source: Source) => FormatReading;
  readonly edit: (source: Source, changes: readonly Change[]) => FormatEdit | null;
};

/** No plan has more tasks than this: such a file holds records of something else, and is refused. */
export const mostTasks = 100_000;

// GitHub itself shows no Markdown beyond 512 KB; the parser takes 6 s for 44 000 lines of nested lists, the worst text known.
const longestMarkdown = 512 * 1024;
const mostMarkdownLines = 25_000;

/** Why a text is not read as Markdown; null where it may be. */
export function tooLargeForMarkdown({ text, lines }: Source): Refusal | null {
  if (text.length <= longestMarkdown && lines.lines <= mostMarkdownLines) return null;
  const because = `a Markdown file of more than ${longestMarkdown / 1024} KB or ${mostMarkdownLines} lines`;
  return { code: "too-large", at: 0, because, meant: false };
}
