import type { Token } from "../../words.ts";
import type { Splice } from "../change.ts";
import type { DraftTask } from "../draft.ts";
import { sourceOf } from "../source.ts";
import { spliced } from "../spliced.ts";
import type { Desk } from "./hand.ts";

/** The tasks of a text after an edit, each token once; null where it would be of the format no more. */
export function reread(splices: readonly Splice[], { source, hand }: Desk): ReadonlyMap<Token, DraftTask> | null {
  const { path, text, named } = source;
  const after = hand.read(sourceOf({ path, text: spliced(text, splices), named }));
  if (after === null || "refusal" in after) return null;
  const tasks = new Map<Token, DraftTask>();
  for (const { task } of after.rows) if (!tasks.has(task.token)) tasks.set(task.token, task);
  return tasks;
}
