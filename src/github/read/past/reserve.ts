import { Fault, type Instant } from "../../../core/words.ts";
import { listing, type ReadCalls } from "../../calls.ts";

/** This part of an hour's requests is left to what happens now. */
const reserve = 0.2;
/** The limit is lifted after the second that is named. */
const grace = 1000;

/** Calls that stop where only the reserve is left: what was asked already is answered, the next one is a Fault that says when to go on. */
export type Reserving = { readonly calls: ReadCalls; restUntil(): Instant | null };

export function reserving({ get }: ReadCalls, now: () => Instant): Reserving {
  let until: Instant | null = null;
  const careful: ReadCalls["get"] = async (route, parameters, shape) => {
    if (until !== null) throw new Fault(`${route} waits: the rest of this hour's requests is kept for what happens now`, later(until));
    const answer = await get(route, parameters, shape);
    const { quota } = answer;
    if (quota !== null && quota.left < quota.limit * reserve) until = now() + quota.renewedIn + grace;
    return answer;
  };
  return { calls: { get: careful, list: listing(careful) }, restUntil: () => until };
}

const later = (at: Instant) => ({ next: { kind: "retry", at } }) as const;
