import { outcomeOf, type PullOutcome } from "../core/status/outcome.ts";
import type { PullPromise } from "../core/words.ts";
import type { Target } from "./target.ts";

/** What has become of the promises of merged pull requests by now; those of open ones are passed over. */
export async function outcomesNow({ store, at }: Target, promises: readonly PullPromise[]): Promise<readonly PullOutcome[]> {
  const tokens = new Set(promises.flatMap(({ tasks }) => tasks.map(({ token }) => token)));
  const tasks = await store.tasksOf(at.repository, [...tokens]);
  return promises.flatMap(({ mergedAt, ...promise }) => (mergedAt === null ? [] : outcomeOf({ ...promise, mergedAt }, tasks)));
}
