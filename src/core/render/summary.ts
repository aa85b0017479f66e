import { nearestMilestones } from "../schedule/nearest-milestone.ts";
import { tasksByKey } from "../schedule/readiness.ts";
import { commitLink, fileUrl, sentence } from "./addresses.ts";
import { assumptionsBlock } from "./assumptions.ts";
import { count, details, page, section } from "./block.ts";
import { mostNodes, renderDependencyGraph } from "./dependency-graph.ts";
import { codeLink } from "./escape.ts";
import { findingsBlock } from "./findings-block.ts";
import { fitted } from "./fitted.ts";
import { mostBars, renderGantt } from "./gantt.ts";
import { lastChange } from "./last-change.ts";
import { marker } from "./marker.ts";
import { outlookOf } from "./outlook.ts";
import { readyBlock } from "./ready-block.ts";
import { releasesIn } from "./releases.ts";
import { type Drawn, forecastIn, ganttOf, graphOf } from "./summary-diagrams.ts";
import { milestonesBlock } from "./summary-milestones.ts";
import { blockersBlock, habitsBlock, inProgressBlock, planProblemsBlock, risksBlock } from "./summary-sections.ts";
import type { SummaryView } from "./views.ts";
import { statusCounts, statusWords } from "./wording.ts";
import { refusedWriteBack } from "./write-back.ts";

/** No list shows more rows, but milestones. */
export const mostRows = 15;

/** How much is shown, from usual to little, until the text fits: rows of each list, lines of the chart, nodes of the graph. Lists outlast pictures. */
export const summaryLevels = [
  { amount: mostRows, bars: mostBars, nodes: mostNodes },
  { amount: mostRows, bars: 20, nodes: 30 },
  { amount: mostRows, bars: 10, nodes: 12 },
  { amount: mostRows, bars: 0, nodes: 0 },
  ...[10, 6, 3, 1].map((amount) => ({ amount, bars: 0, nodes: 0 })),
];
type Level = (typeof summaryLevels)[number];

/** The comment that says where one plan stands. Begins with `summaryMarker`; the same state gives the same text. */
export const renderSummary = (view: SummaryView): string => fitted(summaryLevels, summaryAt(view));

/** Makes the summary at any level, whether it fits or not. */
export function summaryAt(view: SummaryView): (level: Level) => string {
  const outlook = outlookOf(view.board);
  const around = {
    ...view,
    milestoneOf: nearestMilestones(view.board.tasks, view.milestones),
    releasesOf: releasesIn(view, tasksByKey(view.board.tasks)),
  };
  const draw = drawer({ ...view, readiness: outlook.readiness });
  const forecasts = forecastIn(view.schedule, view.board)?.milestones ?? [];
  return (level) => {
    const { amount } = level;
    return page(
      `${summaryMarker(view.board.path)}\n\n## Plan ${codeLink(view.board.path, fileUrl({ web: view.web, at: view.branch }, view.board.path))}`,
      standing(view),
      view.notWrittenBack === undefined ? "" : refusedWriteBack(view.notWrittenBack),
      states(view),
      milestonesBlock(view, forecasts, amount * 2),
      blockersBlock(around, outlook, amount),
      readyBlock(view, outlook, amount),
      inProgressBlock(view, outlook, amount),
      findingsBlock(view, view.findings, amount),
      risksBlock(view, amount),
      habitsBlock(view, amount),
      planProblemsBlock(view),
      section("Schedule", ...draw(level), assumptionsBlock(view, view.schedule, amount)),
      lastChange(view, view.board.tasks),
    );
  };
}

/** Both diagrams at any size, each behind a line that opens it. For want of room the smaller sizes leave them out, and say so. */
function drawer(drawn: Drawn): (level: Level) => readonly string[] {
  const [gantt, graph] = [ganttOf(drawn), graphOf(drawn)];
  const isEmpty = (): boolean => renderGantt(gantt, 1) === "" && renderDependencyGraph(graph, 1) === "";
  return ({ bars, nodes }) => {
    if (bars === 0) return isEmpty() ? [] : ["Both diagrams are left out: this comment has no room for them."];
    return [details("The plan over time", renderGantt(gantt, bars)), details("What waits for what", renderDependencyGraph(graph, nodes))];
  };
}

export const summaryMarker = (path: string): string => marker("summary", path);

/** What stands above everything else: that the comment shows an older state, and why. */
function standing({ board, unreadableAt, removed, web }: SummaryView): string {
  if (removed !== null) {
    const by = removed.commit === null ? "" : ` by ${commitLink(web, removed.commit)}`;
    return `> [!WARNING]\n> The plan file was removed${by}. Its tasks are kept here as they stood last.`;
  }
  if (board.unreadable === null) return "";
  const where = unreadableAt === null ? "" : ` at ${commitLink(web, unreadableAt)}`;
  return `> [!WARNING]\n> The plan file could not be read${where}: ${sentence(board.unreadable)}\n> What follows is the last good state of it.`;
}

function states({ board }: SummaryView): string {
  const { tasks } = board;
  if (tasks.length === 0) return "The plan lists no tasks yet.";
  const counts = statusCounts(tasks);
  const done = tasks.filter(({ state }) => state.status === "completed").length;
  const rest = counts.filter(([status]) => status !== "completed").map(([status, number]) => `${number} ${statusWords[status]}`);
  const proven = tasks.filter(({ state }) => state.evidence).length;
  return [
    `**${done} of ${count(tasks.length, "task")} completed**${rest.length === 0 ? "" : `, ${rest.join(", ")}`}.`,
    `${proven} of ${tasks.length} ${proven === 1 ? "has" : "have"} evidence in the repository beyond the plan itself.`,
  ].join(" ");
}

/** The issue that holds the summaries, one comment for each plan. */
export const summaryIssue = (): { readonly title: string; readonly body: string; readonly labels: readonly string[] } => ({
  title: "Where the plan stands",
  body: page(
    `${summaryIssueMarker}\nPlankeeper keeps one comment here for each plan of this repository: milestones, what stands in the way, what is ready next.`,
    "The comments are rewritten when the plan or the work moves, so changes made to them by hand do not last.",
    "To change a task, edit the plan file, or comment `/status ID completed` on any issue or pull request. `/help` lists what else can be said.",
  ),
  labels: ["plankeeper"],
});

export const summaryIssueMarker = marker("summary-issue", "1");
