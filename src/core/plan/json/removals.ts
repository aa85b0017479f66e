import type { Change } from "../change.ts";
import { quoted } from "../quoted.ts";
import type { Find } from "./dialect.ts";
import type { Entry } from "./record.ts";

/** Why one task stays where all are to go. */
export const lastOfAll = "without any task the file would not be read as a plan";

type Around = {
  readonly entries: readonly Entry[];
  readonly find: Find;
  readonly twice: (entry: Entry) => boolean;
  readonly refuse: (change: Change, because: string, at?: number) => void;
};

/**
 * The tasks that changes take out. One whose sub-tasks stand in its object goes only if all of them go with it: nobody asked for more. One
 * whose id stands twice stays: the other would come to count. And one task stays in any case.
 */
export function removalsOf(changes: readonly Change[], { entries, find, twice, refuse }: Around): ReadonlySet<Entry> {
  const asked = new Map<Entry, Change>();
  for (const change of changes) {
    if (change.kind !== "remove") continue;
    const entry = find(change.scope, change.token);
    if (entry === null) refuse(change, "it is not in this plan");
    else if (twice(entry)) refuse(change, "its id stands twice, and the other would come to count", entry.object.from);
    else asked.set(entry, change);
  }
  if (asked.size === 0) return new Set();
  const keeps = new Map<Entry, Entry>();
  // Sub-tasks follow their holder, so from the end each is settled before its holder is.
  for (const entry of entries.toReversed())
    if (entry.holder !== null && (!asked.has(entry) || keeps.has(entry))) keeps.set(entry.holder, entry);
  const removed = new Set<Entry>();
  for (const [entry, change] of asked) {
    const kept = keeps.get(entry);
    if (kept === undefined) removed.add(entry);
    else refuse(change, `its part ${quoted(kept.task.id)} would go with it`, entry.object.from);
  }
  const [one] = entries;
  const change = one === undefined ? undefined : asked.get(one);
  if (one === undefined || change === undefined || removed.size < entries.length) return removed;
  removed.delete(one);
  refuse(change, lastOfAll, one.object.from);
  return removed;
}
