import type { DraftTask } from "../draft.ts";

/**
 * Gives each task that has no parent the innermost heading that it stands under, where that is a task itself. `holders` are those headings;
 * what they hold is told by their extents. Tasks are in the order of the file.
 */
export function underHeadings(tasks: readonly DraftTask[], holders: ReadonlySet<DraftTask>): readonly DraftTask[] {
  let open: readonly DraftTask[] = [];
  return tasks.map((task) => {
    const at = task.place(null);
    open = open.filter((holder) => at < (holder.extent?.().to ?? 0));
    const above = open.findLast((holder) => mayHold(holder, task));
    if (holders.has(task)) open = [...open, task];
    return task.parent === null && above !== undefined ? { ...task, parent: above.token } : task;
  });
}

/** `Task 5`, a line of text below the heading `Task 4`, is no part of it; `Task 4.1` is. */
const mayHold = (holder: DraftTask, task: DraftTask): boolean =>
  holder.token !== task.token && (holder.number === null || task.number === null || task.number.startsWith(`${holder.number}.`));

/**
 * Leaves out what is told twice: people list tasks in a table and write each out below it. Of two tasks of one id that come from different
 * kinds of writing the one that says a status counts, unless both say one and not the same.
 */
export function onceAcross(sources: readonly (readonly DraftTask[])[]): readonly DraftTask[] {
  const kept = new Map<string, { readonly task: DraftTask; readonly source: number }>();
  const twice = new Set<DraftTask>();
  for (const [source, tasks] of sources.entries()) {
    for (const task of tasks) {
      const other = kept.get(task.token);
      if (other === undefined || other.source === source) kept.set(task.token, other ?? { task, source });
      else if (saysNothing(task) || (task.status === other.task.status && !saysNothing(other.task))) twice.add(task);
      else if (saysNothing(other.task)) {
        twice.add(other.task);
        kept.set(task.token, { task, source });
      }
    }
  }
  return sources.flat().filter((task) => !twice.has(task));
}

const saysNothing = ({ writtenStatus, rollsUp }: DraftTask): boolean => writtenStatus === "" && rollsUp;
