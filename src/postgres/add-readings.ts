import type { Reading } from "../ports.ts";
import { laneOfRepository } from "./lane-of.ts";
import { type NewRow, putIntoInbox, type Session } from "./put-into-inbox.ts";

/** A reading, the repository whose lane it enters, and whether it tells of now (`live`) or of the past. */
export type LaneReading = Reading & { readonly repository: number; readonly live: boolean };

const mostRows = 200;

/** Puts readings into the inbox as events `reading.<kind>`, in the session's transaction if it is in one. A known id changes nothing, unless it is parked. */
export async function addReadings(session: Session, readings: readonly LaneReading[]): Promise<void> {
  const once = [...new Map(readings.map((reading) => [reading.id, rowOf(reading)])).values()];
  for (let start = 0; start < once.length; start += mostRows) await putIntoInbox(session, once.slice(start, start + mostRows));
}

function rowOf({ id, kind, body, repository, live }: LaneReading): NewRow {
  return { id, event: `reading.${kind}`, lane: laneOfRepository(repository), body: Buffer.from(JSON.stringify(body), "utf8"), live };
}
