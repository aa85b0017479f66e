import pg from "pg";
import { settleSession } from "./settle-session.ts";
import { typeParsers } from "./type-parsers.ts";

export type PoolOptions = { readonly poolSize: number; readonly log: (line: string) => void };

/** A pool whose connections give up on their own when the other side is gone, and whose loss is a line in the log, not the end of the process. */
export function openPool(url: string, { poolSize, log }: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    application_name: "plankeeper",
    connectionTimeoutMillis: 4_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    types: typeParsers,
    onConnect: settleSession,
  });
  pool.on("error", (error) => log(`A database connection was lost: ${error.message}`));
  // pg takes its own listener off while a connection is in use, and an `error` that nobody hears ends the process.
  // Whoever uses the connection learns of the loss from the query that fails.
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}
