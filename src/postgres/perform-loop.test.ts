import { expect, onTestFinished, test } from "vitest";
import { freshDatabase } from "../../test/fresh-database.ts";
import type { Effect } from "../core/words.ts";
import { openPool } from "./open-pool.ts";
import { addJobs } from "./outbox.ts";
import { startPerformLoop } from "./perform-loop.ts";

const hour = 3_600_000;

test("writes of one installation follow each other at once, also when the queue is never looked at unasked", async () => {
  const database = await freshDatabase();
  onTestFinished(() => database.drop());
  const pool = openPool(database.url, { poolSize: 8, log: () => undefined });
  onTestFinished(() => pool.end());
  await pool.query(
    "insert into repositories (id, installation_id, owner, name, default_branch, private) values (42, 7, 'o', 'r', 'main', false)",
  );
  const effects = [1, 2, 3, 4, 5, 6, 7, 8].map((comment): Effect => ({ kind: "reply", comment, issue: 1 }));
  const performed: Effect[] = [];
  let failed = false;
  await new Promise<void>((resolve, reject) => {
    startPerformLoop({
      pool,
      atOnce: 4,
      pollMs: hour,
      announce: async () => undefined,
      perform: async ({ effect }) => {
        performed.push(effect);
        // What fails frees the queue as well.
        if (!failed) {
          failed = true;
          throw new Error("GitHub does not answer");
        }
        return null;
      },
      claim: async () => undefined,
      elapsed: () => 0,
      onPerformed: () => {
        if (performed.length === effects.length) resolve();
      },
      onTrouble: () => undefined,
      onBroken: () => reject(new Error("broken")),
    }).then(async (loop) => {
      onTestFinished(() => loop.close());
      const client = await pool.connect();
      await addJobs(
        client,
        42,
        effects.map((effect, index) => ({ effect, key: `reply:${index}` })),
      );
      client.release();
    }, reject);
  });
  expect(new Set(performed)).toEqual(new Set(effects));
});
