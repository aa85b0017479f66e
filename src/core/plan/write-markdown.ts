import type { Plan, PlannedMilestone, PlannedRisk, PlannedTask } from "../words.ts";
import { cellWords, exactCellWords } from "./markdown/cell-words.ts";
import { type Plain, plainTexts } from "./markdown/plain-text.ts";
import { extraNames, idsOf, priorityWord, statusWord } from "./strict-words.ts";

type Column<T> = readonly [name: string, cell: (row: T) => string | null];

/**
 * A plan as a Markdown document: a table of its tasks with the columns that are in use, tables of milestones and risks, and the cadence.
 * Reading it gives the same tasks, but for what a table has no cell for (steps) and the line breaks in a text.
 */
export function writeMarkdown(plan: Plan): string {
  const plain = plainTexts();
  const sections = [
    ["# Project plan", ...table(taskColumns(plan), plan.tasks, plain)],
    plan.milestones.length === 0 ? [] : ["## Milestones", ...table(milestoneColumns, plan.milestones, plain)],
    plan.risks.length === 0 ? [] : ["## Risks", ...table(riskColumns, plan.risks, plain)],
    plan.cadence.length === 0 ? [] : ["## Cadence", plan.cadence.map(({ words }) => `- ${cellOf(words, plain)}`).join("\n")],
  ];
  return `${sections.flat().join("\n\n")}\n`;
}

/** A table as one block; of the columns only those in which something stands, and those that a table of its kind must have. */
function table<T>(columns: readonly Column<T>[], rows: readonly T[], plain: Plain): readonly string[] {
  const used = columns.filter(([name, cell]) => needed.has(name) || rows.some((row) => (cell(row) ?? "") !== ""));
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [
    [
      line(used.map(([name]) => cellOf(name, plain))),
      line(used.map(() => "---")),
      ...rows.map((row) => line(used.map(([, cell]) => cellOf(cell(row) ?? "", plain)))),
    ].join("\n"),
  ];
}

const needed = new Set(["ID", "Task", "Status", "Target", "Risk", "Impact"]);

const cellOf = (text: string, plain: Plain): string => exactCellWords(text, plain) ?? cellWords(text);

function taskColumns(plan: Plan): readonly Column<PlannedTask>[] {
  const ids = idsOf(plan);
  const own: readonly Column<PlannedTask>[] = [
    ["ID", ({ id }) => id],
    ["Task", ({ title, optional }) => (optional ? `${title} (optional)` : title)],
    ["Status", statusWord],
    ["Owner", ({ owner }) => owner],
    ["Priority", priorityWord],
    ["Depends on", (task) => ids(task, task.dependencies).join(", ")],
    ["Hours", ({ hours }) => (hours === null ? null : String(hours))],
    ["Start", ({ start }) => start],
    ["Due", ({ due }) => due],
    ["Completed", ({ completed }) => completed],
    ["Phase", ({ phase }) => phase],
    ["Milestone", ({ milestone }) => milestone],
    ["Part of", (task) => (task.parent === null ? null : ids(task, [task.parent]).join(""))],
    ["Notes", ({ notes }) => notes],
  ];
  const known = new Set(own.map(([name]) => name));
  const extra = extraNames(plan).filter((name) => !known.has(name));
  return [
    ...own,
    ...extra.map((name): Column<PlannedTask> => [name, (task) => (Object.hasOwn(task.extra, name) ? (task.extra[name] ?? null) : null)]),
  ];
}

const milestoneColumns: readonly Column<PlannedMilestone>[] = [
  ["ID", ({ id }) => id],
  ["Milestone", ({ title }) => title],
  ["Owner", ({ owner }) => owner],
  ["Start", ({ start }) => start],
  ["Target", ({ due }) => due],
  ["Notes", ({ notes }) => notes],
];

const riskColumns: readonly Column<PlannedRisk>[] = [
  ["ID", ({ id }) => id],
  ["Risk", ({ title }) => title],
  ["Impact", ({ impact }) => impact],
  ["Likelihood", ({ likelihood }) => likelihood],
  ["Mitigation", ({ mitigation }) => mitigation],
];
