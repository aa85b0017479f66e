import type pg from "pg";
import { z } from "zod";
import { homesByToken } from "../core/evidence/homes.ts";
import type { Configuration, Homes, TaskMaterial, Token, Track } from "../core/words.ts";
import { declaredSchema, foldedSchema, historySchema, statementSchema, trackSchema } from "./stored.ts";

type Client = pg.ClientBase | pg.Pool;

// Tasks and their dependencies are looked up in statements of their own, over lists. Postgres expects a single row of a plan that is not
// in its statistics yet, and joined the two by going through all rows for each: 10 to 30 s for a new plan of 10 000 tasks, now 0.2 s.

const taskRow = z.object({
  scope: z.string(),
  token: z.string(),
  path: z.string(),
  present: z.boolean(),
  declared: declaredSchema,
  folded: foldedSchema.nullable(),
  history: historySchema,
  stated: z.array(statementSchema),
  watched_since: z.number(),
});

/** Tasks with these tokens; null means all tasks. Of those (by `rowKey`) that go on from a kept fold, no statements, and transitions from there on. */
export async function tasksWith(
  client: Client,
  repository: number,
  tokens: readonly Token[] | null,
  steps: ReadonlyMap<string, number> = new Map(),
): Promise<readonly TaskMaterial[]> {
  if (tokens !== null && tokens.length === 0) return [];
  const { rows } = await client.query(
    `select tasks.scope, tasks.token, tasks.path, tasks.present, tasks.declared, tasks.folded,
       coalesce((
         select jsonb_agg(jsonb_build_object('at', (extract(epoch from at) * 1000)::bigint, 'before', before, 'after', after, 'cause', cause) order by seq)
         from transitions
         where transitions.repository_id = $1 and transitions.scope = tasks.scope and transitions.token = tasks.token
           and seq >= coalesce(($3::jsonb ->> (tasks.token || ' ' || tasks.scope))::int, 0)
       ), '[]') as history,
       case when $3::jsonb ? (tasks.token || ' ' || tasks.scope) then '[]' else coalesce((
         select jsonb_agg(body) from plan_changes
         where plan_changes.repository_id = $1 and plan_changes.scope = tasks.scope and plan_changes.token = tasks.token
       ), '[]') end as stated,
       (plans.body ->> 'watchedSince')::float8 as watched_since
     from tasks
     join plans on plans.repository_id = $1 and plans.path = tasks.path
     where tasks.repository_id = $1 and ($2::text[] is null or tasks.token = any ($2))
     order by tasks.scope, tasks.position, tasks.token`,
    [repository, tokens, JSON.stringify(Object.fromEntries(steps))],
  );
  return rows.map((row) => {
    const { watched_since, folded, history, ...task } = taskRow.parse(row);
    return { ...task, watchedSince: watched_since, stored: folded === null ? null : { ...folded, history } };
  });
}

const tokenRow = z.object({ token: z.string() });

/**
 * Tokens of the tasks that wait for one of these by command or, with `dependencies: block`, by plan.
 * By id alone: of two scopes that share one, tasks of both are gathered, which costs a look and changes nothing.
 */
export async function tokensWaitingFor(
  client: Client,
  repository: number,
  tokens: readonly Token[],
  dependencies: Configuration["dependencies"],
): Promise<readonly Token[]> {
  const kinds = dependencies === "block" ? ["plan", "hold"] : ["hold"];
  const { rows } = await client.query(
    "select distinct token from dependencies where repository_id = $1 and depends_on = any ($2) and kind = any ($3)",
    [repository, tokens, kinds],
  );
  return rows.map((row) => tokenRow.parse(row).token);
}

const homeRow = z.object({
  token: z.string(),
  scope: z.string(),
  path: z.string(),
  id: z.string(),
  title: z.string(),
  present: z.boolean(),
});

/** The tasks that these tokens are or were, wherever they live. */
export async function homesAmong(client: Client, repository: number, tokens: readonly Token[]): Promise<Homes> {
  const { rows } = await client.query(
    `select token, scope, path, declared ->> 'id' as id, title, present from tasks where repository_id = $1 and token = any ($2)`,
    [repository, tokens],
  );
  return homesByToken(
    rows.map((row) => {
      const { token, ...home } = homeRow.parse(row);
      return [token, home];
    }),
  );
}

const edgeRow = z.object({ depends_on: z.string() });
const trackRow = z.object({ scope: z.string(), token: z.string(), track: trackSchema });

/** Tracks of the tasks in the same scope that these may wait for, and of a few more where two scopes share an id. */
export async function tracksFor(client: Client, repository: number, tasks: readonly TaskMaterial[]): Promise<ReadonlyMap<string, Track>> {
  if (tasks.length === 0) return new Map();
  const scopes = [...new Set(tasks.map((task) => task.scope))];
  const { rows: edges } = await client.query(
    "select distinct depends_on from dependencies where repository_id = $1 and scope = any ($2) and token = any ($3)",
    [repository, scopes, [...new Set(tasks.map((task) => task.token))]],
  );
  if (edges.length === 0) return new Map();
  const { rows } = await client.query(
    `select scope, token, folded -> 'track' as track from tasks
     where repository_id = $1 and scope = any ($2) and token = any ($3) and folded is not null`,
    [repository, scopes, edges.map((row) => edgeRow.parse(row).depends_on)],
  );
  return new Map(rows.map((row) => trackRow.parse(row)).map((row) => [`${row.scope} ${row.token}`, row.track]));
}
