import type { BoardTask } from "../words.ts";
import { branchName, fileName } from "./addresses.ts";
import { count, list, more, page, section, series, table } from "./block.ts";
import { mostAnnotations, problemsOf } from "./check-problems.ts";
import { milestonesBlock, pathsBlock } from "./check-shift.ts";
import { warningsOf } from "./check-warnings.ts";
import { code, inline } from "./escape.ts";
import { problemLine } from "./problem.ts";
import type { CheckRow, CheckView, PlanEdit, PullView } from "./views.ts";
import { named, placeWords, statusWords, wordsOf } from "./wording.ts";

/** What merging one pull request does, as Markdown; its table is cut to `amount` rows, lists beside it to 20 lines at most. */
export function pullSection(view: CheckView, pull: PullView, amount: number): string {
  const few = Math.min(amount, 20);
  const { newlyReady, newlyWaiting } = pull.impact;
  return page(
    ...(pull.optedOut
      ? [leftOut]
      : [
          rowsBlock(view, pull, amount),
          section("Worth knowing", list(warningsOf(view.web, pull, few))),
          section("Becomes ready", list(newlyReady.slice(0, few).map(readied)), more(newlyReady.length, few, "task")),
          section("Has to wait again", list(newlyWaiting.slice(0, few).map(readied)), more(newlyWaiting.length, few, "task")),
          milestonesBlock(pull, few),
          pathsBlock(pull, few),
        ]),
    ...pull.planEdits.map((edit) => editBlock(edit, few)),
    problemsBlock(view, pull, few),
  );
}

const leftOut =
  "`[no-plan]` in the title or `plan: ignore` in the description keeps the words of this pull request out of the plan. Take it out to have them read.";

function rowsBlock(view: CheckView, pull: PullView, amount: number): string {
  if (pull.rows.length === 0) return pull.planEdits.length > 0 || !view.hasPlan ? "" : nothingNamed;
  const rows = [...pull.rows].sort((a, b) => Number(a.before === a.after) - Number(b.before === b.after));
  return page(
    `What merging into ${branchName(pull.base)} does to the plan:`,
    table(["Task", "Now", "After merging", "Because"], rows.slice(0, amount).map(rowCells)),
    more(rows.length, amount, "task"),
  );
}

const nothingNamed = [
  "No task of the plan is named in the title, branch, description, labels or commits of this pull request, so merging it changes nothing in the plan.",
  "If it is work on a task, begin the title with its id (`ID: what it does`), or write `part of ID` in the description if there is more to come.",
].join(" ");

function rowCells(row: CheckRow): readonly string[] {
  const note = row.note === null || row.note.trim() === "" ? "" : ` (${inline(row.note, 160)})`;
  const now = row.edit === "adds" ? "not in the plan" : statusWords[row.before];
  return [named(row.task), now, `${afterOf(row)}${note}`, `${wordsOf(row)} ${placeWords[row.place]}`];
}

function afterOf({ edit, before, after }: CheckRow): string {
  if (edit === "removes") return "**not in the plan**";
  return edit === null && before === after ? `stays ${statusWords[after]}` : `**${statusWords[after]}**`;
}

const readied = (task: BoardTask): string => named(task) + (task.owner === null ? "" : `, for ${inline(task.owner, 40)}`);

function editBlock(edit: PlanEdit, amount: number): string {
  const restated = edit.restated.map(({ id, before, after }) => `${code(id, 60)} from ${statusWords[before]} to ${statusWords[after]}`);
  const ids = (all: readonly string[]): string =>
    series(
      all.map((id) => code(id, 60)),
      amount,
    );
  const says = [
    edit.added.length > 0 ? `Adds ${ids(edit.added)}` : "",
    edit.removed.length > 0 ? `Removes ${ids(edit.removed)}; what is known of ${edit.removed.length === 1 ? "it" : "them"} is kept` : "",
    restated.length > 0 ? `Sets ${series(restated, amount)}` : "",
    edit.changed.length > 0 ? `Changes details of ${ids(edit.changed)}` : "",
  ].filter((line) => line !== "");
  return section(`Edit of ${fileName(edit.path)}`, says.length > 0 ? list(says) : "No task is added, removed or changed.");
}

function problemsBlock(view: CheckView, pull: PullView, amount: number): string {
  const problems = problemsOf(pull);
  if (problems.length === 0) return "";
  const shown = problems.slice(0, Math.min(amount, mostAnnotations));
  const lines = shown.map((problem) => problemLine({ web: view.web, at: view.sha }, problem, `${problem.path}, line ${problem.line}`));
  const many =
    problems.length > mostAnnotations
      ? `Only the first ${mostAnnotations} of ${count(problems.length, "problem")} are marked on their lines.`
      : "";
  return section("Problems in the edited files", list(lines), more(problems.length, shown.length, "problem"), many);
}
