import { type Undoing, undoingOf, undoingOfPull } from "../evidence/subject.ts";
import { promised } from "../status/promise.ts";
import type { Board, BoardTask, DerivedTask, PullContentFact, PullFact, Sha, Status } from "../words.ts";
import { restingOnReverted } from "./built-on-reverted.ts";
import { keyOf, taskKey } from "./task-key.ts";

/** A task whose work a merge takes back or, by taking back a revert, gives back; and how that work is named, as far as it is. */
export type TakenBack = {
  readonly task: BoardTask;
  readonly before: Status;
  readonly after: Status;
  readonly pulls: readonly number[];
  readonly shas: readonly Sha[];
};

/** `builtOn` = tasks that will rest on work that is taken back, with what they depend on. */
export type Reverts = {
  readonly tasks: readonly TakenBack[];
  readonly builtOn: readonly { readonly task: BoardTask; readonly on: BoardTask }[];
};

export const noReverts: Reverts = { tasks: [], builtOn: [] };

/** Whether a pull request, or a commit of it, says that it takes something back. */
export const undoes = (pull: PullFact, content: PullContentFact | null): boolean =>
  undoingOfPull(pull) !== null || (content?.commits ?? []).some(({ message }) => undoingOf(message) !== null);

/** What merging takes back. `after` = the tasks that it changes, as `promiseOf` tells. */
export function revertsBy(
  boards: readonly Board[],
  after: readonly DerivedTask[],
  by: { readonly pull: PullFact; readonly content: PullContentFact | null },
): Reverts {
  const changed = new Map(after.map((task) => [taskKey(task.scope, task.token), task]));
  const tasks = boards.flatMap((board) => board.tasks.flatMap((task) => takenBack(task, changed.get(keyOf(task)), by)));
  if (tasks.length === 0) return noReverts;
  const then = boards.map((board) => ({
    ...board,
    tasks: board.tasks.map((task) => ({ ...task, state: changed.get(keyOf(task))?.folded.state ?? task.state })),
  }));
  const pair = ({ task, on }: Reverts["builtOn"][number]) => JSON.stringify([keyOf(task), keyOf(on)]);
  const already = new Set(restingOnReverted(boards).map(pair));
  return { tasks, builtOn: restingOnReverted(then).filter((one) => !already.has(pair(one))) };
}

function takenBack(
  task: BoardTask,
  then: DerivedTask | undefined,
  by: { readonly pull: PullFact; readonly content: PullContentFact | null },
): readonly TakenBack[] {
  const [before, after] = [task.state.status, then?.folded.state.status ?? task.state.status];
  const source = then?.folded.history.findLast(
    ({ cause }) => (cause.rule === "revert" || cause.rule === "reapply") && cause.fact.startsWith(promised(by.pull)),
  );
  if (source === undefined || before === after) return [];
  const { pulls = [], shas = [] } = undoingIn(source.cause.fact, by) ?? {};
  return [{ task, before, after, pulls, shas: pulls.length > 0 ? [] : shas }];
}

/** What the supposed fact says that it takes back: a commit of the pull request or, where that names nothing, the pull request itself. */
function undoingIn(fact: string, { pull, content }: { readonly pull: PullFact; readonly content: PullContentFact | null }): Undoing | null {
  const commit = (content?.commits ?? []).find(({ sha }) => fact === `${promised(pull)}:${sha}`);
  const own = commit === undefined ? null : undoingOf(commit.message);
  return own === null || own.pulls.length + own.shas.length === 0 ? undoingOfPull(pull) : own;
}
