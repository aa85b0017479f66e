import pg from "pg";
import { z } from "zod";
import { laneOfRepository } from "./lane-of.ts";

const idRow = z.object({ id: z.number() });
const tableRow = z.object({ table: z.string() });

/**
 * Takes away all that is stored of repositories whose installation was deleted: facts, plans, statuses, the audit, what was received, what
 * is still to be done. Answers with how many repositories are gone now; one that is being worked on is left for the next time.
 */
export async function forgetDeparted(pool: pg.Pool): Promise<number> {
  const { rows } = await pool.query(
    "select id from repositories where installation_id in (select id from departed_installations) order by id",
  );
  let forgotten = 0;
  for (const { id } of rows.map((row) => idRow.parse(row))) if (await forgetRepository(pool, id)) forgotten += 1;
  // The installation's own deliveries list its repositories by name.
  await pool.query(
    `delete from inbox using departed_installations as gone
     where lane = 'installation:' || gone.id and state <> 'waiting'
       and not exists (select from repositories where installation_id = gone.id)`,
  );
  return forgotten;
}

async function forgetRepository(pool: pg.Pool, repository: number): Promise<boolean> {
  const client = await pool.connect();
  try {
    await client.query("begin isolation level read committed");
    const free = await isFree(client, repository);
    if (free) await forgetRows(client, repository);
    await client.query("commit");
    return free;
  } catch (error) {
    await client.query("rollback").catch(() => undefined);
    throw error;
  } finally {
    client.release();
  }
}

/** Whether nobody drains the repository's lane, and nobody will before the transaction ends, and no job of it is under way that would write what it did. */
async function isFree(client: pg.ClientBase, repository: number): Promise<boolean> {
  const lane = laneOfRepository(repository);
  const { rows } = await client.query("select pg_try_advisory_xact_lock(hashtextextended($1, 1)) as free", [lane]);
  if (!z.object({ free: z.boolean() }).parse(rows[0]).free) return false;
  const { rowCount } = await client.query("select from graphile_worker.jobs where key like $1 and locked_at is not null limit 1", [
    `${repository}:%`,
  ]);
  return rowCount === 0;
}

async function forgetRows(client: pg.ClientBase, repository: number): Promise<void> {
  // Texts are shared by their sha. Whoever stores a fact with a text holds this lock's opposite until both are there, so that no text is
  // taken for nobody's in between. Taken first, while nothing is held that such a one could wait for.
  await client.query("lock table blobs in share row exclusive mode");
  await client.query("select set_config('plankeeper.forgetting', 'yes', true)");
  const texts = await textsOf(client, repository);
  for (const table of await tablesByRepository(client))
    await client.query(`delete from ${pg.escapeIdentifier(table)} where repository_id = $1`, [repository]);
  await client.query("delete from inbox where lane = $1", [laneOfRepository(repository)]);
  await client.query("select graphile_worker.remove_job(key) from graphile_worker.jobs where key like $1", [`${repository}:%`]);
  await client.query("delete from repositories where id = $1", [repository]);
  await client.query(`delete from blobs where sha = any ($1) and sha not in (${blobsNamed("true")})`, [texts]);
}

/** Every table that holds rows of repositories, also those that later migrations add: one that is left out would keep what must go. */
async function tablesByRepository(client: pg.ClientBase): Promise<readonly string[]> {
  const { rows } = await client.query(
    `select columns.table_name as table from information_schema.columns
     join information_schema.tables using (table_schema, table_name)
     where table_schema = current_schema() and table_type = 'BASE TABLE' and column_name = 'repository_id' order by 1`,
  );
  return rows.map((row) => tableRow.parse(row).table);
}

async function textsOf(client: pg.ClientBase, repository: number): Promise<readonly string[]> {
  const { rows } = await client.query(blobsNamed("repository_id = $1"), [repository]);
  return rows.map((row) => z.object({ sha: z.string() }).parse(row).sha);
}

/** Texts that facts name: versions of files, and the files of a pull request. */
const blobsNamed = (which: string): string => `
  select body ->> 'blob' as sha from facts where ${which} and body ->> 'blob' is not null
  union
  select told ->> 'blob' from facts, jsonb_array_elements(body -> 'texts') as told
  where ${which} and kind = 'pull-content' and told ->> 'blob' is not null`;
