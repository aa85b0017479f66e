import pg from "pg";
import { settleSession } from "./settle-session.ts";

/** A connection of its own, settled as those of the pool are. Rejects when the server does not answer in time; whose loss it is must listen for `end`. */
export async function openConnection(url: string, name: string): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    application_name: `plankeeper ${name}`,
    connectionTimeoutMillis: 4_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
  });
  // An `error` that nobody hears ends the process; `end` follows it.
  client.on("error", () => {});
  try {
    await client.connect();
    await settleSession(client);
    return client;
  } catch (error) {
    await client.end();
    throw error;
  }
}
