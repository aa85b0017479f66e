import type { Change } from "../schedule/impact.ts";
import type { TakenBack } from "../schedule/taken-back.ts";
import { keyOf } from "../schedule/task-key.ts";
import { count } from "./block.ts";
import { editCounts } from "./check-edits.ts";
import { isNamed, newProblems } from "./check-problems.ts";
import { titleShifts } from "./check-shift.ts";
import { plain } from "./escape.ts";
import type { CheckView, PullView } from "./views.ts";

/** The check's one line, such as `Completes 2 · unblocks 3 · Beta 41 % → 47 % · 1.5 days earlier`. Plain text. */
export function titleOf(view: CheckView): string {
  const read = view.pulls.filter((pull) => !pull.optedOut);
  if (!read.some(isNamed) && !view.hasPlan) return "No plan in this repository";
  if (!read.some(isNamed) && view.unreadable !== null) return "The plan could not be read";
  if (view.pulls.length > 0 && read.length === 0) return "Left out of the plan on request";
  const doings = [...changesOf(read), ...editsOf(read)];
  const parts = [...(doings.length > 0 ? doings : ["no task of the plan is named"]), ...milestonesOf(read), ...oddities(read)];
  const by = new Set(view.pulls.map(({ ignoredBy }) => ignoredBy));
  const ignored = view.pulls.length === 0 || by.has(null) ? [] : [`ignored by ${[...by].join(", ")}`];
  const line = [...ignored, ...parts].join(" · ");
  const title = view.pulls.length > 1 ? `${count(view.pulls.length, "pull request")}: ${line}` : line;
  return plain(title.charAt(0).toUpperCase() + title.slice(1), 200);
}

function changesOf(pulls: readonly PullView[]): readonly string[] {
  const rows = new Set(pulls.flatMap((pull) => pull.rows.map((row) => keyOf(row.task))));
  // Several pull requests may change one task; what completes it counts.
  const changes = new Map<string, Change>();
  const released = new Set(pulls.flatMap((pull) => pull.released.map(({ task }) => keyOf(task))));
  for (const change of pulls.flatMap((pull) => pull.impact.changes)) {
    const key = keyOf(change.task);
    if (change.after !== "completed" && released.has(key)) continue;
    if (change.after === "completed" || !changes.has(key)) changes.set(key, change);
  }
  const reverted = new Set(pulls.flatMap((pull) => pull.reverts.tasks.filter(isTaken).map(({ task }) => keyOf(task))));
  const number = (fits: (change: Change) => boolean): number =>
    [...changes].filter(([key, change]) => fits(change) && !reverted.has(key)).length;
  const added = new Set(pulls.flatMap((pull) => pull.impact.added.map(keyOf)));
  const ready = new Set(pulls.flatMap((pull) => pull.impact.newlyReady.map(keyOf)).filter((key) => !added.has(key)));
  const parts = [
    worded("takes back", reverted.size),
    worded(
      "completes",
      number(({ after }) => after === "completed"),
    ),
    worded(
      "starts",
      number(({ after }) => after === "in-progress"),
    ),
    worded(
      "blocks",
      number(({ after }) => after === "blocked"),
    ),
    worded(
      "defers",
      number(({ after }) => after === "deferred"),
    ),
    worded(
      "reopens",
      number(({ after }) => after === "todo"),
    ),
    worded("unblocks", new Set([...ready, ...released]).size),
  ].flat();
  if (parts.length > 0 || rows.size === 0) return parts;
  const pointless = pulls.find((pull) => pull.rows.length > 0 && !pull.baseCompletes);
  return [
    `names ${count(rows.size, "task")}`,
    pointless === undefined ? "changes nothing" : `merging into ${pointless.base} completes nothing`,
  ];
}

const isTaken = ({ before, after }: TakenBack): boolean => before === "completed" && after !== before;

const worded = (verb: string, number: number): readonly string[] => (number === 0 ? [] : [`${verb} ${number}`]);

function editsOf(pulls: readonly PullView[]): readonly string[] {
  const configured = pulls.some(({ configurationEdit }) => configurationEdit !== null);
  return [...editCounts(pulls.flatMap((pull) => pull.planEdits)), ...(configured ? ["edits the configuration"] : [])];
}

// Percentages and dates of two pull requests cannot be added up, so they are shown for a single one alone.
function milestonesOf(pulls: readonly PullView[]): readonly string[] {
  const [only, ...others] = pulls;
  return only === undefined || others.length > 0 ? [] : titleShifts(only);
}

function oddities(pulls: readonly PullView[]): readonly string[] {
  const unknown = new Set(pulls.flatMap((pull) => pull.warnings.map(({ token }) => token))).size;
  const problems = pulls.flatMap((pull) => newProblems(pull)).length;
  return [...(unknown > 0 ? [count(unknown, "unknown id")] : []), ...(problems > 0 ? [count(problems, "problem")] : [])];
}
