import type pg from "pg";
import { z } from "zod";
import { type Backfill, backfillKinds, canonicalJson, type Effect, effectKey, factSchema } from "../core/words.ts";
import type { BackfillStep, Backfills } from "../ports.ts";
import { laneOfRepository } from "./lane-of.ts";
import { newestFirst } from "./newest-first.ts";
import { addJobs } from "./outbox.ts";
import { addReadings } from "./receipt.ts";
import { fromMs, inMs } from "./sql-time.ts";

/** Whoever asked is remembered until so many others did. */
const mostRequests = 50;
const longestError = 500;

/** Backfills as they stand in `backfills`. */
export function openBackfills(pool: pg.Pool): Backfills {
  return {
    of: (repository) => backfillOf(pool, repository),
    begin: (repository, ask) => inOne(pool, (client) => begin(client, repository, ask)),
    next: (repository) => nextStep(pool, repository),
    advance: (repository, step, page) => inOne(pool, (client) => advance(client, repository, { step, page })),
    stumble: (repository, { kind }, trouble) => stumble(pool, { repository, kind, ...trouble }),
    isWaiting: async (repository) => {
      const lane = laneOfRepository(repository);
      const { rowCount } = await pool.query("select from inbox where state = 'waiting' and lane = $1 and not live limit 1", [lane]);
      return rowCount !== 0;
    },
    openHeads: async (repository) => [...new Set((await openThings(pool, repository)).flatMap(({ head }) => head ?? []))].sort(),
    openThings: async (repository) => (await openThings(pool, repository)).map(({ thing }) => thing),
    edges: (repository) => edgesOf(pool, repository),
    branches: (repository) => branchesOf(pool, repository),
    finish: (repository, effects) => inOne(pool, (client) => finish(client, repository, effects)),
  };
}

const stageRow = z.object({
  kind: z.enum(backfillKinds),
  since: z.number(),
  state: z.enum(["waiting", "done", "failed"]),
  done: z.number(),
  left: z.number().nullable(),
  error: z.string().nullable(),
  notBefore: z.number().nullable(),
  requests: z.array(z.string()),
});

async function backfillOf(client: pg.Pool | pg.ClientBase, repository: number): Promise<Backfill | null> {
  const { rows } = await client.query(
    `select kind, ${inMs("since")} as since, state, done, remaining as left, error, ${inMs("not_before")} as "notBefore", requests
     from backfills where repository_id = $1 order by position`,
    [repository],
  );
  const stages = rows.map((row) => stageRow.parse(row));
  const [first] = stages;
  if (first === undefined) return null;
  return {
    since: first.since,
    requests: first.requests,
    stages: stages.map(({ since: _, requests: __, ...stage }) => stage),
    stopped: stages.some(({ state }) => state === "waiting") && !(await goesOn(client, repository)),
  };
}

/** Whether a page is being read or will be: the queue leaves a job alone that failed too often. */
async function goesOn(client: pg.Pool | pg.ClientBase, repository: number): Promise<boolean> {
  const { rowCount } = await client.query(
    "select from graphile_worker.jobs where key = $1 and (attempts < max_attempts or locked_at is not null)",
    [`${repository}:${effectKey({ kind: "backfill-page" })}`],
  );
  return rowCount !== 0;
}

const first = "first";

async function begin(client: pg.PoolClient, repository: number, ask: Parameters<Backfills["begin"]>[1]): Promise<void> {
  // Two requests at once begin one after the other: the second one finds the first running.
  await client.query("select pg_advisory_xact_lock(hashtextextended($1, 2))", [`backfill:${repository}`]);
  const known = await backfillOf(client, repository);
  const request = ask.request ?? first;
  const running = known?.stages.some((stage) => stage.state === "waiting") ?? false;
  if (known !== null && (ask.request === null || known.requests.includes(request))) {
    if (running) await goOn(client, repository);
    return;
  }
  const requests = [...(known?.requests ?? []), request].slice(-mostRequests);
  if (running) await client.query("update backfills set requests = $2 where repository_id = $1", [repository, requests]);
  else await beginAnew(client, repository, { requests, since: ask.since });
  await goOn(client, repository);
}

async function beginAnew(
  client: pg.PoolClient,
  repository: number,
  { requests, since }: { readonly requests: readonly string[]; readonly since: number },
): Promise<void> {
  await client.query("delete from backfills where repository_id = $1", [repository]);
  await client.query(
    `insert into backfills (repository_id, kind, position, since, requests)
     select $1, kind, position, ${fromMs("$3::float8")}, $4 from unnest($2::text[]) with ordinality as kinds (kind, position)`,
    [repository, backfillKinds, since, requests],
  );
}

const goOn = (client: pg.PoolClient, repository: number): Promise<void> => {
  const effect = { kind: "backfill-page" } as const;
  return addJobs(client, repository, [{ effect, key: effectKey(effect) }]);
};

