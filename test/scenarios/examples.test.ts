import { expect, test } from "vitest";
import { webhookExamples } from "../webhook-examples.ts";
import { files, people } from "./plans.ts";
import { setStage } from "./stage.ts";

test("every payload that GitHub's hooks are known to send is stored, understood and drained", async () => {
  const { sandbox, pool, settle, problems } = await setStage({ files, people });
  const examples = webhookExamples.map((example, index) => ({ ...example, guid: `example-${index}` }));
  expect(examples).toHaveLength(329);

  const answers = await Promise.all(
    examples.map(async ({ event, payload, guid }) => ({ guid, event, status: await sandbox.send(event, payload, { guid }) })),
  );
  await settle();

  expect(answers.filter(({ status }) => status !== 202)).toEqual([]);
  const { rows } = await pool.query("select id, event, state, attempts, error from inbox where state <> 'done' or attempts > 0");
  expect(rows).toEqual([]);
  const kept = await pool.query("select count(*)::int as kept from inbox where id like 'example-%'");
  expect(kept.rows).toEqual([{ kept: examples.filter(({ event }) => event !== "ping").length }]);
  const told = await pool.query("select distinct kind from facts order by kind");
  expect(told.rows.map(({ kind }) => kind)).toEqual([
    "branch",
    "comment",
    "commit",
    "deployment",
    "issue",
    "label",
    "merge-group",
    "pull",
    "push",
    "repository",
    "rerequest",
    "review",
    "run",
  ]);
  expect(await problems()).toEqual([]);
});
