import { type Plan, unreachable } from "../words.ts";
import { writeCsv } from "./write-csv.ts";
import { writeMarkdown } from "./write-markdown.ts";
import { writeYaml } from "./write-yaml.ts";

export const strictForms = ["csv", "yaml", "markdown"] as const;
export type StrictForm = (typeof strictForms)[number];

/**
 * A plan in one of the strict forms, whatever form it was read from. Reading the text gives the same tasks with all that the form has a place
 * for. Each form has one scope: of tasks of several scopes that have one id only the first is read again.
 */
export function writePlan(plan: Plan, form: StrictForm): string {
  switch (form) {
    case "csv":
      return writeCsv(plan);
    case "yaml":
      return writeYaml(plan);
    case "markdown":
      return writeMarkdown(plan);
    default:
      return unreachable(form);
  }
}
