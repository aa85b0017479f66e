import type pg from "pg";
import { z } from "zod";
import { withBuiltOnReverted } from "../core/schedule/built-on-reverted.ts";
import { boardsOf } from "../core/status/board-of.ts";
import { settingsInTime } from "../core/status/settings-in-time.ts";
import { type BoardTask, canonicalJson, type TasksMaterial } from "../core/words.ts";
import type { Post, RepositoryAddress, RepositoryState, Store } from "../ports.ts";
import { openBackfills } from "./backfills.ts";
import { dueWorkDone } from "./due-work.ts";
import { finishedWorkOf } from "./finished-work.ts";
import { factsOf, thingsMentioning } from "./gather-facts.ts";
import { configurationsOf, planRowsOf } from "./gather-plans.ts";
import { tasksWith, tokensWaitingFor } from "./gather-stored.ts";
import { namedByUndone } from "./gather-taken-back.ts";
import { materialFor } from "./gather-tasks.ts";
import { openMilestones } from "./milestones.ts";
import { movesOf } from "./moves.ts";
import { newestFirst } from "./newest-first.ts";
import { addReadings } from "./receipt.ts";
import { inMs } from "./sql-time.ts";
import { declaredSchema, foldedSchema } from "./stored.ts";

/** The present state, as effects need it, and the memory of what was written where. */
export function openStore(pool: pg.Pool): Store {
  return {
    address: (repository) => addressOf(pool, repository),
    mode: async (repository) => settingsInTime(await configurationsOf(pool, repository), "").now.mode,
    state: (repository) => stateOf(pool, repository),
    factsAbout: (repository, things) => factsOf(pool, repository, new Set(things)),
    factsNaming: async (repository, tokens) => factsOf(pool, repository, new Set(await thingsMentioning(pool, repository, tokens))),
    pullsNaming: async (repository, tokens) => {
      const things = await thingsMentioning(pool, repository, tokens);
      return factsOf(pool, repository, new Set(things.filter((thing) => thing.startsWith("pull:"))));
    },
    openPlanEdits: (repository) => openPlanEdits(pool, repository),
    pullsAt: (repository, head) => pullsAt(pool, repository, head),
    materialOf: (repository, tokens) => materialOf(pool, repository, tokens),
    namedByUndone: (repository, facts) => namedByUndone(pool, repository, facts),
    tasksOf: (repository, tokens) => tasksWith(pool, repository, tokens),
    moves: (repository, time) => movesOf(pool, repository, time),
    texts: (blobs) => textsOf(pool, blobs),
    finishedWork: (repository) => finishedWorkOf(pool, repository),
    post: (repository, key) => postOf(pool, repository, key),
    unkept: (repository) => unkeptOf(pool, repository),
    blockerComments: (repository) => blockerCommentsOf(pool, repository),
    rememberPost: (repository, key, post) => rememberPost(pool, repository, key, post),
    addReading: async (repository, reading) => {
      await addReadings(pool, [{ ...reading, repository, live: true }]);
    },
    backfills: openBackfills(pool),
    milestones: openMilestones(pool),
  };
}

const addressRow = z.object({
  repository: z.number(),
  installation: z.number(),
  owner: z.string(),
  name: z.string(),
  defaultBranch: z.string(),
});

async function addressOf(pool: pg.Pool, repository: number): Promise<RepositoryAddress | null> {
  const { rows } = await pool.query(
    `select id as repository, installation_id as installation, owner, name, default_branch as "defaultBranch"
     from repositories where id = $1 and present`,
    [repository],
  );
  return rows[0] === undefined ? null : addressRow.parse(rows[0]);
}

async function stateOf(pool: pg.Pool, repository: number): Promise<RepositoryState | null> {
  const address = await addressOf(pool, repository);
  if (address === null) return null;
  const configurations = await configurationsOf(pool, repository);
  const plans = await planRowsOf(pool, repository);
  const tasks = await boardTasksOf(pool, repository);
  return {
    address,
    configurations,
    configuration: settingsInTime(configurations, address.defaultBranch).now,
    plans,
    lookedAt: await dueWorkDone(pool, repository, "look"),
    boards: withBuiltOnReverted(boardsOf(plans, tasks)),
  };
}

const boardRow = z.object({ scope: z.string(), path: z.string(), declared: declaredSchema, folded: foldedSchema });

async function boardTasksOf(pool: pg.Pool, repository: number): Promise<ReadonlyMap<string, readonly BoardTask[]>> {
  const { rows } = await pool.query(
    "select scope, path, declared, folded from tasks where repository_id = $1 and present and folded is not null order by path, position",
    [repository],
  );
  const tasks = new Map<string, BoardTask[]>();
  for (const row of rows) {
    const { scope, path, declared, folded } = boardRow.parse(row);
    const task: BoardTask = { ...declared, scope, state: folded.state };
    const list = tasks.get(path);
    if (list === undefined) tasks.set(path, [task]);
    else list.push(task);
  }
  return tasks;
}

