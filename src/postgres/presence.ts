import { Client } from "pg";
import { z } from "zod";

/** A process's place at an embedded server. While anyone holds one, nobody stops the server. */
export type Presence = {
  /** Gives it up. True: nobody else is here or can come in any more, so the caller must stop the server, which ends this connection. */
  leave(): Promise<boolean>;
};

// Advisory locks are per database, and nothing but presences takes one in this database.
const lock = 1;
const answer = z.tuple([z.object({ granted: z.boolean() })]);

/**
 * Enters the server: a shared advisory lock on a connection of its own. Null: the last one is leaving, and stops it.
 * The last takes the lock exclusively before stopping, so there is no moment in which one process stops a server that another has entered.
 * @param settle done while present; when it throws, the place is given up.
 */
export async function enter(url: string, settle: (client: Client) => Promise<void>): Promise<Presence | null> {
  const client = new Client({
    connectionString: url,
    application_name: "plankeeper presence",
    connectionTimeoutMillis: 5_000,
    keepAlive: true,
  });
  let lost = false;
  client.on("error", () => {
    lost = true;
  });
  const leave = async (): Promise<boolean> => {
    if (lost) return false;
    await client.query(`select pg_advisory_unlock_shared(${lock})`);
    const last = await isGranted(client, "pg_try_advisory_lock");
    if (!last) await client.end();
    return last;
  };
  try {
    await client.connect();
    if (await isGranted(client, "pg_try_advisory_lock_shared")) {
      await settle(client);
      return { leave };
    }
  } catch (error) {
    await client.end();
    throw error;
  }
  await client.end();
  return null;
}

async function isGranted(client: Client, how: "pg_try_advisory_lock" | "pg_try_advisory_lock_shared"): Promise<boolean> {
  const result = await client.query(`select ${how}(${lock}) as granted`);
  return answer.parse(result.rows)[0].granted;
}
