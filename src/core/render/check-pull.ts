import type { Released } from "../schedule/released.ts";
import { keyOf } from "../schedule/task-key.ts";
import type { BoardTask, Problem } from "../words.ts";
import { branchName } from "./addresses.ts";
import { count, details, list, more, page, section, table } from "./block.ts";
import { editBlocks } from "./check-edits.ts";
import { isNamed, mostAnnotations, newProblems, oldProblems, problemsOf } from "./check-problems.ts";
import { builtOnBlock, revertRows } from "./check-reverts.ts";
import { milestonesBlock, pathsBlock } from "./check-shift.ts";
import { warningsOf } from "./check-warnings.ts";
import { inline } from "./escape.ts";
import { problemLine } from "./problem.ts";
import { reasonsOf } from "./task-cells.ts";
import type { CheckRow, CheckView, PullView } from "./views.ts";
import { named, placeWords, statusWords, wordsOf } from "./wording.ts";

/** What merging one pull request does, as Markdown; its table is cut to `amount` rows, lists beside it to 20 lines at most. */
export function pullSection(view: CheckView, pull: PullView, amount: number): string {
  const few = Math.min(amount, 20);
  const { released } = pull;
  const free = new Set(released.map(({ task }) => keyOf(task)));
  const { newlyWaiting } = pull.impact;
  const newlyReady = pull.impact.newlyReady.filter((task) => !free.has(keyOf(task)));
  return page(
    ...(pull.optedOut
      ? [leftOut]
      : [
          rowsBlock(view, pull, amount),
          builtOnBlock(pull, few),
          section("Worth knowing", list(warningsOf(view.web, pull, few))),
          section("Blocked no longer", list(released.slice(0, few).map(freed)), more(released.length, few, "task")),
          section("Becomes ready", list(newlyReady.slice(0, few).map(readied)), more(newlyReady.length, few, "task")),
          section("Has to wait again", list(newlyWaiting.slice(0, few).map(readied)), more(newlyWaiting.length, few, "task")),
          milestonesBlock(pull, few),
          pathsBlock(pull, few),
        ]),
    ...editBlocks(pull, few),
    problemsBlock(view, pull, few),
  );
}

const leftOut =
  "`[no-plan]` in the title or `plan: ignore` in the description keeps the words of this pull request out of the plan. Take it out to have them read.";

function rowsBlock(view: CheckView, pull: PullView, amount: number): string {
  const reverts = revertRows(view, pull);
  if (pull.rows.length + reverts.length === 0) return isNamed(pull) || !view.hasPlan ? "" : nothingNamed;
  const taken = new Set(reverts.map(({ key }) => key));
  const others = pull.rows.filter((row) => !taken.has(keyOf(row.task)));
  const sorted = [...others].sort((a, b) => Number(a.before === a.after) - Number(b.before === b.after));
  const rows = [...reverts.map(({ cells }) => cells), ...sorted.map(rowCells)];
  return page(
    `What merging into ${branchName(pull.base)} does to the plan:`,
    table(["Task", "Now", "After merging", "Because"], rows.slice(0, amount)),
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

const freed = ({ task, holds }: Released): string => {
  const owner = task.owner === null ? "" : `, for ${inline(task.owner, 40)}`;
  return `${named(task)}${owner}: ${statusWords[task.state.status]} again (was blocked: ${reasonsOf(holds)})`;
};

const readied = (task: BoardTask): string => named(task) + (task.owner === null ? "" : `, for ${inline(task.owner, 40)}`);

function problemsBlock(view: CheckView, pull: PullView, amount: number): string {
  const problems = problemsOf(pull);
  if (problems.length === 0) return "";
  const few = Math.min(amount, mostAnnotations);
  const line = (problem: Problem): string => problemLine({ web: view.web, at: view.sha }, problem, `${problem.path}, line ${problem.line}`);
  const [brought, old] = [newProblems(pull), oldProblems(pull)];
  const many =
    problems.length > mostAnnotations
      ? `Only the first ${mostAnnotations} of ${count(problems.length, "problem")} are marked on their lines.`
      : "";
  return section(
    "Problems in the edited files",
    list(brought.slice(0, few).map((problem) => `${newEdge[problem.code] ?? ""}${line(problem)}`)),
    more(brought.length, few, "problem"),
    details(
      `${count(old.length, "problem")} that ${old.length === 1 ? "was" : "were"} there before`,
      list(old.slice(0, few).map(line)),
      more(old.length, few, "problem"),
    ),
    many,
  );
}

const newEdge: Readonly<Record<string, string>> = {
  "dependency-cycle": "**New dependency cycle.** ",
  "dangling-dependency": "**New dangling dependency.** ",
};
