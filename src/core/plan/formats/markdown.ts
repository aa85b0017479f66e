import { editMarkdown } from "../markdown/edit-markdown.ts";
import { readMarkdown } from "../markdown/read-markdown.ts";
import type { Format } from "./format.ts";

/** Plans kept as Markdown: tables of tasks, the table between PLAN:BEGIN and PLAN:END, tasks and epics as headings, checklists, boards. */
export const markdown: Format = {
  summary: "a Markdown file with a table of tasks, tasks or epics as headings, or a checklist, with ids; where it is named, without",
  read: readMarkdown,
  edit: editMarkdown,
};
