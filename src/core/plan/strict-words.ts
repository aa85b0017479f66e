import type { Plan, PlannedTask, Token } from "../words.ts";
import { rowKey } from "./compare.ts";
import { strict } from "./own-spelling.ts";

/** A task's status in the strict form. */
export const statusWord = ({ status, recurring }: Pick<PlannedTask, "status" | "recurring">): string =>
  recurring ? "recurring" : strict[status];

export const priorityWord = ({ priority }: Pick<PlannedTask, "priority">): string => (priority === null ? "" : `P${priority}`);

/** The ids of tokens as the plan's rows write them; a token that is not in the plan stands for itself. */
export function idsOf({ tasks }: Pick<Plan, "tasks">): (task: PlannedTask, tokens: readonly Token[]) => readonly string[] {
  const ids = new Map(tasks.map((task) => [rowKey(task), task.id]));
  return ({ scope }, tokens) => tokens.map((token) => ids.get(rowKey({ scope, token })) ?? token);
}

/** Names under which tasks tell what means nothing to us, in the order in which they come up. */
export const extraNames = ({ tasks }: Pick<Plan, "tasks">): readonly string[] => [
  ...new Set(tasks.flatMap(({ extra }) => Object.keys(extra))),
];
