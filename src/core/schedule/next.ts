import { type BoardTask, isFinished, type PlannedTask } from "../words.ts";
import { blockersOf } from "./blockers.ts";
import { presentStatus, tasksByKey, waitsOn } from "./readiness.ts";
import { keyOf, taskKey } from "./task-key.ts";

/** A task that can be worked on. `behind` = how many open tasks wait for it, near and far; `because` = what ranks it, in words. */
export type Worthwhile = { readonly task: PlannedTask; readonly behind: number; readonly because: readonly string[] };

/** A task that cannot be begun, and what it waits for: what it depends on, what its parents depend on, its own open parts. */
export type Waiting = { readonly task: PlannedTask; readonly waitsFor: readonly PlannedTask[] };

/** The open tasks of plans: those to begin and those begun, best first; those that wait and those blocked, as they stand in the plan. */
export type Next = {
  readonly ready: readonly Worthwhile[];
  readonly started: readonly Worthwhile[];
  readonly waiting: readonly Waiting[];
  readonly blocked: readonly Waiting[];
};

/**
 * What to do next. Best is what is not optional, then the highest priority, then what most tasks wait for, then what is due first, then
 * what stands first. A task with open parts is worked on through them. `owner` keeps the tasks of one person or team, letter case aside.
 */
export function nextOf(tasks: readonly PlannedTask[], owner: string | null = null): Next {
  const mine = openTasks(tasks).filter(({ task }) => owner === null || isOwnedBy(task, owner));
  const free = mine.filter(({ waitsFor }) => waitsFor.length === 0);
  const ranked = (status: PlannedTask["status"]): readonly Worthwhile[] =>
    free
      .filter(({ task }) => task.status === status)
      .toSorted(better)
      .map((one) => ({ task: one.task, behind: one.behind, because: reasons(one) }));
  const held = (some: readonly Open[]): readonly Waiting[] => some.map(({ task, waitsFor }) => ({ task, waitsFor }));
  return {
    ready: ranked("todo"),
    started: ranked("in-progress"),
    waiting: held(mine.filter(({ task, waitsFor }) => task.status !== "blocked" && waitsFor.length > 0)),
    blocked: held(mine.filter(({ task }) => task.status === "blocked")),
  };
}

/**
 * The open tasks in an order in which they can be done one after the other: those begun, then the best of what is ready each time. What is
 * blocked, and what waits for it or in a circle, is left out.
 */
export function orderOfWork(tasks: readonly PlannedTask[]): readonly PlannedTask[] {
  const open = openTasks(tasks);
  const unmet = new Map(open.map(({ task, waitsFor }) => [task, waitsFor.length]));
  const dependants = new Map<PlannedTask, Open[]>(open.map(({ task }) => [task, []]));
  for (const one of open) for (const other of one.waitsFor) dependants.get(other)?.push(one);
  const begunFirst = (a: Open, b: Open): number => begun(b) - begun(a) || better(a, b);
  const ready = open
    .filter(({ task, waitsFor }) => task.status !== "blocked" && waitsFor.length === 0)
    .toSorted((a, b) => begunFirst(b, a));
  const order: PlannedTask[] = [];
  for (let best = ready.pop(); best !== undefined; best = ready.pop()) {
    order.push(best.task);
    for (const one of dependants.get(best.task) ?? []) {
      const left = (unmet.get(one.task) ?? 0) - 1;
      unmet.set(one.task, left);
      if (left === 0 && one.task.status !== "blocked") ready.splice(placeOf(one, ready, begunFirst), 0, one);
    }
  }
  return order;
}

/** Where something goes in a list whose best stands last. */
function placeOf<T>(one: T, sorted: readonly T[], order: (a: T, b: T) => number): number {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const other = sorted[middle];
    if (other !== undefined && order(other, one) > 0) low = middle + 1;
    else high = middle;
  }
  return low;
}

type Open = Waiting & { readonly behind: number; readonly at: number };

