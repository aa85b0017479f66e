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
  const { index, statusOf } = setting;
  const open: number[] = [];
  const nodes = new Int32Array(index.tasks.length).fill(-1);
  for (const [place, task] of index.tasks.entries()) if (isOpen(task, statusOf)) nodes[place] = open.push(place) - 1;
  const { order, predecessors, circles } = ordered(linksOf(setting, { open, nodes }));
  const activityAt = activitiesOf(setting);
  const activities: Activity[] = [];
  for (const node of order) {
    const activity = activityAt(open[node] ?? -1);
    if (activity !== undefined) activities.push(activity);
  }
  const tasksIn = (circle: readonly number[]): readonly BoardTask[] => circle.flatMap((node) => index.tasks[open[node] ?? -1] ?? []);
  return {
    activities,
    predecessors,
    leftOut: [
      ...circles.map((circle) => ({ kind: "circle", tasks: tasksIn(circle) }) as const),
      ...unknownDependencies(index, open),
      ...withoutDates(setting),
    ],
  };
}

/** The open tasks, by place, and at each place which of them it is; -1 where it is none. */
type Open = { readonly open: readonly number[]; readonly nodes: Int32Array };

/** What each open task follows: nodes, each once. Loops rather than chains of arrays: this is most of the cost of a schedule. */
function linksOf({ index, statusOf }: Setting, { open, nodes }: Open): readonly (readonly number[])[] {
  const parts = partsOf(index, statusOf);
  return open.map((place) => {
    const found: number[] = [];
    for (const one of followedBy(index, place, parts.get(place))) {
      const node = nodes[one] ?? -1;
      if (node !== -1 && (found.length > fewLinks || !found.includes(node))) found.push(node);
    }
    return found.length > fewLinks ? [...new Set(found)] : found;
  });
}

/** Up to so many links, to look through them is faster than to make a set. */
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

type Ordered = {
  /** Nodes, each behind all that it follows. */
  readonly order: readonly number[];
  /** What each follows, by places in that order. */
  readonly predecessors: readonly (readonly number[])[];
  readonly circles: readonly (readonly number[])[];
};

/** The nodes in topological order. Links inside a circle are dropped, and the circle told. */
function ordered(links: readonly (readonly number[])[]): Ordered {
  const straight = withoutCircles(links);
  if (straight !== null) return { order: straight, predecessors: renamed(straight, links), circles: [] };
  const dependants = links.map((): number[] => []);
  for (const [node, followed] of links.entries()) for (const one of followed) dependants[one]?.push(node);
  const groups = inOrder({ dependants });
  const groupOf = new Int32Array(links.length);
  for (const [at, group] of groups.entries()) for (const node of group) groupOf[node] = at;
  const order = groups.flat();
  const kept = links.map((followed, node) => followed.filter((one) => groupOf[one] !== groupOf[node]));
  return { order, predecessors: renamed(order, kept), circles: groups.flatMap((group) => circlesIn(group, links)) };
}

/** A. B. Kahn, "Topological sorting of large networks", Comm. ACM 5 (1962); null where there is a circle. */
function withoutCircles(links: readonly (readonly number[])[]): readonly number[] | null {
  const behind = turnedRound(links);
  const waiting = Int32Array.from(links, (followed) => followed.length);
  const order: number[] = [];
  for (const [node, count] of waiting.entries()) if (count === 0) order.push(node);
  const free = (node: number): void => {
    order.push(node);
  };
  for (const node of order) release(behind, node, waiting, free);
  return order.length === links.length ? order : null;
}

function renamed(order: readonly number[], links: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const placeOf = new Int32Array(order.length);
  for (const [place, node] of order.entries()) placeOf[node] = place;
  return order.map((node) => (links[node] ?? []).map((one) => placeOf[one] ?? 0));
}

/** Of a group of tasks that all wait for each other, or of one that waits for itself, a shortest circle. */
function circlesIn(group: readonly number[], links: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const edges = new Map(group.map((node) => [`${node}`, (links[node] ?? []).map(String)]));
  return cycles(edges).map((circle) => circle.map(Number));
}

function unknownDependencies({ tasks, dependencies, find }: TaskIndex, open: readonly number[]): readonly LeftOut[] {
  return open
    .filter((place) => tasks[place]?.dependencies.length !== dependencies[place]?.length)
    .flatMap((place) => tasks[place] ?? [])
    .flatMap((task) =>
      task.dependencies
        .filter((token) => find(task.scope, token) === undefined)
        .map((token) => ({ kind: "unknown-dependency", task, token }) as const),
    );
}

function withoutDates({ index, statusOf }: Setting): readonly LeftOut[] {
  const found: LeftOut[] = [];
  for (const task of index.tasks) {
    if (statusOf(task) === "deferred") found.push({ kind: "deferred", task });
    else if (task.recurring && statusOf(task) !== "completed") found.push({ kind: "recurring", task });
  }
  return found;
}
