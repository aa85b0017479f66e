import type { Blocker } from "../schedule/blockers.ts";
import type { MilestoneProgress } from "../schedule/milestones.ts";
import { tasksByKey } from "../schedule/readiness.ts";
import type { Board, BoardTask } from "../words.ts";
import { list, more, page } from "./block.ts";
import { inline } from "./escape.ts";
import { fitted } from "./fitted.ts";
import { marker } from "./marker.ts";
import { releasesIn } from "./releases.ts";
import { heldUpAndWhom, reasonsOf, type Shown, sinceIn, taskLink } from "./task-cells.ts";
import { milestoneName, percentage, statusWords } from "./wording.ts";

/** What an issue speaks for: its tasks in the order of the plans. */
export type BlockerView = {
  readonly web: string;
  /** The default branch, for links to lines of the plan. */
  readonly branch: string;
  /** In which days are told: `summary.timezone`. */
  readonly timezone: string;
  readonly issue: number;
  readonly tasks: readonly SpokenFor[];
};

/** `blocker` = what it holds up, null for a finished task. `milestone` = the first one that it, or what it holds up nearby, belongs to. */
export type SpokenFor = {
  readonly board: Board;
  readonly task: BoardTask;
  readonly blocker: Blocker | null;
  readonly milestone: MilestoneProgress | null;
};

export const blockerMarker = (issue: number): string => marker("blocker", String(issue));

export const isBlocked = ({ task }: Pick<SpokenFor, "task">): boolean => task.state.status === "blocked";

/** How many tasks are shown, from usual to little, until the text fits. */
const levels = [5, 3, 1];

/**
 * The comment in an issue that speaks for blocked tasks: why each is blocked, what it holds up, what would release it. When none of them is
 * blocked any more it says that. Begins with `blockerMarker`; the same state gives the same text.
 */
export function renderBlockerComment(view: BlockerView): string {
  const blocked = view.tasks.filter(isBlocked);
  const body = (amount: number): string =>
    blocked.length === 0
      ? released(view, amount)
      : page(...blocked.slice(0, amount).map((one) => held(view, one, amount)), more(blocked.length, amount, "blocked task"));
  return fitted(levels, (amount) => page(blockerMarker(view.issue), body(amount)));
}

function held(view: BlockerView, spoken: SpokenFor, amount: number): string {
  const { board, task, milestone } = spoken;
  const shown = { ...view, board };
  const why = task.state.holds.length === 0 ? "its row in the plan says so" : reasonsOf(task.state.holds);
  const name = milestone === null ? [] : [`Nearest milestone: ${milestoneWords(milestone)}`];
  const { clauses, all } = releasesIn(shown, tasksByKey(board.tasks))(task);
  return page(
    `**${taskLink(shown, task)} is blocked** since ${sinceIn(shown, task)}: ${why}.`,
    list([holdsUp(shown, spoken), ...name]),
    all && clauses.length > 1 ? "What would release it, all of it together:" : "What would release it:",
    list(clauses.slice(0, amount)),
    more(clauses.length, amount, "condition"),
  );
}

function holdsUp(shown: Shown, { blocker }: SpokenFor): string {
  if (blocker === null || blocker.count === 0) return "Holds up no other task";
  return `Holds up ${heldUpAndWhom(shown, blocker)}`;
}

function milestoneWords(milestone: MilestoneProgress): string {
  const due = milestone.due === null ? "" : `, due ${inline(milestone.due, 20)}`;
  return `${milestoneName(milestone)}${due}${milestone.percent === null ? "" : `, ${percentage(milestone.percent)} done`}`;
}

function released(view: BlockerView, amount: number): string {
  if (view.tasks.length === 0) return "Nothing that this issue speaks for is blocked any more.";
  const lines = view.tasks.slice(0, amount).map(({ board, task }) => {
    const shown = { ...view, board };
    const since = task.state.status === "todo" ? "" : ` since ${sinceIn(shown, task)}`;
    return `${taskLink(shown, task)} is ${statusWords[task.state.status]}${since}`;
  });
  return page(
    "**Released.** Nothing that this issue speaks for is blocked any more:",
    list(lines),
    more(view.tasks.length, amount, "task"),
  );
}
