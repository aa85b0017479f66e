import { cycles } from "../plan/cycles.ts";
import type { BoardTask, Token } from "../words.ts";
import { type Activity, activitiesOf, type Setting } from "./activity.ts";
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
  const { index } = setting;
  const open = index.tasks.flatMap((task, place) => (isOpen(task, setting.statusOf) ? [place] : []));
  const nodes = new Int32Array(index.tasks.length).fill(-1);
  for (const [node, place] of open.entries()) nodes[place] = node;
  const links = linksOf(setting, { open, nodes });
  const { order, predecessors, circles } = ordered(links);
  const activityAt = activitiesOf(setting);
  const taskAt = (node: number): readonly BoardTask[] => index.tasks.slice(open[node], (open[node] ?? -1) + 1);
  return {
    activities: order.flatMap((node) => activityAt(open[node] ?? -1) ?? []),
    predecessors,
    leftOut: [
      ...circles.map((circle) => ({ kind: "circle", tasks: circle.flatMap(taskAt) }) as const),
      ...unknownDependencies(index, open),
      ...index.tasks.flatMap((task): readonly LeftOut[] => {
        if (setting.statusOf(task) === "deferred") return [{ kind: "deferred", task }];
        return task.recurring && setting.statusOf(task) !== "completed" ? [{ kind: "recurring", task }] : [];
      }),
    ],
  };
}

/** The open tasks, by place, and at each place which of them it is; -1 where it is none. */
type Open = { readonly open: readonly number[]; readonly nodes: Int32Array };

/** What each open task follows: nodes, each once. Loops rather than chains of arrays: this is most of the cost of a schedule. */
function linksOf({ index, statusOf }: Setting, { open, nodes }: Open): readonly (readonly number[])[] {
  const parts = partsOf(index, statusOf);
  return open.map((place) => {
    const followed = followedBy(index, place, parts.get(place) ?? []);
    const found: number[] = [];
    for (const one of followed) {
      const node = nodes[one] ?? -1;
      if (node !== -1) found.push(node);
    }
    return found.length < 2 ? found : [...new Set(found)];
  });
}

function followedBy(index: TaskIndex, place: number, parts: readonly number[]): readonly number[] {
  const task = index.tasks[place];
  if (task === undefined) return [];
  const own = placesOf(index, task);
  const above = task.parent === null ? [] : parentsOf(index, place);
  if (above.length === 0 && parts.length === 0) return own;
  const needed = parts.filter((part) => index.tasks[part]?.optional === false);
  return [...own, ...inherited(index, place, above), ...needed].filter((one) => !above.includes(one));
}

function placesOf({ find }: TaskIndex, task: BoardTask): readonly number[] {
  const places: number[] = [];
  for (const token of task.dependencies) {
    const place = find(task.scope, token);
    if (place !== undefined) places.push(place);
  }
  return places;
}

/** What the parents of a task depend on. A parent that names one of its own parts says nothing that its other parts would wait for. */
function inherited(index: TaskIndex, place: number, above: readonly number[]): readonly number[] {
  return above.flatMap((parent) => {
    const task = index.tasks[parent];
    if (task === undefined) return [];
    return placesOf(index, task).filter((one) => one !== place && !parentsOf(index, one).includes(parent));
  });
}

type Ordered = {
  readonly order: readonly number[];
  readonly predecessors: readonly (readonly number[])[];
  readonly circles: readonly (readonly number[])[];
};

/** The nodes in topological order and what they follow, by their places in it. Links inside a circle are dropped, and the circle told. */
function ordered(links: readonly (readonly number[])[]): Ordered {
  const dependants = links.map((): number[] => []);
  for (const [node, followed] of links.entries()) for (const one of followed) dependants[one]?.push(node);
  const groups = inOrder({ dependants });
  const order = groups.flat();
  const [placeOf, groupOf] = [new Int32Array(links.length), new Int32Array(links.length)];
  for (const [place, node] of order.entries()) placeOf[node] = place;
  for (const [at, group] of groups.entries()) for (const node of group) groupOf[node] = at;
  return {
    order,
    predecessors: order.map((node) => {
      const before: number[] = [];
      for (const one of links[node] ?? []) if (groupOf[one] !== groupOf[node]) before.push(placeOf[one] ?? 0);
      return before;
    }),
    circles: groups.flatMap((group) => {
      const inside = (links[group[0] ?? -1] ?? []).includes(group[0] ?? -1);
      return group.length > 1 || inside ? circleIn(group, links) : [];
    }),
  };
}

function circleIn(group: readonly number[], links: readonly (readonly number[])[]): readonly (readonly number[])[] {
  const edges = new Map(group.map((node) => [`${node}`, (links[node] ?? []).map(String)]));
  return cycles(edges).map((circle) => circle.map(Number));
}

function unknownDependencies({ tasks, find }: TaskIndex, open: readonly number[]): readonly LeftOut[] {
  return open.flatMap((place) => {
    const task = tasks[place];
    if (task === undefined || task.dependencies.length === 0) return [];
    return task.dependencies.flatMap((token) =>
      find(task.scope, token) === undefined ? [{ kind: "unknown-dependency", task, token } as const] : [],
    );
  });
}