const stepRow = z.object({ kind: z.enum(backfillKinds), cursor: z.unknown(), since: z.number() });

async function nextStep(pool: pg.Pool, repository: number): Promise<BackfillStep | null> {
  const { rows } = await pool.query(
    `select kind, cursor, ${inMs("since")} as since from backfills where repository_id = $1 and state = 'waiting' order by position limit 1`,
    [repository],
  );
  return rows[0] === undefined ? null : stepRow.parse(rows[0]);
}

/** The page's readings and the cursor behind it, or neither: who finds the cursor moved was overtaken. */
async function advance(
  client: pg.PoolClient,
  repository: number,
  { step, page }: { readonly step: BackfillStep; readonly page: Parameters<Backfills["advance"]>[2] },
): Promise<boolean> {
  const json = (cursor: unknown) => (cursor === null || cursor === undefined ? null : canonicalJson(cursor));
  const { rowCount } = await client.query(
    `update backfills set
       cursor = $4, done = done + $5, remaining = $6, error = null, not_before = null,
       state = case when $4::jsonb is null then 'done' else 'waiting' end,
       finished_at = case when $4::jsonb is null then now() end
     where repository_id = $1 and kind = $2 and state = 'waiting' and cursor is not distinct from $3::jsonb`,
    [repository, step.kind, json(step.cursor), json(page.cursor), page.items, page.left],
  );
  if (rowCount === 0) return false;
  await addReadings(
    client,
    page.readings.map((reading) => ({ ...reading, repository, live: false })),
  );
  if (page.restUntil !== null) await rest(client, repository, page.restUntil);
  return true;
}

/** Whichever kind comes next waits. */
async function rest(client: pg.PoolClient, repository: number, until: number): Promise<void> {
  await client.query(
    `update backfills set not_before = ${fromMs("$2::float8")}
     where repository_id = $1 and position = (select min(position) from backfills where repository_id = $1 and state = 'waiting')`,
    [repository, until],
  );
}

async function stumble(
  pool: pg.Pool,
  so: { readonly repository: number; readonly kind: string } & Parameters<Backfills["stumble"]>[2],
): Promise<void> {
  await pool.query(
    `update backfills set
       error = coalesce($3, error), not_before = ${fromMs("$5::float8")},
       state = case when $4 then 'failed' else state end, finished_at = case when $4 then now() end
     where repository_id = $1 and kind = $2 and state = 'waiting'`,
    [so.repository, so.kind, so.error?.replaceAll("\u0000", "").slice(0, longestError) ?? null, so.final, so.notBefore],
  );
}

const openRow = z.object({ thing: z.string(), head: z.string().nullable() });

/** Issues and pull requests that were open when they were last told of, with the heads of the latter. */
async function openThings(pool: pg.Pool, repository: number): Promise<readonly z.infer<typeof openRow>[]> {
  const { rows } = await pool.query(
    `select thing, head from (
       select distinct on (thing) thing, body ->> 'headSha' as head, body ->> 'state' as state
       from facts where repository_id = $1 and kind in ('pull', 'issue') order by thing, ${newestFirst("facts")}
     ) as newest where state in ('open', 'draft') order by thing`,
    [repository],
  );
  return rows.map((row) => openRow.parse(row));
}

async function edgesOf(pool: pg.Pool, repository: number): ReturnType<Backfills["edges"]> {
  const { rows } = await pool.query(
    `select body from (
       select distinct on (thing) body from facts where repository_id = $1 and kind = 'relation'
       order by thing, at desc, (body ->> 'stands')::boolean, id desc
     ) as newest where (body ->> 'stands')::boolean`,
    [repository],
  );
  return rows.flatMap((row) => {
    const { body } = z.object({ body: factSchema }).parse(row);
    return body.kind === "relation" ? [body] : [];
  });
}

const branchRow = z.object({ name: z.string(), at: z.number(), live: z.boolean() });

async function branchesOf(pool: pg.Pool, repository: number): ReturnType<Backfills["branches"]> {
  const { rows } = await pool.query(
    `select distinct on (thing) body ->> 'name' as name, ${inMs("at")} as at, body ->> 'head' is not null as live
     from facts where repository_id = $1 and kind = 'branch' order by thing, facts.at desc, id desc`,
    [repository],
  );
  return new Map(
    rows.map((row) => {
      const { name, ...known } = branchRow.parse(row);
      return [name, known];
    }),
  );
}

async function finish(client: pg.PoolClient, repository: number, effects: readonly Effect[]): Promise<void> {
  const { rowCount } = await client.query(
    "update backfills set state = 'done', finished_at = now() where repository_id = $1 and kind = 'statuses' and state = 'waiting'",
    [repository],
  );
  if (rowCount === 0) return;
  await addJobs(
    client,
    repository,
    effects.map((effect) => ({ effect, key: effectKey(effect) })),
  );
}

async function inOne<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  try {
    await client.query("begin");
    const result = await work(client);
    await client.query("commit");
    return result;
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}
