import pg from "pg";
import { Fault } from "../core/words.ts";
import { type NewRow, putIntoInbox } from "./put-into-inbox.ts";
import type { Receipted } from "./receipt-queue.ts";

/** What became of each row, by its id. */
export type Outcomes = ReadonlyMap<string, Receipted | Fault>;

/**
 * Stores a group of rows with different ids with one commit. Never rejects: a row that could not be stored has a Fault.
 * When the database refuses the group for what is in it, its rows are tried one by one, so that one bad row fails alone.
 */
export async function storeGroup(pool: pg.Pool, rows: readonly NewRow[], deadlineMs: number): Promise<Outcomes> {
  try {
    const fresh = await insert(pool, rows, deadlineMs);
    return new Map(rows.map(({ id }) => [id, fresh.has(id) ? "stored" : "known"]));
  } catch (error) {
    if (rows.length > 1 && isAboutRows(error)) return storeSingly(pool, rows, deadlineMs);
    const fault = unstored(error instanceof Error ? error.message : String(error), error);
    return new Map(rows.map(({ id }) => [id, fault]));
  }
}

async function storeSingly(pool: pg.Pool, rows: readonly NewRow[], deadlineMs: number): Promise<Outcomes> {
  const outcomes = new Map<string, Receipted | Fault>();
  for (const row of rows) for (const [id, outcome] of await storeGroup(pool, [row], deadlineMs)) outcomes.set(id, outcome);
  return outcomes;
}

export function unstored(reason: string, cause?: unknown): Fault {
  return new Fault(`The delivery could not be stored: ${reason}.`, { cause, next: { kind: "retry", at: null }, ambiguous: true });
}

// A connection that does not answer in time is given up, so that its place in the pool and its group's turn are free again.
// Should the database have stored the rows all the same, a redelivery of them is a known one.
async function insert(pool: pg.Pool, rows: readonly NewRow[], deadlineMs: number): Promise<ReadonlySet<string>> {
  const client = await pool.connect();
  let given: Error | undefined;
  const giveUp = setTimeout(() => {
    given = new Error("the database did not answer in time");
    client.release(given);
  }, deadlineMs);
  try {
    return await putIntoInbox(client, rows);
  } finally {
    clearTimeout(giveUp);
    if (given === undefined) client.release();
  }
}

// https://www.postgresql.org/docs/18/errcodes-appendix.html: bad data, a broken constraint, a deadlock, a limit.
function isAboutRows(error: unknown): boolean {
  return error instanceof pg.DatabaseError && ["22", "23", "40", "54"].includes(error.code?.slice(0, 2) ?? "");
}
