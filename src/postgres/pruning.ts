import type pg from "pg";
import { now } from "../clock.ts";
import { prune } from "./prune.ts";

const everyMs = 60 * 60_000;

/** Prunes done inbox rows once an hour while the process lives. */
export function startPruning(pool: pg.Pool, onError: (error: unknown) => void): { close(): Promise<void> } {
  let running = Promise.resolve();
  const timer = setInterval(() => {
    running = prune(pool, now()).then(() => undefined, onError);
  }, everyMs);
  return {
    close: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
