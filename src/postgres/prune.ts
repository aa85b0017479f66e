import type pg from "pg";
import type { Instant } from "../core/words.ts";

const keptFor = 30 * 24 * 60 * 60_000;
const batch = 500;

/**
 * Deletes inbox rows that were done more than 30 days before `at`, a few at a time so that nobody waits for it. Answers with how many.
 * A delivery that is sent again after that counts as a new one; its facts are known and change nothing.
 */
export async function prune(pool: pg.Pool, at: Instant): Promise<number> {
  let pruned = 0;
  for (;;) {
    const { rowCount } = await pool.query(deleteOldest, [(at - keptFor) / 1000, batch]);
    pruned += rowCount ?? 0;
    if ((rowCount ?? 0) < batch) return pruned;
  }
}

// Several processes may prune at once: each skips what another is deleting.
const deleteOldest = `
  delete from inbox where row_id in (
    select row_id from inbox where state = 'done' and done_at < to_timestamp($1)
    order by done_at limit $2 for update skip locked
  )`;
