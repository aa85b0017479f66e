import type pg from "pg";
import { z } from "zod";
import type { Configuration, TaskMaterial, TasksMaterial, Token, Track } from "../core/words.ts";
import { declaredSchema, foldedSchema, historySchema, statementSchema, trackSchema } from "./stored.ts";

type Client = pg.ClientBase | pg.Pool;

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

/** Tasks with these tokens, and those that wait for one of them by command or, with `dependencies: block`, by plan; null means all tasks. */
export async function tasksWith(
  client: Client,
  repository: number,
  tokens: readonly Token[] | null,
  dependencies: Configuration["dependencies"],
): Promise<readonly TaskMaterial[]> {
  if (tokens !== null && tokens.length === 0) return [];
  const { rows } = await client.query(
    `with wanted as (
       select scope, token from tasks where repository_id = $1 and ($2::text[] is null or token = any ($2))
     ), waiting as (
       select dependencies.scope, dependencies.token from dependencies
       join wanted on wanted.scope = dependencies.scope and wanted.token = dependencies.depends_on
       where dependencies.repository_id = $1 and dependencies.kind = any ($3)
     ), touched as (
       select * from wanted union select * from waiting
     )
     select tasks.scope, tasks.token, tasks.path, tasks.present, tasks.declared, tasks.folded,
       coalesce((
         select jsonb_agg(jsonb_build_object('at', (extract(epoch from at) * 1000)::bigint, 'before', before, 'after', after, 'cause', cause) order by seq)
         from transitions
         where transitions.repository_id = $1 and transitions.scope = tasks.scope and transitions.token = tasks.token
       ), '[]') as history,
       coalesce((
         select jsonb_agg(body) from plan_changes
         where plan_changes.repository_id = $1 and plan_changes.path = tasks.path and plan_changes.token = tasks.token
       ), '[]') as stated,
       (plans.body ->> 'watchedSince')::float8 as watched_since
     from touched
     join tasks on tasks.repository_id = $1 and tasks.scope = touched.scope and tasks.token = touched.token
     join plans on plans.repository_id = $1 and plans.path = tasks.path
     order by tasks.scope, tasks.position, tasks.token`,
    [repository, tokens, dependencies === "block" ? ["plan", "hold"] : ["hold"]],
  );
  return rows.map((row) => {
    const { watched_since, folded, history, ...task } = taskRow.parse(row);
    return { ...task, watchedSince: watched_since, stored: folded === null ? null : { ...folded, history } };
  });
}

const idRow = z.object({ token: z.string(), id: z.string(), titles: z.number() });

/** Which of these tokens are or were tasks, as the plans write them, and which of them two plans give to different tasks. */
export async function idsAmong(
  client: Client,
  repository: number,
  tokens: readonly Token[],
): Promise<Pick<TasksMaterial, "ids" | "ambiguous">> {
  const { rows } = await client.query(
    `select token, (array_agg(declared ->> 'id' order by present desc, scope))[1] as id,
       count(distinct lower(regexp_replace(title, '[^[:alnum:]]+', ' ', 'g'))) filter (where present)::int as titles
     from tasks where repository_id = $1 and token = any ($2) group by token`,
    [repository, tokens],
  );
  const read = rows.map((row) => idRow.parse(row));
  return {
    ids: new Map(read.map((row) => [row.token, row.id])),
    ambiguous: new Set(read.flatMap((row) => (row.titles > 1 ? [row.token] : []))),
  };
}

const edgeRow = z.object({ depends_on: z.string() });
const trackRow = z.object({ scope: z.string(), token: z.string(), track: trackSchema });

/**
 * Tracks of the tasks in the same scope that these may wait for (and of a few more where two scopes share an id). In two statements over
 * lists, because Postgres expects a single row of a plan that is not in its statistics yet: joined, and so gone through once for each
 * other, the rows of a new plan of 10 000 tasks took 8 to 30 s.
 */
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
