import type pg from "pg";
import { z } from "zod";
import { inMs } from "./sql-time.ts";

const observedRow = z.object({ repository: z.string(), key: z.string(), at: z.number(), body: z.unknown() });

/** What observe mode recorded instead of writing it, oldest first. */
export async function observedPosts(
  pool: pg.Pool,
): Promise<readonly { readonly repository: string; readonly key: string; readonly at: number; readonly body: unknown }[]> {
  const { rows } = await pool.query(
    `select repositories.owner || '/' || repositories.name as repository, posts.key, ${inMs("posts.at")} as at, posts.body
     from posts join repositories on repositories.id = posts.repository_id
     where posts.state = 'observed' order by posts.at, posts.key`,
  );
  return rows.map((row) => {
    const { body, ...rest } = observedRow.parse(row);
    return { ...rest, body };
  });
}
