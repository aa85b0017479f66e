import { randomUUID } from "node:crypto";
import type pg from "pg";
import { z } from "zod";
import type { Backfill } from "../core/words.ts";
import { addReadings } from "./add-readings.ts";
import { openBackfills } from "./backfills.ts";
import { laneOfRepository } from "./lane-of.ts";

const repositoryRow = z.object({ id: z.number(), name: z.string() });

/** Asks for a repository's past as an act of its own, by a row of its lane. Answers with its name as written, null where the app is in no such repository. */
export async function askForHistory(pool: pg.Pool, name: string): Promise<string | null> {
  const found = await repositoryNamed(pool, name);
  if (found === null) return null;
  const { id: repository } = found;
  await addReadings(pool, [{ id: `sync:${repository}:${randomUUID()}`, kind: "sync", body: { repository }, repository, live: true }]);
  return found.name;
}

/** How far it is. `asked` = a request waits that has not begun anything. */
export async function historyOf(
  pool: pg.Pool,
  name: string,
): Promise<{ readonly repository: string; readonly asked: boolean; readonly backfill: Backfill | null } | null> {
  const found = await repositoryNamed(pool, name);
  if (found === null) return null;
  const { rowCount } = await pool.query(
    `select from inbox where lane = $1 and state = 'waiting' and event = 'reading.sync'
     union all
     select from graphile_worker.jobs where key like $2 and attempts < max_attempts`,
    [laneOfRepository(found.id), `${found.id}:backfill:%`],
  );
  return { repository: found.name, asked: rowCount !== 0, backfill: await openBackfills(pool).of(found.id) };
}

/** GitHub takes names in any case. */
async function repositoryNamed(pool: pg.Pool, name: string): Promise<z.infer<typeof repositoryRow> | null> {
  const { rows } = await pool.query(
    "select id, owner || '/' || name as name from repositories where present and lower(owner || '/' || name) = lower($1)",
    [name],
  );
  return rows[0] === undefined ? null : repositoryRow.parse(rows[0]);
}
