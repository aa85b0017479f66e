import { type Finding, type IdWarning, isFinished } from "../words.ts";
import { branchName, sentence } from "./addresses.ts";
import { series } from "./block.ts";
import { worksOn } from "./check-conclusion.ts";
import { code } from "./escape.ts";
import { findingAdvice } from "./findings-block.ts";
import { reasonOf } from "./task-cells.ts";
import { minute } from "./time.ts";
import type { CheckRow, PullView } from "./views.ts";
import { idOf, wordsOf } from "./wording.ts";

/** What a reader should know beside the table, one safe line each: why a merge does less than the words seem to say, and how to change it. */
export function warningsOf(web: string, pull: PullView, amount: number): readonly string[] {
  const lines = [
    ...aboutPull(pull),
    ...pull.rows.filter((row) => row.before === "blocked" && worksOn(row)).map(blockedLine),
    ...pull.rows.filter((row) => row.reference.stance === "negated" || row.reference.stance === "question").map(unsaidLine),
    ...pull.warnings.map(unknownLine),
    ...pull.findings.filter((finding) => !isNoted(pull, finding)).map((one) => `${idIn(pull, one)}: ${findingAdvice(web, one)}`),
  ];
  return lines.length > amount ? [...lines.slice(0, amount), `… and ${lines.length - amount} more`] : lines;
}

function aboutPull(pull: PullView): readonly string[] {
  const named = pull.rows.length > 0;
  return [
    named && !pull.baseCompletes
      ? `Merging into ${branchName(pull.base)} completes nothing: tasks are completed by merges into ${series(pull.completionBranches.map(branchName), 5)}.`
      : "",
    pull.base !== pull.planBranch && (pull.planEdits.length > 0 || pull.configurationEdit !== null)
      ? `Plans are read from ${branchName(pull.planBranch)}: what this edits in them counts once it gets there.`
      : "",
    named && pull.draft ? "This is a draft. The table tells what merging it would do." : "",
    named && pull.stranger
      ? "It comes from a fork, by someone without triage access here. It counts once it is merged, or before that once a maintainer labels it."
      : "",
    pull.unread
      ? "Its commits and files could not be read yet, so only its title, description, branch and labels count. Once they are, the check says so."
      : "",
    pull.truncated === null ? "" : tooLargeLine(pull.truncated),
  ].filter((line) => line !== "");
}

const tooLargeLine = ({ commits, files }: { readonly commits: number; readonly files: number }): string =>
  `It is too large to be read whole: ${commits} commits and ${files} changed files were. A task that only the rest names is missing here, and merging can move it all the same.`;

function blockedLine({ task, after, why: { holds } }: CheckRow): string {
  const reasons = holds.map((hold) => `${reasonOf(hold)} (since ${minute(hold.since)})`);
  const why = reasons.length === 0 ? "" : `: ${series(reasons, 3)}`;
  const effect = isFinished(after) ? "" : " Merging does not complete it while that lasts.";
  return `${idOf(task)} is blocked${why}.${effect}`;
}

const unsaidLine = (row: CheckRow): string => {
  const { task, reference, before } = row;
  const how = before === "completed" ? "" : ` If merging should complete it, write ${code(`fixes ${task.id}`)}.`;
  return `${wordsOf(row)} was read as a mention: ${sentence(reference.because)}${how}`;
};

function unknownLine({ text, because, nearest }: IdWarning): string {
  const near = nearest.map((id) => code(id, 60));
  return `${code(text, 60)} was not read as a task: ${sentence(because)}${near.length === 0 ? "" : ` Did you mean ${series(near, 4, "or")}?`}`;
}

// What the table says already.
const isNoted = (pull: PullView, finding: Finding): boolean =>
  pull.rows.some(({ task, note }) => task.token === finding.token && note === finding.message);

// Findings know tokens; people know the id as it is written.
const idIn = (pull: PullView, { token, id }: Finding): string => {
  const row = pull.rows.find(({ task }) => task.token === token);
  return row === undefined ? code(id ?? token, 60) : idOf(row.task);
};
