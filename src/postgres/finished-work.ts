import type pg from "pg";
import { z } from "zod";
import { type FinishedWork, statuses } from "../core/words.ts";

const finishedRow = z.object({
  scope: z.string(),
  token: z.string(),
  hours: z.number().nullable(),
  history: z.array(z.object({ at: z.number(), after: z.enum(statuses) })),
});

/** The histories of completed tasks that have any, in the order of their keys: how long this team takes, and when it did what. */
export async function finishedWorkOf(pool: pg.Pool, repository: number): Promise<readonly FinishedWork[]> {
  const { rows } = await pool.query(
    `select scope, token, (declared ->> 'hours')::float8 as hours,
       (select json_agg(json_build_object('at', (extract(epoch from at) * 1000)::bigint, 'after', after) order by seq) from transitions
        where repository_id = tasks.repository_id and scope = tasks.scope and token = tasks.token) as history
     from tasks
     where repository_id = $1 and present and status = 'completed'
       and exists (
         select from transitions
         where repository_id = tasks.repository_id and scope = tasks.scope and token = tasks.token
       )
     order by scope, token`,
    [repository],
  );
  return rows.map((row) => {
    const { history, ...task } = finishedRow.parse(row);
    return { task, history };
  });
}
