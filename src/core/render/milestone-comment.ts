import { behindIn } from "../schedule/blockers.ts";
import type { Forecast } from "../schedule/forecast.ts";
import type { MilestoneProgress } from "../schedule/milestones.ts";
import { tasksByKey } from "../schedule/readiness.ts";
import { keyOf } from "../schedule/task-key.ts";
import { type BoardTask, isFinished } from "../words.ts";
import { count, list, more, nothing, page, section, series, table } from "./block.ts";
import { inline } from "./escape.ts";
import { fitted } from "./fitted.ts";
import { issueNames } from "./issue-lines.ts";
import { lastChange } from "./last-change.ts";
import { marker } from "./marker.ts";
import { type Outlook, outlookOf } from "./outlook.ts";
import { readyBlock } from "./ready-block.ts";
import { releasesIn } from "./releases.ts";
import { doneOf, footnote, moversOf, outcomeOf } from "./summary-milestones.ts";
import { blockersBlock, inProgressBlock } from "./summary-sections.ts";
import { type Dated, estimateOf, idLink, ownerOf, taskLink } from "./task-cells.ts";
import { milestoneName, progressBar } from "./wording.ts";

/** All tasks of a repository, and what can be asked of them: what stands in a milestone's way may be elsewhere. */
export type AllTasks = {
  readonly byKey: ReadonlyMap<string, BoardTask>;
  readonly outlook: Outlook;
  /** The unfinished tasks behind one. */
  readonly behind: (task: BoardTask) => readonly BoardTask[];
};

/** Made once for all milestones of a repository, because it takes the whole plan. */
export const allTasksOf = (tasks: readonly BoardTask[]): AllTasks => ({
  byKey: tasksByKey(tasks),
  outlook: outlookOf({ tasks }),
  behind: behindIn(tasks),
});

/** A milestone, and its tasks (`members`) among all. */
export type MilestoneView = Dated & {
  /** By which its comment is found again. */
  readonly name: string;
  readonly milestone: MilestoneProgress;
  readonly members: readonly BoardTask[];
  readonly all: AllTasks;
  readonly forecast: Forecast;
  /** The open pull requests that name a task, by `taskKey`. */
  readonly pulls: ReadonlyMap<string, readonly number[]>;
};

export const milestoneMarker = (name: string): string => marker("milestone", name);

/** Whether none of a milestone's tasks asks for more work. */
export const isReached = (members: readonly BoardTask[]): boolean =>
  members.every(({ recurring, state }) => recurring || isFinished(state.status));

/** How many rows each list has, from usual to little, until the text fits. */
const levels = [15, 10, 6, 3, 1];

/**
 * The comment in an issue that belongs to a milestone: how far it is, when it is likely to be reached, what stands in its way, what can be
 * begun, what is under way and what is left. Once nothing is left it says that. Begins with `milestoneMarker`; the same state gives the same text.
 */
export function renderMilestoneComment(view: MilestoneView): string {
  const heading = `${milestoneMarker(view.name)}\n\n## Milestone ${milestoneName(view.milestone)}`;
  const body = isReached(view.members) ? () => reached(view) : open(view);
  return fitted(levels, (amount) => page(heading, body(amount), lastChange(view, view.members)));
}

function open(view: MilestoneView): (amount: number) => string {
  const outlook = outlookFor(view);
  const around = { ...view, milestoneOf: () => null, releasesOf: releasesIn(view, view.all.byKey) };
  return (amount) =>
    page(
      standing(view),
      blockersBlock(around, outlook, amount),
      readyBlock(view, outlook, amount),
      inProgressBlock(view, outlook, amount),
      leftBlock(view, outlook, amount),
      footnote([view.forecast]),
    );
}

function standing({ milestone, forecast, ...shown }: MilestoneView): string {
  const [when, movers] = [outcomeOf(forecast), moversOf(shown, forecast)];
  return list([
    `${progressBar(milestone)}: ${doneOf(milestone)}`,
    ...(milestone.due === null ? [] : [`Due ${inline(milestone.due, 20)}`]),
    ...(when === nothing ? [] : [`Forecast: ${when}`]),
    ...(movers === nothing ? [] : [`Moved most by ${movers}`]),
  ]);
}

/** Of the milestone's own tasks; and of those that are blocked elsewhere, what keeps any of them waiting. */
function outlookFor({ all: { outlook, behind }, members }: MilestoneView): Outlook {
  const own = new Set(members);
  return {
    ...outlook,
    blocked: outlook.blocked.filter(({ task }) => own.has(task) || behind(task).some((one) => own.has(one))),
    inProgress: outlook.inProgress.filter((task) => own.has(task)),
    ready: outlook.ready.filter((task) => own.has(task)),
  };
}

/** What no other list shows: what has to wait. */
function leftBlock(view: MilestoneView, { readiness }: Outlook, amount: number): string {
  const left = view.members.filter((task) => task.state.status === "todo" && readiness.get(keyOf(task))?.ready !== true);
  const rows = left.slice(0, amount).map((task) => {
    const { waitingOn, waitingOnIssues } = readiness.get(keyOf(task)) ?? { waitingOn: [], waitingOnIssues: [] };
    const names = series(
      waitingOn.map((one) => idLink(view, one)),
      3,
    );
    const issues = issueNames(view.web, waitingOnIssues);
    return [taskLink(view, task), ownerOf(task), estimateOf(task), [names, issues].filter((part) => part !== "").join("; ") || nothing];
  });
  return section("Then", table(["Task", "Owner", "Estimate", "Waits for"], rows), more(left.length, amount, "task"));
}

function reached({ milestone }: MilestoneView): string {
  if (milestone.total === 0) return "Nothing is left to do: none of its tasks counts.";
  const all = milestone.total === 1 ? "Its task is" : `All ${count(milestone.total, "task")} are`;
  return `**Reached.** ${all} completed.${milestone.due === null ? "" : ` It was due ${inline(milestone.due, 20)}.`}`;
}
