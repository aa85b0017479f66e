import { type Change, type FormatEdit, unwritable } from "../change.ts";
import { readMarkdown } from "../markdown/read-markdown.ts";
import type { Format, Source } from "./format.ts";

/** Plans kept as Markdown: tables of tasks, the table between PLAN:BEGIN and PLAN:END, `Task N —` with its fields, checklists with ids. */
export const markdown: Format = {
  summary: "a Markdown file with a table of tasks, tasks written as “Task N —”, or a checklist with ids",
  read: readMarkdown,
  edit,
};

function edit(source: Source, changes: readonly Change[]): FormatEdit | null {
  return readMarkdown(source) === null
    ? null
    : { splices: [], unwritten: changes.map((change) => unwritable(change, "this format is not edited")) };
}
