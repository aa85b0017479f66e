import type { Report } from "../problem-list.ts";
import type { Plain } from "./plain-text.ts";

/** What the readers of one Markdown file share. `text` = the file; all offsets are of it. */
export type Context = {
  readonly text: string;
  readonly plain: Plain;
  readonly report: Report;
  readonly lineOf: (offset: number) => number;
};
