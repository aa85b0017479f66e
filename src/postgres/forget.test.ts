import type pg from "pg";
import { expect, onTestFinished, test } from "vitest";
import { z } from "zod";
import { at, comment, commit, permission, planFact, pullContent, shaOf } from "../../test/facts.ts";
import { freshDatabase } from "../../test/fresh-database.ts";
import { type Fact, factSchema, type RepositoryFact } from "../core/words.ts";
import { drain } from "../flow.ts";
import type { InstallationNews, Translator } from "../ports.ts";
import { forgetDeparted } from "./forget.ts";
import { openLanes } from "./lanes.ts";
import { openPool } from "./open-pool.ts";
import { putIntoInbox } from "./put-into-inbox.ts";
import { verifyAll } from "./verify.ts";

const rowBody = z.object({
  repository: z.number().nullable(),
  facts: z.array(factSchema),
  texts: z.array(z.string()),
  from: z.number().nullable(),
  news: z.object({ installation: z.number(), present: z.boolean(), deleted: z.boolean(), at: z.number() }).nullable(),
});
type Body = z.infer<typeof rowBody>;

/** Rows that hold facts already: what lies between GitHub's words and ours is tested where it is written. */
const translator: Translator = {
  translate: async (rows) =>
    rows.map((row) => {
      const { repository, facts, texts, from, news } = rowBody.parse(JSON.parse(row.body.toString("utf8")));
      return {
        row: row.row,
        delivery: row.id,
        told: facts.map((fact) => ({ repository: repository ?? 0, fact })),
        texts: new Map(texts.map((text) => [shaOf(text), text])),
        from: from === null || repository === null ? null : { repository, installation: from, owner: "octo", name: `plans-${repository}` },
        news,
      };
    }),
};

const home = (repository: number, installation: number): RepositoryFact => ({
  kind: "repository",
  id: `repository#${repository}`,
  thing: "repository",
  at: 0,
  repository,
  installation,
  owner: "octo",
  name: `plans-${repository}`,
  defaultBranch: "main",
  private: false,
  present: true,
});

const plan = "id,title,status,depends_on\nAUTH-005,Harden login,todo,\n";
const own = (repository: number) => `id,title,status,depends_on\nOWN-${repository},Own,todo,\n`;

async function begun() {
  const database = await freshDatabase();
  onTestFinished(() => database.drop());
  const pool = openPool(database.url, { poolSize: 3, log: () => undefined });
  onTestFinished(() => pool.end());
  const lanes = openLanes(pool, (lane) => drain(lane, translator));
  let rows = 0;
  const put = async (lane: string, body: Partial<Body>) => {
    rows += 1;
    const whole: Body = { repository: null, facts: [], texts: [], from: null, news: null, ...body };
    await putIntoInbox(pool, [{ id: `row ${rows}`, event: "story", lane, live: true, body: Buffer.from(JSON.stringify(whole)) }]);
  };
  const tell = async (repository: number, facts: readonly Fact[], more: Partial<Body> = {}) => {
    await put(`repository:${repository}`, { repository, facts: [...facts], texts: [plan, own(repository)], ...more });
    await lanes.drain(`repository:${repository}`);
  };
  const hear = async (news: Omit<InstallationNews, "at">) => {
    await put(`installation:${news.installation}`, { news: { ...news, at: at(60) } });
    await lanes.drain(`installation:${news.installation}`);
  };
  const install = async (repository: number, installation: number) => {
    const said = comment(4, "/start AUTH-005", at(3));
    await tell(repository, [
      home(repository, installation),
      planFact("docs/plan.csv", plan, at(0)),
      planFact("docs/own-plan.csv", own(repository), at(0)),
    ]);
    await tell(repository, [
      commit("AUTH-005: begin", at(1)),
      said,
      permission(said.id, "triage"),
      pullContent(7, ["x"], { files: ["docs/plan.csv"] }),
    ]);
  };
  return { pool, lanes, put, tell, hear, install };
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
  expect(await verifyAll(pool)).toMatchObject([{ repository: 72, problems: [] }]);
  expect(await forgetDeparted(pool)).toBe(0);
});

test("nothing is forgotten of one that was suspended, nor of a repository that was taken out", async () => {
  const { pool, hear, install, lanes, tell } = await begun();
  await install(71, 1);
  const before = await rowsOf(pool, 71);
  await hear({ installation: 1, present: false, deleted: false });
  await lanes.drain("repository:71");
  await install(72, 2);
  await tell(72, [{ ...home(72, 2), id: "repository#out", at: at(9), defaultBranch: "", present: false }]);

  expect(await forgetDeparted(pool)).toBe(0);
  const told = (counts: Readonly<Record<string, number>>) => [counts.tasks, counts.audit_log, counts.transitions, counts.blobs];
  expect(told(await rowsOf(pool, 71))).toEqual(told(before));
  expect(told(await rowsOf(pool, 72))).toEqual(told(before));
});

test("what arrives late from there, a webhook or a reading of ours, is not stored again", async () => {
  const { pool, hear, install, put, lanes, tell } = await begun();
  await install(71, 1);
  await hear(deleted(1));
  await forgetDeparted(pool);

  await tell(71, [commit("AUTH-005: late", at(70))], { from: 1 });
  await tell(71, [planFact("docs/plan.csv", plan, at(71))]);
  await put("repository:71", { repository: 71, facts: [planFact("docs/own-plan.csv", own(71), at(72))], texts: [own(71)] });
  await lanes.drain("repository:71");

  expect(Object.keys(await rowsOf(pool, 71))).toEqual(["inbox"]);
  const { rows } = await pool.query("select id from inbox where state <> 'done'");
  expect(rows).toEqual([]);
});

test("a repository that belongs to another installation by then is kept", async () => {
  const { pool, hear, install, tell } = await begun();
  await install(71, 1);
  await hear(deleted(1));
  await tell(71, [{ ...home(71, 3), id: "repository#again", at: at(90), defaultBranch: "" }]);

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
