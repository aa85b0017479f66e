import type pg from "pg";
import { z } from "zod";
import { type Instant, type Move, statuses } from "../core/words.ts";
import { fromMs, inMs } from "./sql-time.ts";
import { causeSchema } from "./stored.ts";

const moveRow = z.object({
  scope: z.string(),
  token: z.string(),
  at: z.number(),
  before: z.enum(statuses).nullable(),
  after: z.enum(statuses),
  cause: causeSchema,
});

/** What tasks that stand in a plan went through after one time and until another, oldest first. Empty: nothing. */
export async function movesOf(
  pool: pg.Pool,
  repository: number,
  { after, until }: { readonly after: Instant; readonly until: Instant },
): Promise<readonly Move[]> {
  const { rows } = await pool.query(
    `select transitions.scope, transitions.token, ${inMs("transitions.at")} as at, transitions.before, transitions.after, transitions.cause
     from transitions join tasks using (repository_id, scope, token)
     where repository_id = $1 and tasks.present and transitions.at > ${fromMs("$2")} and transitions.at <= ${fromMs("$3")}
     order by transitions.at, transitions.scope, transitions.token, transitions.seq`,
    [repository, after, until],
  );
  return rows.map((row) => moveRow.parse(row));
}
