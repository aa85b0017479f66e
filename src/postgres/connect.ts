import type pg from "pg";
import { z } from "zod";
import { Fault } from "../core/words.ts";
import { type Embedded, startEmbedded } from "./embedded.ts";
import { openPool } from "./open-pool.ts";

export type ConnectOptions = {
  /** Null: the embedded Postgres in `dataDir`. */
  readonly databaseUrl: string | null;
  readonly dataDir: string;
  /** Of the embedded Postgres alone; true where it is not given. */
  readonly durable?: boolean;
  readonly poolSize: number;
  /** Told what happens to the server and to idle connections; never a password. */
  readonly log: (line: string) => void;
};

export type Database = {
  /** bigint is read as a number; one above 2^53 fails the query. A statement may take a minute. */
  readonly pool: pg.Pool;
  /** With the password: for further connections, never for people. */
  readonly url: string;
  /** Waits for connections in use, then leaves the embedded server, if it is one. */
  close(): Promise<void>;
};

const oldestVersion = 14;
const versionRows = z.tuple([z.object({ version: z.number() })]);

/** Opens the database, starting or joining the embedded one where no address is given. Throws a Fault where it cannot be used. */
export async function connect(options: ConnectOptions): Promise<Database> {
  if (options.databaseUrl !== null) return open(options.databaseUrl, options, null);
  const embedded = await startEmbedded({ dataDir: options.dataDir, durable: options.durable ?? true, log: options.log });
  return open(embedded.url, options, embedded);
}

async function open(url: string, options: ConnectOptions, embedded: Embedded | null): Promise<Database> {
  const pool = openPool(url, options);
  let closed: Promise<void> | null = null;
  const close = (): Promise<void> => {
    closed ??= pool.end().then(() => embedded?.stop());
    return closed;
  };
  try {
    await refuseOldServer(pool);
  } catch (error) {
    await close();
    throw error;
  }
  return { pool, url, close };
}

async function refuseOldServer(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query("select current_setting('server_version_num')::int / 10000 as version").catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message || cause.name : String(cause);
    throw new Fault(`The database does not answer: ${reason}. Check DATABASE_URL.`, { cause, next: { kind: "retry", at: null } });
  });
  const [{ version }] = versionRows.parse(rows);
  if (version < oldestVersion) {
    throw new Fault(`Plankeeper needs Postgres ${oldestVersion} or newer; DATABASE_URL leads to ${version}.`, {
      next: { kind: "give-up" },
    });
  }
}
