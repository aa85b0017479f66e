import { Document } from "yaml";
import type { Plan, PlannedTask, Step } from "../words.ts";
import { idsOf, priorityWord, statusWord } from "./strict-words.ts";

/** What an entry says: what is null, empty or an empty list is left out. */
type Value = string | number | boolean | null | readonly (string | Entry)[];
type Entry = { readonly [key: string]: Value };

/**
 * A plan as YAML: lists of tasks, milestones and risks, and the cadence. Reading it gives the same tasks, but for what stands under names
 * that YAML plans have another use for.
 */
export function writeYaml(plan: Plan): string {
  const ids = idsOf(plan);
  const said = {
    tasks: plan.tasks.map((task) => filled(taskEntry(task, ids))),
    ...filled({
      milestones: plan.milestones.map(({ line: _, ...milestone }) => filled(milestone)),
      risks: plan.risks.map(({ line: _, ...risk }) => filled(risk)),
      cadence: plan.cadence.map(({ words }) => words),
    }),
  };
  return new Document(said, { aliasDuplicateObjects: false }).toString({ lineWidth: 0 });
}

function taskEntry(task: PlannedTask, ids: ReturnType<typeof idsOf>): Entry {
  const entry: Entry = {
    id: task.id,
    title: task.title,
    status: statusWord(task),
    owner: task.owner,
    priority: priorityWord(task),
    depends_on: ids(task, task.dependencies),
    estimated_hours: task.hours,
    start: task.start,
    due: task.due,
    completed: task.completed,
    phase: task.phase,
    milestone: task.milestone,
    parent: task.parent === null ? null : ids(task, [task.parent]).join(""),
    optional: task.optional ? true : null,
    notes: task.notes,
    steps: task.steps.map(stepEntry),
  };
  const extra = Object.entries(task.extra).filter(([name]) => !Object.hasOwn(entry, name));
  return { ...entry, ...Object.fromEntries(extra) };
}

const stepEntry = ({ id, title, tests, edits, verify, commit }: Step): Entry => filled({ id, title, tests, edits, verify, commit });

const filled = (entry: Entry): Entry =>
  Object.fromEntries(
    Object.entries(entry).filter(([, value]) => value !== null && value !== "" && !(Array.isArray(value) && value.length === 0)),
  );
