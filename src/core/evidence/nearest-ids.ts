import { type Neighbourhood, nearest, neighbourhood } from "../plan/nearest.ts";
import type { Token } from "../words.ts";
import type { Known } from "./known.ts";

const most = 3;

/** At most three ids that an unknown one may stand for, as the plan writes them, nearest first. */
export function nearestIds(token: Token, known: Known): readonly string[] {
  return nearest(token, around(known), most).flatMap((near) => known.ids.get(near) ?? []);
}

// Made once for a plan of many ids and a text of many unknown ones.
const made = new WeakMap<Known, Neighbourhood>();

function around(known: Known): Neighbourhood {
  const before = made.get(known);
  if (before !== undefined) return before;
  const now = neighbourhood(known.ids.keys());
  made.set(known, now);
  return now;
}
