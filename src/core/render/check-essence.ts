import { keyOf } from "../schedule/task-key.ts";
import type { CheckConclusion } from "../words.ts";
import { problemsOf } from "./check-problems.ts";
import type { CheckView, PullView } from "./views.ts";

/** What a check says of its own pull requests, as one string: equal strings mean that writing it again would tell nobody anything. */
export const essenceOf = (view: CheckView, conclusion: CheckConclusion): string =>
  JSON.stringify([conclusion, view.hasPlan, view.unreadable, view.pulls.map(pullEssence)]);

// Nothing where there is none, so that no check is written again for having been given a place for it.
const revertsEssence = ({ reverts: { tasks, builtOn } }: PullView): readonly unknown[] =>
  tasks.length === 0
    ? []
    : [
        tasks.map(({ task, before, after, pulls, shas }) => [keyOf(task), before, after, pulls, shas]),
        builtOn.map(({ task, on }) => [keyOf(task), keyOf(on)]),
      ];

// Left out: what becomes ready, hours, milestones, dates, critical paths and the tasks' titles. They move with the plan and would rewrite every open pull request's check.
const pullEssence = (pull: PullView) => [
  pull.number,
  [
    pull.base,
    pull.baseCompletes,
    pull.draft,
    pull.stranger,
    pull.optedOut,
    pull.truncated,
    pull.unread,
    ...(pull.ignoredBy === null ? [] : [pull.ignoredBy]),
  ],
  pull.rows.map((row) => [
    keyOf(row.task),
    row.before,
    row.after,
    ...(row.edit === null ? [] : [row.edit]),
    row.place,
    row.reference.verb,
    row.reference.stance,
    row.reference.words,
    row.note,
  ]),
  ...revertsEssence(pull),
  ...(pull.released.length === 0
    ? []
    : [pull.released.map(({ task, holds }) => [keyOf(task), task.state.status, holds.map(({ key }) => key)])]),
  pull.warnings.map(({ text, nearest }) => [text, nearest]),
  pull.findings.map(({ code, token, message }) => [code, token, message]),
  pull.planEdits.map(({ path, added, removed, moved, restated, changed }) => [
    path,
    added,
    removed,
    restated.map(({ id, before, after }) => [id, before, after]),
    changed.map(({ id, fields }) => [id, fields]),
    ...(moved.length === 0 ? [] : [moved.map(({ id, from, to }) => [id, from, to])]),
  ]),
  ...(pull.configurationEdit === null
    ? []
    : [[pull.configurationEdit.keys, pull.configurationEdit.dues.map(({ id, after }) => [id, after])]]),
  problemsOf(pull).map(({ code, path, line, message }) => [code, path, line, message]),
];
