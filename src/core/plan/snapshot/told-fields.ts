import type { Plan, PlannedTask } from "../../words.ts";
import type { Columns, Field } from "../columns.ts";

/** What a column of a snapshot shows of its plan; `kept` = what the plan says nothing of, so that people's own words stay in it. */
export type Content =
  | { readonly kind: "field"; readonly field: Shown }
  | { readonly kind: "extra"; readonly name: string }
  | { readonly kind: "kept" };

const shown = [
  "id",
  "title",
  "status",
  "owner",
  "priority",
  "dependencies",
  "hours",
  "start",
  "due",
  "completed",
  "phase",
  "milestone",
  "notes",
] as const;
export type Shown = (typeof shown)[number];

/**
 * What each column of a table shows of a plan. A field that no task of the plan has is not told by its file, and its column is kept: a
 * plan without owners must not empty the owners that people wrote beside its rows.
 */
export function contentsOf(headers: readonly string[], columns: Columns, plan: Plan): readonly Content[] {
  const fields = new Map<number, Shown>();
  for (const field of shown.toReversed()) {
    const index = [field, ...(standIns[field] ?? [])].map((name) => columns.get(name)).find((at) => at !== undefined);
    if (index !== undefined && plan.tasks.some((task) => tells(task, field))) fields.set(index, field);
  }
  const extras = new Map(plan.tasks.flatMap(({ extra }) => Object.keys(extra).map((name) => [bare(name), name] as const)));
  return headers.map((header, index): Content => {
    const field = fields.get(index);
    const name = bare(header) === "" ? undefined : extras.get(bare(header));
    if (field !== undefined) return { kind: "field", field };
    return name === undefined ? { kind: "kept" } : { kind: "extra", name };
  });
}

/** The columns that hold a field where it has none of its own. */
const standIns: Readonly<Partial<Record<Shown, readonly Field[]>>> = { title: ["detail"], priority: ["rank"], hours: ["days"] };

function tells(task: PlannedTask, field: Shown): boolean {
  const value = task[field];
  return Array.isArray(value) ? value.length > 0 : value !== null;
}

const bare = (name: string): string => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
