/** What a check said that merging does, kept so that it can be held against what came of it. */
import type { Instant, Scope, Status, Token } from "./basic.ts";

/** `words` = where a task is named and by which words, as a cause has it; empty where no word of the pull request names it. */
export type PromisedTask = {
  readonly id: string;
  readonly scope: Scope;
  readonly token: Token;
  readonly before: Status;
  readonly after: Status;
  readonly words: string;
};

/** What a check promised for one pull request when it was last written before the merge. `mergedAt` null = it is open still. */
export type PullPromise = { readonly pull: number; readonly mergedAt: Instant | null; readonly tasks: readonly PromisedTask[] };
