import type pg from "pg";
import { expect, test } from "vitest";
import { z } from "zod";
import { homeOf, openFactLanes } from "../../test/fact-lanes.ts";
import { at, comment, commit, permission, planFact, pullContent, shaOf } from "../../test/facts.ts";
import { forgetDeparted } from "./forget.ts";
import { verifyAll } from "./verify.ts";

const plan = "id,title,status,depends_on\nAUTH-005,Harden login,todo,\n";
const own = (repository: number) => `id,title,status,depends_on\nOWN-${repository},Own,todo,\n`;

async function begun() {
  const opened = await openFactLanes();
  const install = async (repository: number, installation: number) => {
    const said = comment(4, "/start AUTH-005", at(3));
    const plans = [planFact("docs/plan.csv", plan, at(0)), planFact("docs/own-plan.csv", own(repository), at(0))];
    await opened.tell(repository, [homeOf(repository, installation), ...plans], { texts: [plan, own(repository)] });
    const content = pullContent(7, ["x"], { files: ["docs/plan.csv"] });
    await opened.tell(repository, [commit("AUTH-005: begin", at(1)), said, permission(said.id, "triage"), content]);
  };
  return { ...opened, install };
}

/** How many rows each table holds of one repository; only those that hold any. */
async function rowsOf(pool: pg.Pool, repository: number): Promise<Readonly<Record<string, number>>> {
  const counts: Record<string, number> = {};
  const count = async (table: string, where: string, value: unknown) => {
    const { rows } = await pool.query(`select count(*)::int as rows from ${table} where ${where}`, [value]);
    const found = z.object({ rows: z.number() }).parse(rows[0]).rows;
    if (found > 0) counts[table] = found;
  };
  const tables = ["facts", "mentions", "plans", "tasks", "dependencies", "plan_changes", "transitions", "audit_log", "posts"];
  for (const table of tables) await count(table, "repository_id = $1", repository);
  await count("repositories", "id = $1", repository);
  await count("inbox", "lane = $1", `repository:${repository}`);
  await count("graphile_worker.jobs", "key like $1", `${repository}:%`);
  await count("blobs", "sha = $1", shaOf(own(repository)));
  return counts;
}

const deleted = (installation: number) => ({ installation, present: false, deleted: true });

test("an installation that was deleted is forgotten whole, and nobody else's rows are", async () => {
  const { pool, lanes, hear, install } = await begun();
  await install(71, 1);
  await install(72, 2);
  await pool.query("insert into posts (repository_id, key, hash, state) values (71, 'summary', 'h', 'written')");
  const before = await rowsOf(pool, 72);
  expect(before).toMatchObject({ tasks: 2, transitions: 3, audit_log: expect.any(Number), inbox: 2, blobs: 1 });
  expect(Object.keys(await rowsOf(pool, 71)).sort()).toEqual([...Object.keys(before), "posts"].sort());

  await hear(deleted(1));
  await lanes.drain("repository:71");
  expect(await forgetDeparted(pool)).toBe(1);

  expect(await rowsOf(pool, 71)).toEqual({});
  expect(await rowsOf(pool, 72)).toEqual(before);
  const { rows } = await pool.query("select count(*)::int as kept from blobs where sha = $1", [shaOf(plan)]);
  expect(rows).toEqual([{ kept: 1 }]);
  const heard = await pool.query("select lane from inbox where lane like 'installation:%'");
  expect(heard.rows).toEqual([]);
  expect(await verifyAll(pool)).toMatchObject([{ repository: 72, waiting: false, problems: [] }]);
  expect(await forgetDeparted(pool)).toBe(0);
});

test("nothing is forgotten of one that was suspended, nor of a repository that was taken out", async () => {
  const { pool, hear, install, lanes, tell } = await begun();
  await install(71, 1);
  const before = await rowsOf(pool, 71);
  await hear({ installation: 1, present: false, deleted: false });
  await lanes.drain("repository:71");
  await install(72, 2);
  await tell(72, [{ ...homeOf(72, 2), id: "repository#out", at: at(9), defaultBranch: "", present: false }]);

  expect(await forgetDeparted(pool)).toBe(0);
  const told = (counts: Readonly<Record<string, number>>) => [counts.tasks, counts.audit_log, counts.transitions, counts.blobs];
  expect(told(await rowsOf(pool, 71))).toEqual(told(before));
  expect(told(await rowsOf(pool, 72))).toEqual(told(before));
});

test("what arrives late from there, a webhook or a reading of ours, is not stored again", async () => {
  const { pool, hear, install, tell } = await begun();
  await install(71, 1);
  await hear(deleted(1));
  await forgetDeparted(pool);

  await tell(71, [commit("AUTH-005: late", at(70))], { from: 1 });
  await tell(71, [planFact("docs/own-plan.csv", own(71), at(72))], { texts: [own(71)] });

  expect(Object.keys(await rowsOf(pool, 71))).toEqual(["inbox"]);
  const { rows } = await pool.query("select id from inbox where state <> 'done'");
  expect(rows).toEqual([]);
});

test("a repository that belongs to another installation by then is kept", async () => {
  const { pool, hear, install, tell } = await begun();
  await install(71, 1);
  await hear(deleted(1));
  await tell(71, [{ ...homeOf(71, 3), id: "repository#again", at: at(90), defaultBranch: "" }]);

  expect(await forgetDeparted(pool)).toBe(0);
  expect(await rowsOf(pool, 71)).toMatchObject({ tasks: expect.any(Number), repositories: 1 });
});

test("while somebody drains its lane it waits for the next time", async () => {
  const { pool, hear, install } = await begun();
  await install(71, 1);
  await hear(deleted(1));
  const other = await pool.connect();
  await other.query("begin");
  await other.query("select pg_advisory_xact_lock(hashtextextended('repository:71', 1))");
  expect(await forgetDeparted(pool)).toBe(0);
  await other.query("rollback");
  other.release();
  expect(await forgetDeparted(pool)).toBe(1);
  expect(await rowsOf(pool, 71)).toEqual({});
});
