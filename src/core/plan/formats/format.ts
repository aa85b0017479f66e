import type { Draft } from "../draft.ts";
import type { LineIndex } from "../line-index.ts";
import type { Report } from "../problem-list.ts";
import type { ProblemCode } from "../problems.ts";

/** A file to be read. `named` = the configuration, the command or an earlier reading says that it is a plan. */
export type Source = {
  readonly path: string;
  readonly text: string;
  readonly lines: LineIndex;
  readonly named: boolean;
  readonly report: Report;
};

/** Why a file of a format is no plan. `meant` = it has the look of one, so that its author should hear of it though nobody named it. */
export type Refusal = { readonly code: ProblemCode; readonly at: number; readonly because: string; readonly meant: boolean };

/** What a format makes of a file; null where the file is not of this format, so that the next one may look. */
export type FormatReading = { readonly draft: Draft; readonly because: string } | { readonly refusal: Refusal } | null;

/** One way to write plans. Detection is part of reading: it looks at the content. */
export type Format = { readonly summary: string; readonly read: (source: Source) => FormatReading };

/** No plan has more tasks than this: such a file holds records of something else, and is refused. */
export const mostTasks = 100_000;
