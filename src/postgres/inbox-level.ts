import type pg from "pg";
import { z } from "zod";

const levelRow = z.object({ waiting: z.number(), oldest: z.number().nullable(), parked: z.number() });

/** How many rows wait and since when (seconds), and how many are parked for a person to look at. */
export async function inboxLevel(
  pool: pg.Pool,
): Promise<{ readonly waiting: number; readonly oldestSeconds: number | null; readonly parked: number }> {
  const { rows } = await pool.query(
    `select count(*) filter (where state = 'waiting')::int as waiting,
       extract(epoch from now() - min(received_at) filter (where state = 'waiting'))::float8 as oldest,
       count(*) filter (where state = 'parked')::int as parked
     from inbox where state in ('waiting', 'parked')`,
  );
  const { waiting, oldest, parked } = levelRow.parse(rows[0]);
  return { waiting, oldestSeconds: oldest, parked };
}
