import { outcomeEssence } from "../core/render/check-outcome.ts";
import type { Effect, Sha } from "../core/words.ts";
import { bringCheckUpToDate } from "./check.ts";
import { checkKey, checkMemoryIn } from "./check-memory.ts";
import { outcomesNow } from "./outcomes-now.ts";
import type { Target } from "./target.ts";

/**
 * Tells what became of promises, on the checks that made them: of one commit, when a pull request was merged, or wherever one is not kept
 * yet and something has moved. A check that promised nothing is left as it is.
 */
export async function bringOutcomesUpToDate(target: Target, effect: Extract<Effect, { kind: "outcomes" }>): Promise<void> {
  for (const sha of effect.sha === null ? await headsMoved(target) : await headPromising(target, effect.sha))
    await bringCheckUpToDate(target, { kind: "check", sha, again: null });
}

async function headPromising({ store, at }: Target, sha: Sha): Promise<readonly Sha[]> {
  const memory = checkMemoryIn((await store.post(at.repository, checkKey(sha)))?.body);
  return memory === null || memory.promises.length === 0 ? [] : [sha];
}

async function headsMoved(target: Target): Promise<readonly Sha[]> {
  const heads: Sha[] = [];
  for (const { sha, body } of await target.store.unkept(target.at.repository)) {
    const memory = checkMemoryIn(body);
    if (memory === null) continue;
    const outcome = outcomeEssence(target.web, await outcomesNow(target, memory.promises));
    if (outcome !== memory.outcome) heads.push(sha);
  }
  return heads;
}
