import type { MilestoneProgress } from "../schedule/milestones.ts";
import { type BoardTask, type Place, type Status, statuses } from "../words.ts";
import { nothing } from "./block.ts";
import { code, inline } from "./escape.ts";
import type { CheckRow } from "./views.ts";

export const statusWords: Readonly<Record<Status, string>> = {
  todo: "todo",
  "in-progress": "in progress",
  completed: "completed",
  blocked: "blocked",
  deferred: "deferred",
};

export const placeWords: Readonly<Record<Place, string>> = {
  title: "in the title",
  branch: "in the branch name",
  body: "in the description",
  commit: "in a commit",
  label: "on a label",
  comment: "in a comment",
};

/** How many tasks have each status, in the order of the statuses, those that have none left out. */
export function statusCounts(tasks: readonly BoardTask[]): readonly (readonly [Status, number])[] {
  const counts = statuses.map((status) => [status, tasks.filter(({ state }) => state.status === status).length] as const);
  return counts.filter(([, number]) => number > 0);
}

/** The words a row was read from, as code. */
export const wordsOf = ({ reference, task }: CheckRow): string => code(reference.words.trim() === "" ? task.id : reference.words, 80);

/** A task as its id and title, both safe. */
export const named = (task: BoardTask, titleMax = 80): string => `${code(task.id, 60)} ${inline(task.title, titleMax)}`.trimEnd();

export const idOf = (task: BoardTask): string => code(task.id, 60);

/** A milestone's id and title, or one of them where they are the same or the title is missing. */
export const milestoneName = ({ id, title }: { readonly id: string; readonly title: string }): string =>
  title === "" || title === id ? inline(id, 80) : `${inline(id, 40)} ${inline(title, 80)}`;

/** `41 %`, or a dash where nothing is counted. */
export const percentage = (percent: number | null): string => (percent === null ? nothing : `${percent} %`);

/** Ten cells, a full one for every whole ten percent. */
export const bar = (percent: number): string => "▓".repeat(Math.floor(percent / 10)).padEnd(10, "░");

/** Hours with at most one decimal, without the unit. */
export const hoursOf = (hours: number): string => String(Math.round(hours * 10) / 10);

// The number and its sign stay on one line, however narrow the column.
export const progressBar = ({ percent }: MilestoneProgress): string => (percent === null ? nothing : `${bar(percent)} ${percent}\u00A0%`);

export const milestoneTasks = ({ done, total }: MilestoneProgress): string => (total === 0 ? nothing : `${done} of ${total}`);

export const milestoneHours = ({ hours, hoursDone }: MilestoneProgress): string =>
  hours === null || hoursDone === null || hours === 0 ? nothing : `${hoursOf(hoursDone)} of ${hoursOf(hours)}`;
