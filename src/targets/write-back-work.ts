import { commitText, renderWriteBack, type WriteBackView } from "../core/render/write-back.ts";
import type { Board } from "../core/words.ts";
import type { PlanStanding, Writer } from "../ports.ts";
import type { Target } from "./target.ts";
import type { PlanWriting } from "./write-back-edit.ts";
import { isSameTask, type Memory, type RememberedRow } from "./write-back-memory.ts";

/** Everything that writing one plan back may use. */
export type WriteBack = {
  readonly target: Target;
  readonly write: Writer;
  readonly path: string;
  readonly branch: string;
  readonly board: Board;
  readonly standing: PlanStanding;
  readonly writing: PlanWriting;
  readonly now: Memory;
};

/** The message of a commit that leads from the rows that stand on a branch already to those that are to stand there. */
export function markText({ board, writing }: Pick<WriteBack, "board" | "writing">, before: readonly RememberedRow[]) {
  const fresh = writing.rows.filter((row) => !before.some((old) => isSameTask(old, row) && old.status === row.status));
  const gone = before.filter((old) => !writing.rows.some((row) => isSameTask(old, row)));
  const back = gone.map((old) => ({ id: old.id, status: board.tasks.find((task) => isSameTask(task, old))?.state.status ?? old.status }));
  return commitText([...fresh, ...back], leftOf(writing), writing.revision);
}

/** The pull request's title and body. */
export function pullText({ path, writing, target }: Pick<WriteBack, "path" | "writing"> & { readonly target: Pick<Target, "web" | "at"> }) {
  const view: WriteBackView = {
    web: target.web,
    branch: target.at.defaultBranch,
    path,
    revision: writing.revision,
    rows: writing.shown,
    difference: writing.difference,
    left: leftOf(writing),
    unwritten: writing.unwritten,
    snapshots: [...writing.files.keys()].filter((file) => !file.startsWith(path)),
  };
  return renderWriteBack(view);
}

const leftOf = ({ left }: PlanWriting): WriteBackView["left"] => left.map(({ row }) => ({ id: row.id, status: row.status }));
