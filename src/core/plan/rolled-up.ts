import { isFinished, type Status, type Token } from "../words.ts";
import type { DraftTask } from "./draft.ts";
import type { Report } from "./problem-list.ts";
import { quoted } from "./quoted.ts";

/**
 * Gives tasks without a status of their own the one their sub-tasks come to, the innermost first. A task that has one keeps it: a parent is
 * done when its box is, whatever its children say; where the two differ, that is reported. A parent that is not there is reported and left out.
 */
export function rolledUp(drafts: ReadonlyMap<Token, DraftTask>, report: Report): ReadonlyMap<Token, DraftTask> {
  const children = new Map<Token, DraftTask[]>();
  const orphans = new Set<Token>();
  for (const task of drafts.values()) {
    if (task.parent === null) continue;
    const siblings = children.get(task.parent);
    if (!drafts.has(task.parent) || task.parent === task.token) orphans.add(task.token);
    else if (siblings === undefined) children.set(task.parent, [task]);
    else siblings.push(task);
  }
  if (children.size === 0 && orphans.size === 0) return drafts;

  const settled = new Map<Token, DraftTask>();
  for (const token of childrenFirst(drafts, children)) {
    const task = drafts.get(token);
    if (task === undefined) continue;
    const below = (children.get(token) ?? []).map((child) => settled.get(child.token) ?? child);
    settled.set(token, settle(orphans.has(token) ? orphaned(task, report) : task, below, report));
  }
  return new Map([...drafts.keys()].flatMap((token) => [[token, settled.get(token)] as const]).filter(isSettled));
}

const isSettled = (entry: readonly [Token, DraftTask | undefined]): entry is readonly [Token, DraftTask] => entry[1] !== undefined;

function orphaned(task: DraftTask, report: Report): DraftTask {
  const message = `${quoted(task.id)} is a part of ${quoted(task.parent ?? "")}, which is not in this plan`;
  report("unknown-parent", () => ({ at: task.place(null), message }));
  return { ...task, parent: null };
}

function settle(task: DraftTask, below: readonly DraftTask[], report: Report): DraftTask {
  if (below.length === 0) return task;
  const status = statusOfAll(below.filter((child) => !child.optional).length > 0 ? below.filter((child) => !child.optional) : below);
  if (task.rollsUp) return { ...task, status };
  const open = below.filter((child) => !isFinished(child.status) && !child.optional);
  if (task.status === "completed" && open.length > 0) {
    const shown = open.slice(0, 5).map((child) => `${child.id} ${child.status}`);
    const more = open.length > shown.length ? ` and ${open.length - shown.length} more` : "";
    report("children-disagree", () => ({
      at: task.place("status"),
      message: `${task.id} is completed, but not all of its parts are: ${shown.join(", ")}${more}. Its own status counts`,
    }));
  }
  if (!isFinished(task.status) && status === "completed")
    report("children-disagree", () => ({
      at: task.place("status"),
      message: `all ${below.length} parts of ${task.id} are done, but it is ${task.status} itself. Its own status counts`,
    }));
  return task;
}

/** Completed when all are; deferred when all that are not completed are; at work once one has begun; blocked while one is and none has. */
function statusOfAll(tasks: readonly DraftTask[]): Status {
  const all = new Set(tasks.map((task) => task.status));
  if (tasks.every((task) => isFinished(task.status))) return all.has("completed") ? "completed" : "deferred";
  if (all.has("in-progress") || all.has("completed")) return "in-progress";
  return all.has("blocked") ? "blocked" : "todo";
}

/** Every task after its sub-tasks. Tasks that are parts of each other in a circle come last, in the order of the file. */
function childrenFirst(drafts: ReadonlyMap<Token, DraftTask>, children: ReadonlyMap<Token, readonly DraftTask[]>): readonly Token[] {
  const order: Token[] = [];
  const roots = [...drafts.values()].filter((task) => task.parent === null || !drafts.has(task.parent) || task.parent === task.token);
  const waiting = roots.map((task) => task.token);
  for (let token = waiting.pop(); token !== undefined; token = waiting.pop()) {
    order.push(token);
    for (const child of children.get(token) ?? []) waiting.push(child.token);
  }
  const reached = new Set(order);
  return [...[...drafts.keys()].filter((token) => !reached.has(token)).reverse(), ...order].reverse();
}
