import { z } from "zod";
import type { PullView } from "../core/render/views.ts";
import type { TakenBack } from "../core/schedule/taken-back.ts";
import { keyOf } from "../core/schedule/task-key.ts";
import { type PullPromise, statuses } from "../core/words.ts";

const task = z.object({
  id: z.string(),
  scope: z.string(),
  token: z.string(),
  before: z.enum(statuses),
  after: z.enum(statuses),
  words: z.string(),
});
const promise = z.object({ pull: z.number(), mergedAt: z.number().nullable(), tasks: z.array(task).readonly() });

const memory = z.object({
  title: z.string(),
  summary: z.string(),
  text: z.string(),
  conclusion: z.enum(["success", "neutral", "failure"]),
  annotations: z
    .array(
      z.object({
        path: z.string(),
        line: z.number(),
        level: z.enum(["notice", "warning", "failure"]),
        title: z.string(),
        message: z.string(),
      }),
    )
    .readonly(),
  // Checks of old were written without what follows: they promised nothing that anybody wrote down.
  promises: z.array(promise).readonly().default([]),
  /** Title and summary as they were without outcomes; null while there are none. */
  said: z.object({ title: z.string(), summary: z.string() }).nullable().default(null),
  /** What became of the promises, as told last. */
  outcome: z.string().nullable().default(null),
  /** Something of them has not happened since the merge. */
  unkept: z.boolean().default(true),
});

/** What is remembered of a check besides that it was written: what it said, what that promised, and what became of it. */
export type CheckMemory = z.infer<typeof memory>;

/** Null where nothing was written, or nothing that can be read. */
export function checkMemoryIn(body: unknown): CheckMemory | null {
  const read = memory.safeParse(body);
  return read.success ? read.data : null;
}

export const checkKey = (sha: string): string => `check:${sha}`;

const revertedWords = ({ pulls, shas }: TakenBack): string => `reverts ${[...pulls.map((number) => `#${number}`), ...shas].join(", ")}`;

/** What a check promises for a pull request that is open: the tasks that merging it changes. Null where there are none. */
export function promiseIn(pull: PullView): PullPromise | null {
  if (pull.optedOut) return null;
  const words = new Map([
    ...pull.reverts.tasks.map((one) => [keyOf(one.task), revertedWords(one)] as const),
    ...pull.rows.map((row) => [keyOf(row.task), `${row.place}: ${row.reference.words}`] as const),
  ]);
  const tasks = pull.impact.changes.map(({ task, before, after }) => ({
    id: task.id,
    scope: task.scope,
    token: task.token,
    before,
    after,
    words: words.get(keyOf(task)) ?? "",
  }));
  return tasks.length === 0 ? null : { pull: pull.number, mergedAt: null, tasks };
}
