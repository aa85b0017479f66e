import { type BoardTask, isFinished, type Status } from "../words.ts";
import { type Activity, activitiesOf, type Setting } from "./activity.ts";
import { type Network, networkOf } from "./network.ts";
import { partsOf } from "./task-index.ts";

/**
 * The network of a setting, made from the one of the same plans with other statuses: a pull request moves a few tasks of thousands, and the
 * others stand in the network as they stood. Equal to `networkOf` but for the order of activities that do not follow each other.
 */
export function networkAfter(setting: Setting, before: { readonly network: Network; readonly statuses: readonly Status[] }): Network {
  const { network } = before;
  const changed = changedPlaces(setting.statuses, before.statuses);
  if (!isWithin(network, changed, setting.statuses)) return networkOf(setting);
  const isOver = ({ place }: Activity): boolean => changed.has(place) && isFinished(setting.statuses[place] ?? "todo");
  const activityAt = activitiesOf(setting, partsOf(setting.index, setting.statuses));
  // Who begins something has less time for what he began before.
  const activities = network.activities.map((one) => (changed.has(one.place) || one.began !== null ? (activityAt(one.place) ?? one) : one));
  const over = network.activities.flatMap((one, at) => (isOver(one) ? [at] : []));
  if (over.length === 0) return { ...network, activities };
  return without(over, { ...network, activities });
}

function changedPlaces(now: readonly Status[], before: readonly Status[]): ReadonlySet<number> {
  const changed = new Set<number>();
  for (const [place, status] of now.entries()) if (status !== before[place]) changed.add(place);
  return changed;
}

/** Whether what changed only goes on or is over: what comes into a network, or leaves a circle, makes new links; what is deferred is no part of its parent. */
function isWithin({ activities, leftOut }: Network, changed: ReadonlySet<number>, statuses: readonly Status[]): boolean {
  if (leftOut.some(({ kind }) => kind === "circle")) return false;
  if ([...changed].some((place) => statuses[place] === "deferred")) return false;
  return activities.filter(({ place }) => changed.has(place)).length === changed.size;
}

function without(over: readonly number[], { activities, predecessors, leftOut }: Network): Network {
  const isOver = new Uint8Array(activities.length);
  for (const at of over) isOver[at] = 1;
  const standsAt = new Int32Array(activities.length);
  let next = 0;
  for (let at = 0; at < activities.length; at += 1) {
    standsAt[at] = isOver[at] === 1 ? -1 : next;
    if (isOver[at] === 0) next += 1;
  }
  const gone = new Set<BoardTask>(over.flatMap((at) => activities[at]?.task ?? []));
  return {
    activities: activities.filter((_, at) => isOver[at] === 0),
    predecessors: predecessors.flatMap((before, at) => (isOver[at] === 1 ? [] : [renumbered(before, standsAt)])),
    leftOut: leftOut.filter((one) => one.kind === "circle" || !gone.has(one.task)),
  };
}

/** Most stand where they stood, and follow what they followed: their lists are taken as they are. */
function renumbered(places: readonly number[], standsAt: Int32Array): readonly number[] {
  if (places.every((place) => standsAt[place] === place)) return places;
  const left: number[] = [];
  for (const place of places) {
    const at = standsAt[place] ?? -1;
    if (at !== -1) left.push(at);
  }
  return left;
}
