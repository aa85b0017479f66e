import { cycles } from "../plan/cycles.ts";
import type { BoardTask, Token } from "../words.ts";
import { type Activity, activitiesOf, type Setting } from "./activity.ts";
import { release, turnedRound } from "./flat-links.ts";
import { inOrder } from "./graph.ts";
import { isOpen, parentsOf, partsOf, type TaskIndex } from "./task-index.ts";

/** What could not enter the network as it is written. */
export type LeftOut =
  /** Tasks that wait for each other: each has dates, but what they say of one another is not regarded. `tasks` = one shortest circle. */
  | { readonly kind: "circle"; readonly tasks: readonly BoardTask[] }
  /** A dependency that no plan knows in the task's scope: not regarded. */
  | { readonly kind: "unknown-dependency"; readonly task: BoardTask; readonly token: Token }
  /** Nobody means to do it now: it has no dates, and nobody waits for it. */
  | { readonly kind: "deferred"; readonly task: BoardTask }
  /** It never ends: it has no dates, and nobody waits for its end. */
  | { readonly kind: "recurring"; readonly task: BoardTask };

/** Activities on nodes, each behind all that it follows: `predecessors` names places before its own. */
export type Network = {
  readonly activities: readonly Activity[];
  readonly predecessors: readonly (readonly number[])[];
  readonly leftOut: readonly LeftOut[];
};

/**
 * The open tasks of some plans as a network of activities (activity-on-node), each with the work that is left of it.
 * A task follows what it depends on and what the tasks that it is a part of depend on. A task with parts is over when they are, and has
 * no work of its own; parts that may be left undone keep it waiting no longer. What is completed or deferred holds nothing up. A task
 * that has begun waits for its dependencies with the rest of its work ("retained logic"), so that none ends before one it depends on.
 */
export function networkOf(setting: Setting): Network {
  const { index, statuses } = setting;
  const isIn = new Uint8Array(index.tasks.length);
  for (const [place, task] of index.tasks.entries()) if (isOpen(task, statuses[place] ?? "todo")) isIn[place] = 1;
  const parts = partsOf(index, statuses);
  const { order, predecessors, circles } = ordered(linksOf(index, parts, isIn), isIn);
  const activityAt = activitiesOf(setting, parts);
  const tasksIn = (circle: readonly number[]): readonly BoardTask[] => circle.flatMap((place) => index.tasks[place] ?? []);
  return {
    activities: order.flatMap((place) => activityAt(place) ?? []),
    predecessors,
    leftOut: [
      ...circles.map((circle) => ({ kind: "circle", tasks: tasksIn(circle) }) as const),
      ...unknownDependencies(index, isIn),
      ...withoutDates(setting, isIn),
    ],
  };
}

type Parts = ReadonlyMap<number, readonly number[]>;

/** What each open task follows, by place, each once; of any other nothing. Most follow what their rows say, so that most lists are made already. */
function linksOf(index: TaskIndex, parts: Parts, isIn: Uint8Array): Links {
  return index.tasks.map((_, place) => {
    if (isIn[place] === 0) return none;
    const followed = followedBy(index, place, parts.get(place));
    return isPlain(followed, isIn) ? followed : [...new Set(followed)].filter((one) => isIn[one] === 1);
  });
}

const none: readonly number[] = [];

const isPlain = (followed: readonly number[], isIn: Uint8Array): boolean =>
  followed.length <= fewLinks && followed.every((one, at) => isIn[one] === 1 && followed.indexOf(one) === at);

/** So many links are looked through faster than a set of them is made. */
const fewLinks = 8;

function followedBy(index: TaskIndex, place: number, parts: readonly number[] = []): readonly number[] {
  const own = index.dependencies[place] ?? [];
  const above = parentsOf(index, place);
  if (above.length === 0 && parts.length === 0) return own;
  const needed = parts.filter((part) => index.tasks[part]?.optional === false);
  return [...own, ...inherited(index, place, above), ...needed].filter((one) => !above.includes(one));
}

/** What the parents of a task depend on. A parent that names one of its own parts says nothing that its other parts would wait for. */
function inherited(index: TaskIndex, place: number, above: readonly number[]): readonly number[] {
  return above.flatMap((parent) =>
    (index.dependencies[parent] ?? []).filter((one) => one !== place && !parentsOf(index, one).includes(parent)),
  );
}

/** By place, the places it follows. */
type Links = readonly (readonly number[])[];

type Ordered = {
  /** The open places, each behind all that it follows. */
  readonly order: readonly number[];
  /** What each follows, by where it stands in that order. */
  readonly predecessors: Links;
  readonly circles: readonly (readonly number[])[];
};

/** The open tasks in topological order. Links inside a circle are dropped, and the circle told. */
function ordered(links: Links, isIn: Uint8Array): Ordered {
  const straight = withoutCircles(links, isIn);
  if (straight !== null) return { order: straight, predecessors: renamed(straight, links), circles: [] };
  const dependants = links.map((): number[] => []);
  for (const [place, followed] of links.entries()) for (const one of followed) dependants[one]?.push(place);
  const groups = inOrder({ dependants });
  const groupOf = new Int32Array(links.length);
  for (const [at, group] of groups.entries()) for (const place of group) groupOf[place] = at;
  const order = groups.flat().filter((place) => isIn[place] === 1);
  const kept = links.map((followed, place) => followed.filter((one) => groupOf[one] !== groupOf[place]));
  return { order, predecessors: renamed(order, kept), circles: groups.flatMap((group) => circlesIn(group, links)) };
}

/** A. B. Kahn, "Topological sorting of large networks", Comm. ACM 5 (1962); null where there is a circle. */
function withoutCircles(links: Links, isIn: Uint8Array): readonly number[] | null {
  const behind = turnedRound(links);
  const waiting = Int32Array.from(links, (followed) => followed.length);
  const order: number[] = [];
  for (const [place, count] of waiting.entries()) if (count === 0 && isIn[place] === 1) order.push(place);
  const free = (place: number): void => {
    order.push(place);
  };
  for (const place of order) release(behind, place, waiting, free);
  return waiting.every((count) => count === 0) ? order : null;
}

function renamed(order: readonly number[], links: Links): Links {
  const standsAt = new Int32Array(links.length);
  for (const [at, place] of order.entries()) standsAt[place] = at;
  return order.map((place) => {
    const followed = links[place] ?? none;
    return followed.length === 0 ? none : followed.map((one) => standsAt[one] ?? 0);
  });
}

/** Of a group of tasks that all wait for each other, or of one that waits for itself, a shortest circle. */
function circlesIn(group: readonly number[], links: Links): readonly (readonly number[])[] {
  const edges = new Map(group.map((place) => [`${place}`, (links[place] ?? none).map(String)]));
  return cycles(edges).map((circle) => circle.map(Number));
}

function unknownDependencies({ tasks, dangling, find }: TaskIndex, isIn: Uint8Array): readonly LeftOut[] {
  return dangling
    .flatMap((place) => (isIn[place] === 1 ? (tasks[place] ?? []) : []))
    .flatMap((task) =>
      task.dependencies
        .filter((token) => find(task.scope, token) === undefined)
        .map((token) => ({ kind: "unknown-dependency", task, token }) as const),
    );
}

function withoutDates({ index, statuses }: Setting, isIn: Uint8Array): readonly LeftOut[] {
  const found: LeftOut[] = [];
  for (const [place, status] of statuses.entries()) {
    const task = index.tasks[place];
    if (task === undefined || isIn[place] === 1 || status === "completed") continue;
    found.push({ kind: status === "deferred" ? "deferred" : "recurring", task });
  }
  return found;
}
