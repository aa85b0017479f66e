import type { BoardTask } from "../words.ts";
import { more, section, table } from "./block.ts";
import type { Outlook } from "./outlook.ts";
import { estimateOf, heldUp, type Linking, ownerOf, priorityOf, taskLink } from "./task-cells.ts";

/** What can be begun, owner by owner: of many, the best of each owner before the second best of anybody. */
export function readyBlock(shown: Linking, { ready, holdsUp }: Outlook, amount: number): string {
  const rows = byOwner(ready, amount).map((task) => [
    taskLink(shown, task),
    ownerOf(task),
    priorityOf(task),
    estimateOf(task),
    heldUp(shown, holdsUp.get(task)),
  ]);
  return section("Ready next", table(["Task", "Owner", "Priority", "Estimate", "Holds up"], rows), more(ready.length, amount, "task"));
}

/** Owners in the order of their best task, and within one the tasks in theirs; those of nobody come last. */
function byOwner(ready: readonly BoardTask[], amount: number): readonly BoardTask[] {
  const queues = new Map<string, BoardTask[]>();
  for (const task of ready) {
    const queue = queues.get(nameOf(task)) ?? [];
    queues.set(nameOf(task), queue);
    queue.push(task);
  }
  const turn = new Map([...queues.values()].flatMap((queue) => queue.map((task, index) => [task, index] as const)));
  const chosen = new Set(ready.toSorted((a, b) => (turn.get(a) ?? 0) - (turn.get(b) ?? 0)).slice(0, amount));
  return [...queues]
    .toSorted(([a], [b]) => Number(a === "") - Number(b === ""))
    .flatMap(([, queue]) => queue)
    .filter((task) => chosen.has(task));
}

const nameOf = ({ owner }: BoardTask): string => owner?.trim().toLowerCase() ?? "";