const begun = ({ task }: Open): number => (task.status === "in-progress" ? 1 : 0);

function openTasks(tasks: readonly PlannedTask[]): readonly Open[] {
  const boards = tasks.map(asBoardTask);
  const known = tasksByKey(boards);
  const planned = new Map(boards.map((board, index) => [board, tasks[index]]));
  const behind = new Map(blockersOf(boards).map(({ task, count }) => [keyOf(task), count]));
  const parts = openParts(known);
  return [...known.values()].flatMap((board, at) => {
    const task = planned.get(board);
    if (task === undefined || isFinished(task.status)) return [];
    const above = ancestors(board, known);
    const waits = [board, ...above]
      .flatMap((one) => waitsOn(one, known, presentStatus))
      .filter((one) => !above.includes(one) && one !== board);
    const waitsFor = [...new Set([...waits, ...(parts.get(board) ?? [])])].flatMap((one) => planned.get(one) ?? []);
    return [{ task, waitsFor, behind: behind.get(keyOf(board)) ?? 0, at }];
  });
}

type Known = ReadonlyMap<string, BoardTask>;

/** A task as a board would show it on which nothing but the plan is known. */
export function asBoardTask(task: PlannedTask): BoardTask {
  const cause = { fact: "", rule: "plan", actor: null, link: null, words: task.writtenStatus };
  return {
    ...task,
    state: {
      status: task.status,
      since: 0,
      cause,
      underneath: task.status,
      holds: [],
      waits: [],
      findings: [],
      touched: null,
      evidence: false,
      released: [],
      issues: [],
    },
  };
}

/** The parts of each task that are still to be done; what may be left undone keeps nobody waiting. */
function openParts(known: Known): ReadonlyMap<BoardTask, readonly BoardTask[]> {
  const parts = new Map<BoardTask, BoardTask[]>();
  for (const task of known.values()) {
    const parent = parentOf(task, known);
    if (parent === undefined || isFinished(task.status) || task.optional) continue;
    const others = parts.get(parent);
    if (others === undefined) parts.set(parent, [task]);
    else others.push(task);
  }
  return parts;
}

const parentOf = (task: BoardTask, known: Known): BoardTask | undefined =>
  task.parent === null ? undefined : known.get(taskKey(task.scope, task.parent));

const deepest = 20;

/** Those that a task is a part of, the nearest first, each once. */
function ancestors(task: BoardTask, known: Known): readonly BoardTask[] {
  const above: BoardTask[] = [];
  for (let one = parentOf(task, known); one !== undefined && above.length < deepest; one = parentOf(one, known)) {
    if (one === task || above.includes(one)) break;
    above.push(one);
  }
  return above;
}

const last = 5;

function better(a: Open, b: Open): number {
  const [one, other] = [a.task, b.task];
  if (one.optional !== other.optional) return one.optional ? 1 : -1;
  const rank = (one.priority ?? last) - (other.priority ?? last) || b.behind - a.behind;
  if (rank !== 0) return rank;
  if (one.due !== other.due) return one.due === null ? 1 : other.due === null || one.due < other.due ? -1 : 1;
  return a.at - b.at;
}

function reasons({ task, behind }: Open): readonly string[] {
  const said = [
    task.priority === null ? "" : `P${task.priority}`,
    behind === 0 ? "" : behind === 1 ? "one task waits for it" : `${behind} tasks wait for it`,
    task.due === null ? "" : `due ${task.due}`,
    task.optional ? "may be left undone" : "",
  ].filter((one) => one !== "");
  return said.length === 0 ? ["by its place in the plan"] : said;
}

function isOwnedBy({ owner }: PlannedTask, name: string): boolean {
  const wanted = name.trim().toLowerCase();
  const names = (owner ?? "").toLowerCase().split(/[,;&/+]/);
  return names.some((one) => one.trim() === wanted) || owner?.trim().toLowerCase() === wanted;
}
