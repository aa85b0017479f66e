import type { BoardTask, Scope, Token } from "../words.ts";

/** One string for (scope, token), to be used as the key of a map. A token never holds `#`, so two tasks never share one. */
export const taskKey = (scope: Scope, token: Token): string => `${scope}#${token}`;

export const keyOf = (task: BoardTask): string => taskKey(task.scope, task.token);
