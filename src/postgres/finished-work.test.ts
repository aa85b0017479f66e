import { expect, onTestFinished, test } from "vitest";
import { freshDatabase } from "../../test/fresh-database.ts";
import { finishedWorkOf } from "./finished-work.ts";
import { openPool } from "./open-pool.ts";

test("when tasks changed is told of the completed ones of this repository that stand in a plan", async () => {
  const database = await freshDatabase();
  onTestFinished(() => database.drop());
  const pool = openPool(database.url, { poolSize: 1, log: () => undefined });
  onTestFinished(() => pool.end());
  const add = async (
    token: string,
    hours: number | null,
    steps: readonly string[],
    change: { repository?: number; present?: boolean } = {},
  ) => {
    const { repository = 1, present = true } = change;
    await pool.query(
      `insert into tasks (repository_id, scope, token, path, position, present, declared, title, status)
       values ($1, 'plan.csv', $2, 'plan.csv', 0, $3, $4, '', $5)`,
      [repository, token, present, JSON.stringify({ hours }), steps.at(-1)],
    );
    for (const [seq, after] of steps.entries())
      await pool.query(
        `insert into transitions (repository_id, scope, token, seq, at, after, cause)
         values ($1, 'plan.csv', $2, $3, to_timestamp($4), $5, '{}')`,
        [repository, token, seq, seq * 60 + 0.5, after],
      );
  };
  await add("B-2", 2.5, ["todo", "in-progress", "completed"]);
  await add("A-1", 4, ["in-progress", "blocked", "in-progress", "completed"]);
  await add("A-2", null, ["in-progress", "completed"]);
  await add("A-3", 4, ["todo", "completed"]);
  await add("A-4", 4, ["in-progress", "completed", "in-progress"]);
  await add("A-5", 4, ["in-progress", "completed"], { present: false });
  await add("A-6", 4, ["in-progress", "completed"], { repository: 2 });

  const work = await finishedWorkOf(pool, 1);
  expect(work.map(({ task: { token, hours }, history }) => [token, hours, history.map(({ after }) => after).join()])).toEqual([
    ["A-1", 4, "in-progress,blocked,in-progress,completed"],
    ["A-2", null, "in-progress,completed"],
    ["A-3", 4, "todo,completed"],
    ["B-2", 2.5, "todo,in-progress,completed"],
  ]);
  expect(work.at(-1)).toEqual({
    task: { scope: "plan.csv", token: "B-2", hours: 2.5 },
    history: [
      { at: 500, after: "todo" },
      { at: 60_500, after: "in-progress" },
      { at: 120_500, after: "completed" },
    ],
  });
});
