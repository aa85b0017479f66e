import type { Why } from "../status/why.ts";
import { more, nothing, section, table } from "./block.ts";
import { code, inline } from "./escape.ts";
import { reasonOf } from "./task-cells.ts";
import { minute } from "./time.ts";
import type { CheckRow, CheckView } from "./views.ts";
import { whyLine } from "./why.ts";
import { idOf, statusWords } from "./wording.ts";

/** How many of its newest changes are shown of each task. */
const newest = 3;

/** How the tasks that are named came to stand as they do now, as `/why` tells it; empty where there are none. Cut to `amount` tasks. */
export function whysOf({ web, pulls }: CheckView, amount: number): string {
  const named = pulls.filter((pull) => !pull.optedOut).flatMap((pull) => pull.rows.filter(({ edit }) => edit !== "adds"));
  const tasks = [...new Map(named.map((row) => [`${row.task.scope} ${row.task.token}`, row])).values()];
  const [first] = tasks;
  const rows = tasks.slice(0, amount).flatMap((row) => cellsOf(web, row));
  return section(
    "How the tasks came to stand as they do",
    table(["Task", "Change", "When", "Because"], rows),
    more(tasks.length, amount, "task"),
    first === undefined ? "" : `${code(`/why ${first.task.id}`, 80)} in a comment tells all of it, and what would change it.`,
  );
}

function cellsOf(web: string, { task, why }: CheckRow): readonly (readonly string[])[] {
  const steps = why.steps.slice(-newest).map(({ at, before, after, cause }) => {
    const change = before === null ? statusWords[after] : `${statusWords[before]} → ${statusWords[after]}`;
    return [idOf(task), change, minute(at), whyLine(web, cause)];
  });
  return [...steps, ...stillOpen(task, why)];
}

const stillOpen = (task: CheckRow["task"], { holds, waits }: Why): readonly (readonly string[])[] => [
  ...holds.map((hold) => [idOf(task), "held", minute(hold.since), reasonOf(hold)]),
  ...waits.map((clause) => [idOf(task), "merged, not completed", nothing, inline(clause, 160)]),
];
