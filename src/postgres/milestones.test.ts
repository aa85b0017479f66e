import type pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { at, issue, permission } from "../../test/facts.ts";
import { freshDatabase } from "../../test/fresh-database.ts";
import { canonicalJson, type Fact } from "../core/words.ts";
import { openMilestones } from "./milestones.ts";
import { openPool } from "./open-pool.ts";
import { storeMentions } from "./remember.ts";

async function withFacts(facts: readonly Fact[]): Promise<pg.Pool> {
  const database = await freshDatabase();
  onTestFinished(() => database.drop());
  const pool = openPool(database.url, { poolSize: 1, log: () => undefined });
  onTestFinished(() => pool.end());
  for (const fact of facts)
    await pool.query(
      "insert into facts (repository_id, id, kind, thing, at, body) values (1, $1, $2, $3, to_timestamp($4::float8 / 1000), $5)",
      [fact.id, fact.kind, fact.thing, fact.at, canonicalJson(fact)],
    );
  const client = await pool.connect();
  await storeMentions(client, 1, facts);
  client.release();
  return pool;
}

test("issues that ever went by a name are read as they stand, open ones only, with what their authors may do", async () => {
  const pool = await withFacts([
    issue(1, at(1), { title: "Milestone: Beta", author: { login: "maintainer", id: 1, bot: false } }),
    permission("issue:1", "read", at(2)),
    permission("issue:1", "triage", at(3)),
    { ...permission("issue:1", "admin", at(4)), id: "issue:1#of-another", login: "another" },
    issue(2, at(1), { milestone: "beta" }),
    issue(2, at(5), { title: "Called otherwise" }),
    issue(3, at(1), { labels: ["Beta"] }),
    issue(3, at(2), { labels: ["Beta"], state: "closed" }),
    issue(4, at(1), { labels: ["Beta"] }),
    issue(4, at(1), { state: "gone" }),
    issue(5, at(1), { title: "Gamma" }),
  ]);
  const { issuesMeaning, openIssues } = openMilestones(pool);
  const seen = (found: Awaited<ReturnType<typeof issuesMeaning>>) =>
    found.map(({ issue: { number, title }, role }) => ({ number, title, role }));
  expect(seen(await issuesMeaning(1, ["beta", "delta"]))).toEqual([
    { number: 1, title: "Milestone: Beta", role: "triage" },
    { number: 2, title: "Called otherwise", role: null },
  ]);
  expect(await issuesMeaning(2, ["beta"])).toEqual([]);
  expect(await issuesMeaning(1, [])).toEqual([]);
  expect((await openIssues(1, [3, 5, 9])).map(({ issue: { number } }) => number)).toEqual([5]);
});

test("comments on milestones are told apart from all else that was written, the one written last in the end", async () => {
  const pool = await withFacts([]);
  const write = (key: string, body: unknown, seconds: number) =>
    pool.query("insert into posts (repository_id, key, hash, state, body, at) values (1, $1, '', 'written', $2, to_timestamp($3))", [
      key,
      JSON.stringify(body),
      seconds,
    ]);
  await write("milestone:9:beta", { issue: 9, name: "beta", names: ["beta", "m3"], text: "…" }, 2);
  await write("milestone:4:beta", { issue: 4, name: "beta", names: ["beta"], text: "…" }, 1);
  await write("blocker:4", { issue: 4, text: "…", stands: true }, 3);
  expect(await openMilestones(pool).comments(1)).toEqual([
    { issue: 4, name: "beta", names: ["beta"] },
    { issue: 9, name: "beta", names: ["beta", "m3"] },
  ]);
});
