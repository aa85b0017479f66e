import type pg from "pg";

/** Gives a new connection its limits. */
export async function settleSession(client: pg.ClientBase): Promise<void> {
  await client.query(settle, [Object.keys(limits), Object.values(limits)]);
}

// Set by a statement and not as connection parameters, which poolers such as PgBouncer refuse. A process that is stopped, or whose
// host is lost, must not keep a lane's lock, nor count as alive: the server then ends its session after about a minute.
const limits = {
  statement_timeout: "60s",
  idle_in_transaction_session_timeout: "30s",
  tcp_keepalives_idle: "30",
  tcp_keepalives_interval: "10",
  tcp_keepalives_count: "3",
  client_connection_check_interval: "5s",
};

// Only Linux servers take client_connection_check_interval for sure; others answer with an error.
const settle = `
  select set_config(name, value, false) from unnest($1::text[], $2::text[]) as wanted (name, value)
  where name <> 'client_connection_check_interval' or version() like '%linux%'`;
