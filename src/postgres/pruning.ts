import type pg from "pg";
import { now } from "../clock.ts";
import { forgetDeparted } from "./forget.ts";
import { prune } from "./prune.ts";
import { repeat } from "./repeat.ts";

const hour = 60 * 60_000;
const minute = 60_000;

/** Prunes done inbox rows once an hour, and forgets installations that were deleted within a minute, while the process lives. */
export function startPruning(pool: pg.Pool, onError: (error: unknown) => void): { close(): Promise<void> } {
  const pruning = repeat(() => prune(pool, now()), { everyMs: hour, onError });
  const forgetting = repeat(() => forgetDeparted(pool), { everyMs: minute, onError });
  return {
    close: async () => {
      await Promise.all([pruning.close(), forgetting.close()]);
    },
  };
}
