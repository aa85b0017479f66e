import { fileURLToPath } from "node:url";
import { Logger, runMigrations as migrateJobs } from "graphile-worker";
import { runner } from "node-pg-migrate";
import pg from "pg";
import type { Database } from "./connect.ts";

// The same from src/ and from dist/.
const folder = fileURLToPath(new URL("../../migrations", import.meta.url));

/**
 * Brings the schema up to date: our migrations, then graphile-worker's. Answers with the names of ours that were run now.
 * Several processes may do this at once: they wait for each other. All of ours are done or none.
 */
export async function migrate(database: Pick<Database, "url">): Promise<readonly string[]> {
  // A connection of its own: waiting for another process or filling an index may take longer than the pool's statements may.
  const client = new pg.Client({ connectionString: database.url, application_name: "plankeeper migrate" });
  client.on("error", () => {});
  await client.connect();
  try {
    const run = await runner({
      dbClient: client,
      dir: folder,
      migrationsTable: "migrations",
      direction: "up",
      advisoryLockMode: "wait",
      logger: { info: silent, warn: silent, error: silent },
    });
    await migrateJobs({ connectionString: database.url, logger: new Logger(() => silent) });
    return run.map(({ name }) => name);
  } finally {
    await client.end();
  }
}

// What went wrong is thrown, and what was done is answered.
function silent(): void {}