/** Numbers of the pull requests that ever had this head, by the facts' index on things. */
async function pullsAt(pool: pg.Pool, repository: number, head: string): Promise<readonly number[]> {
  const { rows } = await pool.query(
    `select distinct (body ->> 'number')::int as number from facts
     where repository_id = $1 and kind = 'pull' and body ->> 'headSha' = $2 order by 1`,
    [repository, head],
  );
  return rows.map((row) => z.object({ number: z.number() }).parse(row).number);
}

/** Pull requests whose newest snapshot is open and whose head, as read, changes plan files or the configuration. */
async function openPlanEdits(pool: pg.Pool, repository: number): Promise<readonly number[]> {
  const { rows } = await pool.query(
    `select number from (
       select distinct on (content.thing) (pull.body ->> 'number')::int as number, pull.body ->> 'state' as state,
         exists (
           select from facts as head where head.repository_id = $1 and head.thing = content.thing and head.kind = 'pull-content'
             and head.body -> 'texts' <> '[]'::jsonb and head.body ->> 'headSha' = pull.body ->> 'headSha'
         ) as edits
       from facts as content
       join facts as pull on pull.repository_id = $1 and pull.thing = content.thing and pull.kind = 'pull'
       where content.repository_id = $1 and content.kind = 'pull-content' and content.body -> 'texts' <> '[]'::jsonb
       order by content.thing, ${newestFirst("pull")}
     ) as newest
     where state in ('open', 'draft') and edits
     order by number desc limit 100`,
    [repository],
  );
  return rows.map((row) => z.object({ number: z.number() }).parse(row).number);
}

async function materialOf(pool: pg.Pool, repository: number, tokens: readonly string[]): Promise<TasksMaterial> {
  const address = await addressOf(pool, repository);
  const configurations = await configurationsOf(pool, repository);
  const defaultBranch = address?.defaultBranch ?? "";
  const { now } = settingsInTime(configurations, defaultBranch);
  const wanted = [...tokens, ...(await tokensWaitingFor(pool, repository, tokens, now.dependencies))];
  const tasks = await tasksWith(pool, repository, wanted);
  return materialFor(pool, repository, { tasks, tokens, things: new Set(), configuration: now, configurations, defaultBranch });
}

async function textsOf(pool: pg.Pool, blobs: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { rows } = await pool.query("select sha, body from blobs where sha = any ($1)", [blobs]);
  return new Map(
    rows.map((row): readonly [string, string] => {
      const { sha, body } = z.object({ sha: z.string(), body: z.instanceof(Buffer) }).parse(row);
      return [sha, body.toString("utf8")];
    }),
  );
}

const postRow = z.object({
  remote: z.number().nullable(),
  hash: z.string(),
  again: z.string().nullable(),
  annotations: z.string().nullable(),
  state: z.enum(["writing", "written", "observed"]),
  at: z.number(),
  body: z.unknown(),
});

/** Null where nothing was ever written under this key. */
async function postOf(pool: pg.Pool, repository: number, key: string): Promise<Post | null> {
  const { rows } = await pool.query(
    `select remote_id as remote, hash, again, body ->> 'annotationsHash' as annotations, state, ${inMs("at")} as at, body from posts where repository_id = $1 and key = $2`,
    [repository, key],
  );
  return rows[0] === undefined ? null : postRow.parse(rows[0]);
}

const unkeptRow = z.object({ sha: z.string(), body: z.unknown() });

async function unkeptOf(pool: pg.Pool, repository: number): Promise<readonly { readonly sha: string; readonly body: unknown }[]> {
  const { rows } = await pool.query(
    `select split_part(key, ':', 2) as sha, body from posts
     where repository_id = $1 and key like 'check:%' and body ->> 'unkept' = 'true' order by at`,
    [repository],
  );
  return rows.map((row) => unkeptRow.parse(row));
}

const standingRow = z.object({ issue: z.number() });

async function blockerCommentsOf(pool: pg.Pool, repository: number): Promise<readonly number[]> {
  const { rows } = await pool.query(
    `select split_part(key, ':', 2)::int as issue from posts
     where repository_id = $1 and key like 'blocker:%' and body ->> 'stands' = 'true' order by at`,
    [repository],
  );
  return rows.map((row) => standingRow.parse(row).issue);
}

async function rememberPost(pool: pg.Pool, repository: number, key: string, post: Omit<Post, "at" | "annotations">): Promise<void> {
  await pool.query(
    `insert into posts (repository_id, key, remote_id, hash, again, state, body) values ($1, $2, $3, $4, $5, $6, $7)
     on conflict (repository_id, key) do update set
       remote_id = excluded.remote_id, hash = excluded.hash, again = excluded.again, state = excluded.state, body = excluded.body, at = now()`,
    [repository, key, post.remote, post.hash, post.again, post.state, canonicalJson(post.body)],
  );
}
