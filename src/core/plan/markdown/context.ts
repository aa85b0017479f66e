import type { Report } from "../problem-list.ts";
import type { Plain } from "./plain-text.ts";

/** What the readers of one Markdown file share. */
export type Context = { readonly plain: Plain; readonly report: Report; readonly lineOf: (offset: number) => number };
