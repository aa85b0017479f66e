import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { z } from "zod";
import { startEmbedded } from "../src/postgres/embedded.ts";
import { migrate } from "../src/postgres/migrate.ts";
import { databaseUrl } from "../test/database-url.ts";

/** A Postgres of the bench's own, as durable as in production: nothing is answered before it is on the disk. */
export type BenchPostgres = {
  /** A new database; migrated unless it is to be `empty`. */
  database(options?: { readonly empty: boolean }): Promise<string>;
  readonly environment: { readonly postgres: string; readonly fsync: string; readonly synchronousCommit: string };
  /** Stops the server and removes its files. */
  close(): Promise<void>;
};

const facts = z.tuple([z.object({ postgres: z.string(), fsync: z.string(), synchronousCommit: z.string() })]);

export async function startPostgres(): Promise<BenchPostgres> {
  const folder = await mkdtemp(join(tmpdir(), "plankeeper-bench-"));
  const server = await startEmbedded({ dataDir: folder, durable: true, log: () => undefined });
  const admin = new pg.Client({ connectionString: server.url });
  await admin.connect();
  const { rows } = await admin.query(
    `select current_setting('server_version') as postgres, current_setting('fsync') as fsync, current_setting('synchronous_commit') as "synchronousCommit"`,
  );
  return {
    database: async ({ empty } = { empty: false }) => {
      const name = `bench_${randomBytes(6).toString("hex")}`;
      await admin.query(`create database ${name}`);
      const url = databaseUrl(server.url, name);
      if (!empty) await migrate({ url });
      return url;
    },
    environment: facts.parse(rows)[0],
    close: async () => {
      await admin.end();
      await server.stop();
      for (const path of [server.dataDir, folder]) await rm(path, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
