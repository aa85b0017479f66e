import pg from "pg";
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
    onConnect: async (client) => {
      await client.query(settleSession, [Object.keys(session), Object.values(session)]);
    },
  });
  pool.on("error", (error) => log(`A database connection was lost: ${error.message}`));
  // pg takes its own listener off while a connection is in use, and an `error` that nobody hears ends the process.
  // Whoever uses the connection learns of the loss from the query that fails.
  pool.on("connect", (client) => client.on("error", () => {}));
  return pool;
}

// Set by a statement and not as connection parameters, which poolers such as PgBouncer refuse. A process that is stopped, or whose
// host is lost, must not keep a lane's lock: the server then ends its session after about a minute.
const session = {
  statement_timeout: "60s",
  idle_in_transaction_session_timeout: "30s",
  tcp_keepalives_idle: "30",
  tcp_keepalives_interval: "10",
  tcp_keepalives_count: "3",
  client_connection_check_interval: "5s",
};

// Only Linux servers take client_connection_check_interval for sure; others answer with an error.
const settleSession = `
  select set_config(name, value, false) from unnest($1::text[], $2::text[]) as wanted (name, value)
  where name <> 'client_connection_check_interval' or version() like '%linux%'`;
