import type { Plan } from "../../words.ts";
import { cellWords } from "../markdown/cell-words.ts";
import { ownWords } from "./own-words.ts";
import { contentsOf, type Shown } from "./told-fields.ts";

const heads = {
  id: "ID",
  title: "Title",
  status: "Status",
  owner: "Owner",
  priority: "Priority",
  dependencies: "Depends on",
  due: "Due",
  completed: "Completed",
} as const satisfies Partial<Record<Shown, string>>;

/** The lines of a table of a plan's tasks, with the columns that the plan has something to say in. */
export function defaultTable(plan: Plan): readonly string[] {
  const names = Object.keys(heads).filter(isHead);
  const told = contentsOf(names, new Map(names.map((field, index) => [field, index])), plan);
  const columns = names.filter((field, index) => isNeeded(field) || told[index]?.kind === "field");
  const words = ownWords([], plan, "hours");
  const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    row(columns.map((field) => heads[field])),
    row(columns.map(() => "---")),
    ...plan.tasks.map((task) => row(columns.map((field) => cellWords(words(field, task))))),
  ];
}

type Head = keyof typeof heads;
const isHead = (name: string): name is Head => Object.hasOwn(heads, name);
const isNeeded = (field: Head): boolean => field === "id" || field === "title" || field === "status";
