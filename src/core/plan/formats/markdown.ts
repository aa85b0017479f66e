import { editMarkdown } from "../markdown/edit-markdown.ts";
import { readMarkdown } from "../markdown/read-markdown.ts";
import type { Format } from "./format.ts";

/** Plans kept as Markdown: tables of tasks, the table between PLAN:BEGIN and PLAN:END, `Task N —` with its fields, checklists with ids. */
export const markdown: Format = {
  summary: "a Markdown file with a table of tasks, tasks written as “Task N —”, or a checklist with ids",
  read: readMarkdown,
  edit: editMarkdown,
};
