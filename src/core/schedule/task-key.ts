import type { BoardTask, Scope, Token } from "../words.ts";

/** One string for (scope, token), to be used as the key of a map. A token never holds `#`, so two tasks never share one. */
export const taskKey = (scope: Scope, token: Token): string => `${scope}#${token}`;

export const keyOf = (task: BoardTask): string => taskKey(task.scope, task.token);

/** An order of tasks that hangs on their ids alone: `A-2` before `A-10`. Makes no keys: a large plan compares a hundred thousand times. */
export function byId(one: BoardTask, other: BoardTask): number {
  if (one.token.length !== other.token.length) return one.token.length - other.token.length;
  if (one.token !== other.token) return one.token < other.token ? -1 : 1;
  return one.scope === other.scope ? 0 : one.scope < other.scope ? -1 : 1;
}
